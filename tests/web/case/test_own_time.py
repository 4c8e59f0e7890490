"""The page of a practice case is at the case's own time, once that was skipped ahead."""

from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.engine import write
from store.training import SKIP_TIME
from tests.web.case.desk import CaseDesk
from web.case.words import without_id


def test_a_skipped_case_counts_its_days_from_its_own_today(desk: CaseDesk) -> None:
    before = desk.reads("caseworker-1")
    event = AuditEvent(SKIP_TIME, "caseworker-1", desk.office.now, case_id=desk.office.case.id, reason="40")
    with write(desk.office.station.engine) as connection:
        record_audit(connection, desk.office.station.keyring, event)
    after = desk.reads("caseworker-1")
    assert f"第 {_day(before) + 40} 天" in after


def _day(page: str) -> int:
    return int(page.split("，第 ")[1].split(" 天", maxsplit=1)[0])


def test_no_id_of_a_part_stands_in_the_reason_of_the_next_step() -> None:
    why = Wording("referral-2尚未送达本人", "referral-2 is not delivered yet")
    assert without_id(why, "referral-2") == Wording("第 2 次推荐尚未送达本人", "Referral 2 is not delivered yet")
    result = Wording("training-1尚无结果", "training-1 has no result yet")
    assert without_id(result, "training-1") == Wording("第 1 次培训尚无结果", "Training 1 has no result yet")
