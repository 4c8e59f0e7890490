"""What a person reads of a subsidy case: who, what, how far, and on what the record disagrees."""

import pytest

from activities.subsidy_view import SubsidyView, view_any
from cases.refusals import Refused
from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.running import RecordStopEvent
from cases.subsidy.striking import StrikeStopEvent
from cli.subsidy_text import subsidy_text
from store.engine import write
from store.erasure import Erased, erase_worker
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts, recognised
from tests.cli.test_case_text import EN, ZH, rendered
from tests.store.builders import an_erasure


def seen(counter: SubsidyOffice) -> SubsidyView:
    found = view_any(counter.office.station, counter.case.id, counter.office.now)
    assert isinstance(found, SubsidyView)
    return found


def test_a_case_through_to_its_payment_is_told_in_both_languages(office: Office) -> None:
    office.register()
    counter = SubsidyOffice(office)
    counter.applies(office.case.worker_id, "2026-02")
    waiting = seen(counter)
    assert [step.act for step in waiting.next] == ["adopt-determination"]
    assert waiting.unaccepted == ("joint_term", "not_twice", "stop_after")
    assert waiting.timeline[0].title.en == "Application taken"
    counter.is_paid()
    told = seen(counter)
    chinese, english = (rendered(subsidy_text(told, language)) for language in (ZH, EN))
    assert "已拨付 600.00元" in chinese
    assert "paid 600.00 yuan" in english
    assert "审批决定：准予补贴" in chinese
    assert f"payment-1  600.00 yuan  paid  {counter.case.payments[0].batch_id}" in english
    assert told.unaccepted == ()


def test_what_was_put_right_is_told_in_both_languages(office: Office) -> None:
    office.register()
    counter = SubsidyOffice(office)
    counter.applies(office.case.worker_id, "2026-02")
    counter.is_paid()
    counter.is_printed()
    counter.does(RecordStopEvent("employer_insured", "2026-03", "社保系统"))
    counter.does(StrikeStopEvent("stop-1", "登记错了人"))
    assert "paper-2  尚未登记送达，救济期限未起算" in rendered(subsidy_text(seen(counter), ZH))
    counter.is_told(DECISION_NOTICE)
    english = rendered(subsidy_text(seen(counter), EN))
    assert "stop-1  employer_insured  2026-03  struck out: does not count" in english
    assert f"paper-2  handed over  {office.today}" in english


def test_where_the_record_disagrees_the_case_says_of_which_fact(office: Office) -> None:
    office.recognised(difficulty=True)
    counter = SubsidyOffice(office)
    told = [fact for fact in flexible_facts("2026-02") if fact["name"] != "employment_difficulty"]
    told.append(recognised("employment_difficulty", value=False))
    counter.applies(office.case.worker_id, "2026-02", facts=told, station="station-3", actor="caseworker-3")
    (conflict,) = seen(counter).conflicts
    assert "已认定为就业困难人员" in conflict.zh
    assert office.case.id in conflict.zh
    assert conflict.en in rendered(subsidy_text(seen(counter), EN), width=400)


def test_the_case_of_somebody_erased_says_so(office: Office) -> None:
    office.register()
    counter = SubsidyOffice(office)
    counter.applies(office.case.worker_id, "2026-02")
    with write(office.station.engine) as connection:
        erase_worker(connection, office.station.keyring, counter.case.applicant_id, an_erasure(at=office.now))
    with pytest.raises(Erased):
        seen(counter)


def test_there_is_no_such_case(office: Office) -> None:
    with pytest.raises(Refused):
        view_any(office.station, "case-9", office.now)
