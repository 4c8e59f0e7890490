"""An application is taken whole or not at all, once per key; all that stands against it is said at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from activities.subsidy_intake import read_application
from cases.applications import Application
from cases.facts import SubjectKind
from cases.refusals import Refused
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import refused_at_opening
from cases.subsidy.stages import Applicant, Stage
from store.cases import load_subsidy
from store.engine import read, write
from store.facts import current_facts
from store.laws import pins_of
from store.people import worker
from store.tables.cases import audit_event, case_step, outbox
from store.tables.facts import fact as fact_table
from store.tables.subsidies import claim
from tests.activities.both import both, everything
from tests.activities.office import Office
from tests.applications import an_application, recognised, said

__all__ = ["both"]

MARCH_AND_BEFORE = ("2026-01", "2026-02", "2026-03")


@pytest.fixture
def at_work(office: Office) -> Office:
    office.register()
    return office


def takes(office: Office, application: Application, actor: str = "caseworker-1") -> SubsidyCase:
    return office.station.subsidy_intake.apply(application, actor, office.now)


def written(office: Office, *months: str, **changes: Any) -> Application:
    return read_application(an_application(office.case.worker_id, *(months or ("2026-02",)), **changes))


def against(office: Office, application: Application, actor: str = "caseworker-1") -> list[str]:
    """Why it was not taken; and that nothing was kept."""
    before = everything(office.station.engine)
    with pytest.raises(Refused) as refused:
        takes(office, application, actor)
    assert everything(office.station.engine) == before
    return [reason.code for reason in refused.value.refusals]


def sentence(office: Office, application: Application, actor: str = "caseworker-1") -> str:
    with pytest.raises(Refused) as refused:
        takes(office, application, actor)
    return " ".join(reason.wording.zh for reason in refused.value.refusals)


def unread(**changes: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_application(an_application("worker-1", "2026-02") | changes)
    return [reason.code for reason in refused.value.refusals]


def test_an_application_becomes_a_case_with_its_claims_its_law_and_a_start_to_be_sent(both: Office) -> None:
    both.register()
    case = takes(both, written(both, "2026-02", "2026-01", opened_from=both.case.id))
    with read(both.station.engine) as connection:
        assert load_subsidy(connection, case.id) == case
        assert f"{case.id}/start" in connection.scalars(select(outbox.c.id)).all()
        steps = connection.execute(select(case_step.c.kind, case_step.c.actor).where(case_step.c.case_id == case.id))
        assert [tuple(row) for row in steps] == [("apply-for-subsidy", "caseworker-1")]
        assert (
            connection.scalar(select(audit_event.c.station_id).where(audit_event.c.case_id == case.id)) == "station-1"
        )
        assert case.law
        pinned = set(pins_of(connection, case.law))
    assert pinned == {"flexible-insurance", "subsidy-clocks", "subsidy-process", "review"}
    assert (case.stage, case.applicant, case.applicant_id) == (
        Stage.DETERMINATION,
        Applicant.WORKER,
        both.case.worker_id,
    )
    assert (case.caseworker, case.jurisdiction, case.applied_on) == ("caseworker-1", "cn-50-99", both.today)
    assert case.opened_from == both.case.id
    assert [each.id for each in case.claims] == ["2026-01", "2026-02"]
    assert [clock.id for clock in case.clocks] == ["decision"]


def test_what_was_said_is_kept_with_its_source(at_work: Office) -> None:
    takes(
        at_work, written(at_work, facts=[said("flexible_work", value=True), recognised("retirement_month", "2040-01")])
    )
    station, person = at_work.station, at_work.case.worker_id
    with read(station.engine) as connection:
        facts = current_facts(connection, station.keyring, SubjectKind.WORKER, person, at_work.today)
    assert (facts["flexible_work"].value, facts["flexible_work"].source.kind) == (True, "record")
    assert facts["retirement_month"].source.body == "示例区就业服务中心"


def test_an_application_sent_twice_is_one_case(both: Office) -> None:
    both.register()
    application = written(both)
    case = takes(both, application)
    before = everything(both.station.engine)
    both.now += timedelta(hours=1)
    assert takes(both, application) == case
    assert everything(both.station.engine) == before


def test_a_key_stands_for_one_application_of_one_caseworker(at_work: Office) -> None:
    fields = an_application(at_work.case.worker_id, "2026-02")
    takes(at_work, read_application(fields))
    assert against(at_work, read_application(fields | {"periods": ["2026-01"]})) == ["key-taken"]
    assert against(at_work, read_application(fields), "caseworker-2") == ["key-taken"]


def test_a_worker_is_named_by_the_number_of_the_document_too(at_work: Office) -> None:
    with read(at_work.station.engine) as connection:
        person = worker(connection, at_work.station.keyring, at_work.case.worker_id)
    assert person
    case = takes(at_work, written(at_work, applicant={"identity_number": person.identity}))
    assert case.applicant_id == person.id


def test_an_employer_applies_under_its_code_and_its_facts_are_sealed(both: Office) -> None:
    both.register()
    facts = [said("state_body", value=False), said("firm_size", "small_or_micro")]
    fields = an_application("", "2026-02", policy="employer-insurance", facts=facts)
    fields |= {"applicant": {"uscc": "91999999MA000001XE"}, "hired": {"worker": both.case.worker_id}}
    case = takes(both, read_application(fields))
    assert (case.applicant, case.applicant_id, case.worker_id) == (Applicant.EMPLOYER, "employer-1", None)
    station = both.station
    with read(station.engine) as connection:
        facts_of = current_facts(connection, station.keyring, SubjectKind.EMPLOYER, "employer-1", both.today)
        clear = connection.scalars(select(fact_table.c.content).where(fact_table.c.subject_id == "employer-1")).all()
    assert {name: fact.value for name, fact in facts_of.items()} == {"state_body": False, "firm_size": "small_or_micro"}
    assert clear == [None, None]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"policy": "no-such-subsidy"}, "no-policy", id="no such policy"),
        pytest.param({"policy": "hardship-worker"}, "not-a-subsidy", id="no subsidy"),
        pytest.param({"policy": "platform-accident-insurance"}, "no-policy", id="made for another place"),
        pytest.param({"policy": "employer-insurance"}, "other-applicant", id="not for workers"),
        pytest.param({"periods": ["2026-04"]}, "future-period", id="a month that has not begun"),
        pytest.param({"periods": []}, "no-period", id="no month"),
        pytest.param({"periods": ["2026"]}, "bad-period", id="a year of a monthly subsidy"),
        pytest.param({"periods": ["2023-11"]}, "period-without-policy", id="before the policy"),
        pytest.param({"applicant": {"worker": "nobody"}}, "not-in-the-ledger", id="not in the ledger"),
        pytest.param({"applicant": {"employer": "nobody"}}, "not-in-the-register", id="not in the register"),
        pytest.param({"opened_from": "case-9"}, "unknown", id="no such hardship case"),
        pytest.param({"facts": [said("unheard_of", 1)]}, "unknown", id="no such fact"),
        pytest.param(
            {"facts": [said("flexible_work", "perhaps")]}, "fact:flexible_work", id="a value that does not fit"
        ),
        pytest.param({"facts": [said("employment_difficulty", value=True)]}, "for-officer", id="an officer's to find"),
        pytest.param({"station": "nowhere"}, "unknown", id="no such station"),
    ],
)
def test_what_stands_against_an_application_is_said_and_nothing_is_kept(
    at_work: Office, changes: dict[str, Any], code: str
) -> None:
    assert code in against(at_work, written(at_work, **changes))


def test_the_month_in_which_the_policy_began_is_taken(at_work: Office) -> None:
    """It began on the twentieth of that month."""
    assert [each.id for each in takes(at_work, written(at_work, "2023-12")).claims] == ["2023-12"]


def test_every_reason_is_said_at_once(at_work: Office) -> None:
    changes = {"applicant": {"worker": "nobody"}, "policy": "no-such", "facts": [said("unheard_of", 1)]}
    assert set(against(at_work, written(at_work, **changes))) == {"not-in-the-ledger", "no-policy", "unknown"}


def test_only_a_caseworker_of_the_station_takes_an_application(at_work: Office) -> None:
    assert against(at_work, written(at_work), "officer-1") == ["not-your-role"]
    assert against(at_work, written(at_work), "caseworker-2") == ["not-your-role"]


def test_the_worker_applies_for_nobody_but_themselves(at_work: Office) -> None:
    person = at_work.case.worker_id
    stated = [said("flexible_kind", "ride_hail", "statement")]
    case = takes(at_work, written(at_work, facts=stated), person)
    assert (case.applicant_id, case.caseworker) == (person, None)
    assert against(at_work, written(at_work, "2026-01", applicant={"worker": "another"}), person) == ["not-your-role"]


def test_on_their_own_a_worker_gives_their_word_and_no_record(at_work: Office) -> None:
    own = written(at_work, facts=[said("flexible_work", value=True), recognised("retirement_month", "2040-01")])
    assert against(at_work, own, at_work.case.worker_id) == ["own-word-only", "own-word-only"]


def test_a_repealed_subsidy_says_since_when_and_by_what(office: Office) -> None:
    """At a place of Hubei, whose one-off grant of 2021 gave way to a later rule."""
    fields = an_application("nobody", station="station-3", policy="start-up-grant-2021", facts=[])
    said_why = sentence(office, read_application(fields), "caseworker-3")
    assert "已废止" in said_why
    assert "2025-03-12" in said_why
    assert "咸宁" in said_why


def test_a_value_that_is_left_open_is_named_with_who_can_set_it(office: Office) -> None:
    fields = an_application("nobody", station="station-1", policy="loan-interest", facts=[])
    said_why = sentence(office, read_application(fields))
    assert "interest_share" in said_why
    assert "政策专员" in said_why


def test_a_month_that_is_claimed_already_names_the_other_case_and_its_place(at_work: Office) -> None:
    first = takes(at_work, written(at_work, "2026-01", "2026-02"))
    again = written(at_work, "2026-02", "2026-03", station="station-3")
    said_why = sentence(at_work, again, "caseworker-3")
    assert against(at_work, again, "caseworker-3") == ["claimed-elsewhere"]
    assert first.id in said_why
    assert "示例区零工驿站" in said_why
    assert "2026-02" in said_why
    assert "2026-03" not in said_why


def test_what_was_given_up_may_be_claimed_again(at_work: Office) -> None:
    first = takes(at_work, written(at_work))
    with write(at_work.station.engine) as connection:
        connection.execute(claim.update().where(claim.c.case_id == first.id).values(released_on=at_work.today))
    assert takes(at_work, written(at_work)).id != first.id


def test_of_two_applications_at_once_one_is_taken_and_the_other_hears_why(both: Office) -> None:
    both.register()
    gate = Barrier(2)

    def apply(application: Application) -> str:
        gate.wait()
        try:
            return takes(both, application).id
        except Refused as refused:
            return ",".join(reason.code for reason in refused.refusals)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(apply, [written(both), written(both)]))
    assert sorted(answer.split("-")[0] for answer in answers) == ["case", "claimed"]


def test_a_race_is_answered_with_the_same_sentence(at_work: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should both looks have come too early, the database refuses the second claim."""
    takes(at_work, written(at_work))
    early = iter(("at the look", "at the opening"))

    def sees(*of: Any) -> Any:
        return () if next(early, None) else refused_at_opening(*of)

    monkeypatch.setattr("activities.subsidy_intake.refused_at_opening", sees)
    monkeypatch.setattr("cases.subsidy.progress.refused_at_opening", sees)
    assert against(at_work, written(at_work)) == ["claimed-elsewhere"]
    assert next(early, None) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"said_true": False}, "not-said-true", id="not declared true"),
        pytest.param({"applicant": {}}, "one-applicant", id="nobody applies"),
        pytest.param({"applicant": {"worker": "w", "uscc": "x"}}, "one-applicant", id="two apply"),
        pytest.param({"periods": ["2026-02", "2026-02"]}, "period-twice", id="a month twice"),
        pytest.param({"key": " "}, "blank", id="no key"),
        pytest.param({"facts": [said("flexible_work", value=True, detail=" ")]}, "blank", id="no source"),
        pytest.param({"surplus": 1}, "field:surplus", id="no such field"),
    ],
)
def test_what_cannot_be_read_is_refused_before_the_record_is_asked(changes: dict[str, Any], code: str) -> None:
    assert unread(**changes) == [code]
