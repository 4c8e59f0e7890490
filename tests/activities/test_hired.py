"""An employer's subsidy is about a person it hired: whose facts decide, and whose record counts, whoever applies."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from activities.composing.desk import compose
from activities.composing.ledger import Ledger
from activities.composing.subsidy_lists import listed
from activities.desk import look
from activities.outbox import recipients
from activities.subsidy_intake import read_application
from activities.subsidy_month import Month, together
from activities.subsidy_month_lines import lines_of
from activities.subsidy_view import view_subsidy
from cases.commands import command
from cases.determinations import Conclusion
from cases.facts import SourceKind, Subject, SubjectKind, employment
from cases.names import mask_name
from cases.refusals import Refusal, Refused
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import refused_at_opening
from cases.subsidy.determining import RecordFact
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified, OrderPayment, Recheck
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import Finish
from cases.subsidy.stages import Applicant
from store.cases import load_subsidy
from store.engine import read, write
from store.erasure import Erased, erase_worker
from store.facts import current_facts
from store.messages import Message
from store.people import worker
from store.person_keys import KeyDestroyed
from store.subsidy_claims import paid_claims
from store.subsidy_notices import entries
from store.tables.subsidies import claim
from store.tables.subsidy_notices import subsidy_notice_entry
from tests.activities.both import both, everything
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import an_application, flexible_facts, recognised, said
from tests.store.builders import an_erasure

__all__ = ["both"]

A_MONTH = 94_000


def paid_by_employer(month: str, pension: int = 60_000) -> dict[str, Any]:
    return {"month": month, "pension": pension, "medical": 32_000, "unemployment": 2_000}


def hiring_facts(*months: str, pension: int = 60_000) -> list[dict[str, Any]]:
    """Everything that the subsidy for a hired person with employment difficulty asks."""
    return [
        said("state_body", value=False),
        recognised("employment_difficulty", value=True),
        recognised("retirement_month", "2040-01"),
        said("past_grants", []),
        said("employer_payments", [paid_by_employer(month, pension) for month in months]),
    ]


def for_hiring(person: str, *months: str, employer: str = "employer-1", **changes: Any) -> dict[str, Any]:
    fields = {
        "policy": "employer-insurance",
        "applicant": {"employer": employer},
        "hired": {"worker": person},
        "facts": hiring_facts(*months),
    }
    return an_application("", *months, **fields | changes)


def another_person(office: Office) -> str:
    """Somebody else of the ledger, beside whom the office has registered last."""
    known = office.case.worker_id
    office.register()
    assert office.case.worker_id != known
    return office.case.worker_id


def hires(office: Office, person: str, *months: str, **changes: Any) -> SubsidyOffice:
    counter = SubsidyOffice(office)
    fields = for_hiring(person, *months, **changes)
    counter.applies("", *months, **{name: value for name, value in fields.items() if name != "periods"})
    return counter


def takes(office: Office, fields: dict[str, Any], actor: str = "caseworker-1") -> SubsidyCase:
    return office.station.subsidy_intake.apply(read_application(fields), actor, office.now)


def answered(office: Office, fields: dict[str, Any]) -> list[str]:
    try:
        takes(office, fields)
    except Refused as refused:
        return [reason.code for reason in refused.refusals]
    return ["taken"]


def against(office: Office, fields: dict[str, Any], actor: str = "caseworker-1") -> dict[str, str]:
    """Why it was not taken; and that nothing was kept."""
    before = everything(office.station.engine)
    with pytest.raises(Refused) as refused:
        takes(office, fields, actor)
    assert everything(office.station.engine) == before
    return {reason.code: reason.wording.zh for reason in refused.value.refusals}


def known(office: Office, subject: Subject) -> dict[str, object]:
    with read(office.station.engine) as connection:
        found = current_facts(connection, office.station.keyring, *subject, office.today)
    return {name: fact.value for name, fact in found.items()}


def refused(counter: SubsidyOffice, act: Any, actor: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        counter.does(act, actor)
    return [reason.code for reason in refused.value.refusals]


# -- one case for each person hired ---------------------------------------------------------------------------------


def test_an_employer_is_paid_for_two_people_in_one_month_each_by_their_own_facts(both: Office) -> None:
    both.register()
    one = both.case.worker_id
    other = another_person(both)
    first = hires(both, one, "2026-02")
    second = hires(both, other, "2026-02", facts=hiring_facts("2026-02", pension=70_000))
    assert (first.case.hired, second.case.hired) == (one, other)
    assert (first.made.amount_fen, second.made.amount_fen) == (A_MONTH, A_MONTH + 10_000)
    first.is_paid()
    second.is_paid()
    with read(both.station.engine) as connection:
        had = paid_claims(connection, [one, other, "employer-1"])
    assert {person: [each.period for each in paid] for person, paid in had.items()} == {
        one: ["2026-02"],
        other: ["2026-02"],
    }


def test_a_case_is_read_back_with_whom_it_is_for(both: Office) -> None:
    both.register()
    case = takes(both, for_hiring(both.case.worker_id, "2026-02"))
    with read(both.station.engine) as connection:
        assert load_subsidy(connection, case.id) == case
    assert (case.applicant, case.applicant_id, case.hired) == (
        Applicant.EMPLOYER,
        "employer-1",
        both.case.worker_id,
    )
    view = view_subsidy(both.station, case.id, both.now)
    assert view.hired
    assert view.hired.id == both.case.worker_id
    assert "*" in view.hired.name + view.hired.number, "masked"


def test_who_was_hired_is_named_by_the_number_of_the_document_too_wherever_they_are_registered(office: Office) -> None:
    """The employer is at another place, and so is the counter."""
    office.register()
    with read(office.station.engine) as connection:
        person = worker(connection, office.station.keyring, office.case.worker_id)
    assert person
    fields = for_hiring(person.id, "2026-02", employer="employer-5", station="station-3")
    case = takes(office, fields | {"hired": {"identity_number": person.identity}}, "caseworker-3")
    assert (case.hired, case.jurisdiction) == (person.id, "cn-42-02-99")


# -- whoever applies, once ------------------------------------------------------------------------------------------


def test_one_person_and_month_is_had_by_one_employer_and_the_other_hears_in_which_case(both: Office) -> None:
    both.register()
    first = takes(both, for_hiring(both.case.worker_id, "2026-01", "2026-02"))
    second = for_hiring(both.case.worker_id, "2026-02", "2026-03", employer="employer-5", station="station-3")
    said_why = against(both, second, "caseworker-3")
    assert list(said_why) == ["claimed-elsewhere"]
    assert first.id in said_why["claimed-elsewhere"]
    assert "2026-02" in said_why["claimed-elsewhere"]
    assert "示例物流" not in said_why["claimed-elsewhere"], "nothing of the other employer"
    assert takes(both, second | {"periods": ["2026-03"]}, "caseworker-3").hired == both.case.worker_id


def test_of_two_employers_at_once_one_is_taken_and_the_other_hears_why(both: Office) -> None:
    both.register()
    gate = Barrier(2)

    def apply(employer: str) -> str:
        gate.wait()
        try:
            return takes(both, for_hiring(both.case.worker_id, "2026-02", employer=employer)).id
        except Refused as refused:
            return ",".join(reason.code for reason in refused.refusals)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(apply, ["employer-1", "employer-2"]))
    assert sorted(answer.split("-")[0] for answer in answers) == ["case", "claimed"]


def test_the_database_itself_refuses_the_second_claim(both: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    both.register()
    takes(both, for_hiring(both.case.worker_id, "2026-02"))
    early = iter(("at the look", "at the opening"))

    def sees(*of: Any) -> Any:
        return () if next(early, None) else refused_at_opening(*of)

    monkeypatch.setattr("activities.subsidy_intake.refused_at_opening", sees)
    monkeypatch.setattr("cases.subsidy.progress.refused_at_opening", sees)
    second = for_hiring(both.case.worker_id, "2026-02", employer="employer-2")
    assert list(against(both, second)) == ["claimed-elsewhere"]


def test_no_two_live_claims_are_of_one_person_subsidy_and_period(both: Office) -> None:
    """Whatever is applied for, by whom and in which order, and whatever was given up meanwhile."""
    random = Random(20261126)  # noqa: S311 - the same every time
    both.register()
    people = [both.case.worker_id, another_person(both), another_person(both)]
    answers: list[str] = []
    for _ in range(40):
        person, month = random.choice(people), random.choice(("2026-01", "2026-02"))
        employer = random.choice(("employer-1", "employer-2", ""))
        fields = for_hiring(person, month, employer=employer) if employer else an_application(person, month)
        answers += answered(both, fields)
        if random.random() < 0.2:
            with write(both.station.engine) as connection:
                given_up = claim.update().where(claim.c.subject_id == person, claim.c.id == month)
                connection.execute(given_up.values(released_on=both.today))
    live = (
        select(func.count())
        .where(claim.c.released_on.is_(None))
        .group_by(claim.c.subject_id, claim.c.policy, claim.c.id)
    )
    with read(both.station.engine) as connection:
        assert set(connection.scalars(live)) == {1}
    assert set(answers) == {"taken", "claimed-elsewhere"}
    assert answers.count("taken") > len(people) * 4, "some were given up, and had again"


# -- what stands against it -----------------------------------------------------------------------------------------


def test_a_person_hired_has_to_be_named_and_to_be_in_the_ledger_and_all_is_said_at_once(both: Office) -> None:
    both.register()
    fields = for_hiring(both.case.worker_id, "2026-02")
    assert list(against(both, fields | {"hired": None})) == ["no-hired-person"]
    nobody = fields | {"hired": {"worker": "nobody"}, "applicant": {"employer": "none"}, "facts": [said("unheard", 1)]}
    assert set(against(both, nobody)) == {"unknown", "not-in-the-register", "hired-not-in-the-ledger"}
    own = an_application(both.case.worker_id, "2026-04", hired={"worker": both.case.worker_id})
    assert set(against(both, own)) == {"hired-person-not-asked", "future-period"}


def test_a_person_hired_is_named_in_one_way() -> None:
    for hired in ({}, {"worker": "worker-1", "identity_number": "x"}):
        with pytest.raises(Refused) as refused:
            read_application(for_hiring("worker-1", "2026-02", hired=hired))
        assert [reason.code for reason in refused.value.refusals] == ["one-hired-person"]


# -- whose the facts are --------------------------------------------------------------------------------------------


def test_each_fact_is_kept_for_whom_it_is_of(both: Office) -> None:
    both.register()
    person = both.case.worker_id
    counter = hires(both, person, "2026-02")
    assert known(both, Subject(SubjectKind.EMPLOYER, "employer-1")) == {"state_body": False}
    assert list(known(both, employment(person, "employer-1"))) == ["employer_payments"]
    of_person = known(both, Subject(SubjectKind.WORKER, person))
    assert {"employment_difficulty", "retirement_month", "past_grants"} <= set(of_person)
    assert not {"state_body", "employer_payments"} & set(of_person)
    counter.does(RecordFact("signed_for", 24, SourceKind.RECORD, both.today, "劳动合同"))
    counter.does(RecordFact("state_body", True, SourceKind.RECORD, both.today, "登记证"))  # noqa: FBT003  # the fact's value
    assert known(both, employment(person, "employer-1"))["signed_for"] == 24
    assert counter.made.conclusion is Conclusion.REFUSED, "a state body has none: the employer's fact was read"


def test_one_person_with_two_employers_has_the_payments_of_each_apart(both: Office) -> None:
    both.register()
    person = both.case.worker_id
    first = hires(both, person, "2026-01")
    own = [fact for fact in hiring_facts("2026-02", pension=80_000) if fact["name"] != "past_grants"]
    second = hires(both, person, "2026-02", employer="employer-2", facts=own)
    assert (first.made.amount_fen, second.made.amount_fen) == (A_MONTH, A_MONTH + 20_000)
    assert known(both, employment(person, "employer-1")) != known(both, employment(person, "employer-2"))


def test_what_officers_recognised_in_the_person_s_own_case_counts_for_the_employer(both: Office) -> None:
    both.recognised(difficulty=True)
    told = [fact for fact in hiring_facts("2026-02") if fact["name"] != "employment_difficulty"]
    assert hires(both, both.case.worker_id, "2026-02", facts=told).made.amount_fen == A_MONTH


# -- whose the record is --------------------------------------------------------------------------------------------


def test_months_that_the_person_had_alone_count_towards_a_term_that_is_joint(both: Office) -> None:
    """At the example district the two terms are one: what is left of it is had by whoever is paid first."""
    both.register()
    person = both.case.worker_id
    before = {"kind": "flexible_insurance", "from_month": "2022-01", "until_month": "2024-11", "had": 34}
    told = [fact for fact in flexible_facts("2026-01") if fact["name"] != "past_grants"]
    own = SubsidyOffice(both)
    own.applies(person, "2026-01", facts=[*told, said("past_grants", [before])])
    own.is_paid()
    facts = [fact for fact in hiring_facts("2026-02", "2026-03") if fact["name"] in ("state_body", "employer_payments")]
    hired = hires(both, person, "2026-02", "2026-03", facts=facts)
    assert hired.made.amount_fen == A_MONTH, "one month is left of thirty-six"


def test_the_same_month_is_not_paid_to_the_person_and_to_the_employer(both: Office) -> None:
    both.register()
    person = both.case.worker_id
    own = SubsidyOffice(both)
    own.applies(person, "2026-01", "2026-02")
    own.is_paid()
    facts = [fact for fact in hiring_facts("2026-02", "2026-03") if fact["name"] in ("state_body", "employer_payments")]
    assert hires(both, person, "2026-02", "2026-03", facts=facts).made.amount_fen == A_MONTH, "March alone"


def test_what_is_paid_meanwhile_to_the_person_is_found_before_the_employer_is_paid(both: Office) -> None:
    """Both were checked before either was ordered, and each had the month to itself."""
    both.register()
    person, start = both.case.worker_id, both.now
    own = SubsidyOffice(both)
    own.applies(person, "2026-02")
    hired = hires(both, person, "2026-02")
    for counter in (own, hired):
        both.now = start
        counter.is_granted()
        counter.is_shown()
        counter.later(14)
    for counter in (own, hired):
        counter.does(Recheck())
        counter.does(AcceptUnverified(EVERY_VALUE, "示例区自行采用"), "officer-2")
    both.now += timedelta(minutes=1)
    hired.does(OrderPayment(), "officer-2")
    assert refused(own, OrderPayment(), "officer-2") == ["paid-meanwhile"]
    own.does(Recheck())
    assert own.made.conclusion is Conclusion.REFUSED


# -- erasure --------------------------------------------------------------------------------------------------------


def test_with_the_person_goes_all_that_is_told_of_them_and_the_employer_s_case_stays(both: Office) -> None:
    both.register()
    person = both.case.worker_id
    counter = hires(both, person, "2026-02")
    station = both.station
    with write(station.engine) as connection:
        assert erase_worker(connection, station.keyring, person, an_erasure())
    with read(station.engine) as connection:
        assert load_subsidy(connection, counter.case.id) == counter.case
        with pytest.raises(KeyDestroyed):
            current_facts(connection, station.keyring, *employment(person, "employer-1"), both.today)
    assert known(both, Subject(SubjectKind.EMPLOYER, "employer-1")) == {"state_body": False}
    with pytest.raises(Erased):
        view_subsidy(station, counter.case.id, both.now)


def test_what_the_bank_returns_of_a_person_who_was_erased_is_refused_at_once_and_waited_for_by_nobody(
    both: Office,
) -> None:
    both.register()
    person, station = both.case.worker_id, both.station
    counter = hires(both, person, "2026-02")
    counter.is_paid()
    counter.does(Finish("不再申请"))
    with write(station.engine) as connection:
        assert erase_worker(connection, station.keyring, person, an_erasure())
    came_back = command("late-1", ReturnPayment("payment-1", both.today, "R09", "退汇通知7号"), "officer-3")
    with pytest.raises(Erased):
        look(station.engine, station.keyring, station.policies, counter.case.id, came_back, both.now)
    with pytest.raises(Refused) as refused:
        counter.does(ReturnPayment("payment-1", both.today, "R09", "退汇通知7号"), "officer-3")
    assert [reason.code for reason in refused.value.refusals] == ["erased"]


# -- papers ---------------------------------------------------------------------------------------------------------


def test_papers_go_to_the_employer_and_say_for_whom(both: Office) -> None:
    both.register()
    counter = hires(both, both.case.worker_id, "2026-02")
    station = both.station
    with read(station.engine) as connection:
        person = worker(connection, station.keyring, both.case.worker_id)
    assert person
    counter.is_ordered()
    with write(station.engine) as connection:
        connection.execute(subsidy_notice_entry.update().values(put_at_revision=counter.case.revision))
    composed: dict[str, Any] = {}
    with read(station.engine) as connection:
        for paper in counter.case.papers:
            composed[paper.kind] = compose(connection, station, counter.case, paper)
        notice_id = connection.scalars(select(subsidy_notice_entry.c.notice_id)).one()
        ledger = Ledger(connection, station.keyring, station.policies)
        shown_publicly = listed(ledger, entries(connection, notice_id, 0, 10))
    notice, instruction = composed["subsidy-decision-notice"], composed["payment-instruction"]
    assert notice.applicant.name == "示例物流有限公司"
    assert person.name in notice.applicant.hired
    assert person.identity not in notice.applicant.hired
    assert (instruction.name, instruction.identity_number) == ("示例物流有限公司", "91999999MA000001XE")
    assert instruction.hired
    assert person.name not in instruction.hired, "the payee is the employer, and whom it is for stands masked"
    (line,) = shown_publicly
    assert (line.name, line.hired) == ("示例物流有限公司", mask_name(person.name))


def test_what_the_applicant_is_told_goes_to_the_employer_and_never_to_whom_it_hired(both: Office) -> None:
    both.register()
    counter = hires(both, both.case.worker_id, "2026-02")
    told = Message("message-1", "notice", counter.case.id, {"to": Role.WORKER.value}, both.now)
    with read(both.station.engine) as connection:
        assert recipients(connection, told) == ("employer-1",)


# -- a month at once ------------------------------------------------------------------------------------------------


def test_a_month_takes_a_line_for_each_person_hired_and_each_person_once(both: Office, tmp_path: Path) -> None:
    both.register()
    one = both.case.worker_id
    other = another_person(both)
    file = tmp_path / "month.jsonl"
    asked = [
        for_hiring(one, "2026-02"),
        for_hiring(other, "2026-02"),
        for_hiring(one, "2026-02", employer="employer-2"),
    ]
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in asked), encoding="utf-8")
    refused: list[tuple[str, list[str]]] = []

    def hear(number: str, why: Sequence[Refusal]) -> None:
        refused.append((number, [each.code for each in why]))

    month = Month(both.station, both.rule_engine, together(both.station, both.now), hear)
    done = month.take(lines_of(file), "caseworker-1", both.now)
    assert (done.done, refused) == (2, [("3", ["claimed-elsewhere"])])
