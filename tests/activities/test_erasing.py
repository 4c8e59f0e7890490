"""Who may erase a person, what keeps a file, and what the audit says of both."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from activities.case_view import view_case
from activities.erasing import Erasing
from activities.sequencing import sequence_all
from cases.erasing import ErasureBasis, HoldKind
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.refusals import Refused
from store.engine import read, write
from store.erasure import Erased
from store.holding import Held
from store.tables.cases import audit_event, hardship_case
from tests.activities.office import Office

BASIS = ErasureBasis.CONSENT_WITHDRAWN


@pytest.fixture
def erasing(office: Office) -> Erasing:
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    sequence_all(office.station.engine, office.station.keyring)
    return Erasing(office.station.engine, office.station.keyring)


def close(office: Office) -> None:
    with write(office.station.engine) as connection:
        connection.execute(update(hardship_case).values(closed_at=office.now))


def audited(office: Office) -> list[tuple[str, str, str | None]]:
    with read(office.station.engine) as connection:
        query = select(audit_event.c.kind, audit_event.c.actor, audit_event.c.reason)
        rows = connection.execute(query.where(audit_event.c.about_id == office.case.worker_id).order_by("at"))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("by", ["caseworker-1", "officer-1", "supervisor-1", "manager-2", "nobody"])
def test_only_a_manager_of_the_station_erases(office: Office, erasing: Erasing, by: str) -> None:
    close(office)
    with pytest.raises(Refused) as refused:
        erasing.erase(office.case.worker_id, BASIS, by, office.now)
    assert [reason.code for reason in refused.value.refusals] == ["not-theirs-to-erase"]
    assert audited(office) == []


def test_a_file_in_use_is_kept_with_every_reason(office: Office, erasing: Erasing) -> None:
    until = office.today + timedelta(30)
    hold = erasing.hold(office.case.worker_id, HoldKind.FINANCE, "示例凭证7号", until, "manager-1", office.now)
    with pytest.raises(Held) as held:
        erasing.erase(office.case.worker_id, BASIS, "manager-1", office.now)
    assert [reason.code for reason in held.value.refusals] == ["held-open-case", "held-finance"]
    close(office)
    assert erasing.lift(hold, "manager-1", office.now) == office.case.worker_id
    assert erasing.holds(office.case.worker_id, "manager-1", office.now) == ()
    assert audited(office) == [("hold-worker", "manager-1", "finance"), ("lift-hold", "manager-1", None)]
    with pytest.raises(Refused, match=hold):
        erasing.lift(hold, "manager-1", office.now)


def test_an_erased_case_answers_when_and_why(office: Office, erasing: Erasing) -> None:
    close(office)
    made = erasing.erase(office.case.worker_id, BASIS, "manager-1", office.now)
    assert audited(office) == [("erase-worker", "manager-1", "consent-withdrawn")]
    for asked in (
        lambda: view_case(office.station, office.case.id, office.now),
        lambda: erasing.erase(office.case.worker_id, BASIS, "manager-1", office.now),
    ):
        with pytest.raises(Erased) as erased:
            asked()
        assert erased.value.erasure == made


def test_what_must_be_kept_can_be_restricted_once(office: Office, erasing: Erasing) -> None:
    erasing.restrict(office.case.worker_id, "manager-1", office.now)
    with pytest.raises(Refused, match="restricted"):
        erasing.restrict(office.case.worker_id, "manager-1", office.now)
    assert audited(office) == [("restrict-worker", "manager-1", None)]
