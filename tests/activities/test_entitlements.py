"""The sweep lists who could have a subsidy and has not applied, and says of each what a determination would say."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from activities.entitlements import Entitlements, Swept
from activities.subsidy_intake import read_application
from cases.canonical import Json
from cases.determinations import Conclusion
from cases.facts import Source, SourceKind, SubjectKind
from cases.refusals import Refused
from cases.subsidy.claiming import WithdrawApplication
from cases.subsidy.running import Finish
from cases.subsidy.stages import Applicant
from store.engine import read, write
from store.entitlements import Entitled, Found, Wanted, count_found, found_in
from store.erasure import erase_worker
from store.facts import NewFact, record_fact
from store.tables.entitlements import Standing
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.activities.test_hired import paid_by_employer
from tests.applications import an_application, own_payment, recognised, said
from tests.store.builders import an_erasure

__all__ = ["both"]

EVERYBODY = Wanted()

FLEXIBLE = "flexible-insurance"
QUALIFIES: dict[str, Json] = {
    "flexible_work": True,
    "flexible_kind": "ride_hail",
    "minimum_living": True,
    "local_hukou": True,
    "zero_employment_family": False,
    "retirement_month": "2040-01",
    "stop_events": [],
    "past_grants": [],
    "own_payments": [own_payment("2026-01"), own_payment("2026-02")],
}


def known(office: Office, applicant_id: str, facts: Mapping[str, Json], of: Applicant = Applicant.WORKER) -> None:
    with write(office.station.engine) as connection:
        for name, value in facts.items():
            new = NewFact(
                subject_kind=SubjectKind(of.value),
                subject_id=applicant_id,
                name=name,
                value=value,
                source=Source(SourceKind.RECORD, "联网核验"),
                established_on=office.today,
                recorded_by="caseworker-1",
                recorded_at=office.now,
            )
            record_fact(connection, office.station.keyring, new)


def registered(office: Office, facts: Mapping[str, Json], **changes: Any) -> str:
    """A worker of whom this is known."""
    office.register(facts=[], **changes)
    known(office, office.case.worker_id, facts)
    return office.case.worker_id


def sweeps(office: Office, policy: str | None = FLEXIBLE, **changes: Any) -> Swept:
    station = office.station
    sweep = Entitlements(station.engine, station.keyring, station.policies, **changes)
    return sweep.sweep(office.now, policy)


def lines(office: Office, wanted: Wanted = EVERYBODY) -> list[Found]:
    with read(office.station.engine) as connection:
        found = found_in(connection, office.station.keyring, wanted, at_most=None)
        assert count_found(connection, wanted) == len(found)
    return list(found)


def of(office: Office, applicant_id: str, policy: str = FLEXIBLE) -> Entitled | None:
    found = [
        line.entitled for line in lines(office, Wanted(policy=policy)) if line.entitled.applicant_id == applicant_id
    ]
    assert len(found) <= 1
    return found[0] if found else None


def but(**changes: Json) -> dict[str, Json]:
    return {**QUALIFIES, **changes}


def without(*names: str) -> dict[str, Json]:
    return {name: value for name, value in QUALIFIES.items() if name not in names}


def test_who_qualifies_is_listed_with_the_sum(both: Office) -> None:
    worker = registered(both, QUALIFIES)
    swept = sweeps(both)
    found = of(both, worker)
    assert found
    assert (found.standing, found.missing, found.amount_fen, found.office) == (
        Standing.QUALIFIES,
        (),
        120_000,
        "station-1",
    )
    assert swept.counts[FLEXIBLE] == {"qualifies": 1}


def test_who_may_qualify_is_listed_with_the_facts_that_are_missing(office: Office) -> None:
    worker = registered(office, without("own_payments", "flexible_kind"))
    sweeps(office)
    found = of(office, worker)
    assert found
    assert found.standing is Standing.WITH_FACTS
    assert set(found.missing) == {"own_payments", "flexible_kind"}


@pytest.mark.parametrize(
    ("facts", "how"),
    [
        pytest.param(but(flexible_work=False), "not", id="surely not"),
        pytest.param({}, "silent", id="nothing speaks for it"),
        pytest.param({"flexible_work": True}, "silent", id="a condition alone, and no ground"),
    ],
)
def test_others_are_counted_and_not_listed(office: Office, facts: dict[str, Json], how: str) -> None:
    worker = registered(office, facts)
    swept = sweeps(office)
    assert of(office, worker) is None
    assert swept.counts[FLEXIBLE][how] == 1


def test_who_applied_is_not_listed_and_who_was_paid_is_for_more(office: Office) -> None:
    worker = registered(office, QUALIFIES)
    sweeps(office)
    assert of(office, worker)
    counter = SubsidyOffice(office)
    counter.applies(worker, "2026-01", facts=[])
    assert of(office, worker) is None  # at once
    assert sweeps(office).counts[FLEXIBLE] == {"applied": 1}
    counter.is_paid()
    counter.does(Finish("本人不再续报"))
    sweeps(office)
    found = of(office, worker)
    assert found
    assert found.amount_fen == 60_000  # of the month that was not paid


def test_what_is_had_once_is_not_had_again(office: Office) -> None:
    once = {"applicant": {"worker": registered(office, {})}, "periods": [], "facts": [], "policy": "job-seeking-grant"}
    application = read_application(an_application("", **once))
    office.station.subsidy_intake.apply(application, "caseworker-1", office.now)
    assert sweeps(office, "job-seeking-grant").counts["job-seeking-grant"] == {"applied": 1}


def test_an_officers_recognition_is_known_to_the_sweep(office: Office) -> None:
    """In Hubei the subsidy is for those whom an officer recognised."""
    office.recognised(difficulty=True)
    known(office, office.case.worker_id, QUALIFIES)
    swept = sweeps(office, "public-post-subsidy")
    assert swept.counts["public-post-subsidy"] == {"with-facts": 1}


def test_an_employer_is_asked_of_each_person_whom_it_hired_by_both_their_facts(both: Office) -> None:
    """Placed there, or applied for before: of an employer without hires there is nothing to ask."""
    both.register()
    person = both.case.worker_id
    fields: dict[str, Any] = {"policy": "employer-insurance"}
    fields |= {"applicant": {"employer": "employer-1"}, "hired": {"worker": person}}
    facts = [said("employer_payments", [paid_by_employer("2026-01")]), recognised("retirement_month", "2040-01")]
    facts += [recognised("employment_difficulty", value=True), said("past_grants", [])]
    counter = SubsidyOffice(both)
    counter.applies("", "2026-01", facts=facts, **fields)
    assert sweeps(both, "employer-insurance").counts["employer-insurance"] == {"applied": 1}
    counter.does(WithdrawApplication("单位暂不申领"))
    swept = sweeps(both, "employer-insurance")
    assert swept.people == 8 + 1  # the employers of the examples, and the worker
    found = of(both, "employer-1", "employer-insurance")
    assert found
    assert (found.hired, found.standing, found.missing) == (person, Standing.WITH_FACTS, ("state_body",))
    known(both, "employer-1", {"state_body": False}, Applicant.EMPLOYER)
    sweeps(both, "employer-insurance")
    found = of(both, "employer-1", "employer-insurance")
    assert found
    assert (found.standing, found.amount_fen) == (Standing.QUALIFIES, 94_000)
    counter.applies("", "2026-01", facts=[], **fields)
    assert of(both, "employer-1", "employer-insurance") is None, "at once"


def test_with_the_person_hired_the_employer_s_line_goes(office: Office) -> None:
    office.register()
    person = office.case.worker_id
    fields: dict[str, Any] = {"policy": "employer-insurance"}
    fields |= {"applicant": {"employer": "employer-1"}, "hired": {"worker": person}}
    counter = SubsidyOffice(office)
    counter.applies("", "2026-01", facts=[recognised("employment_difficulty", value=True)], **fields)
    counter.does(WithdrawApplication("单位暂不申领"))
    sweeps(office, "employer-insurance")
    assert of(office, "employer-1", "employer-insurance")
    station = office.station
    with write(station.engine) as connection:
        erase_worker(connection, station.keyring, person, an_erasure(at=office.now))
    assert of(office, "employer-1", "employer-insurance") is None


def test_a_later_sweep_takes_the_place_of_the_one_before(office: Office) -> None:
    stays, leaves = registered(office, QUALIFIES), registered(office, QUALIFIES)
    sweeps(office)
    assert len(lines(office)) == 2
    office.now += timedelta(days=1)
    known(office, leaves, {"flexible_work": False})
    sweeps(office)
    (line,) = lines(office)
    assert (line.entitled.applicant_id, line.found_on) == (stays, office.today)


def test_a_sweep_of_one_subsidy_leaves_the_others_and_one_of_all_forgets_what_is_gone(office: Office) -> None:
    worker = registered(office, QUALIFIES)
    sweeps(office)
    sweeps(office, "living-allowance")
    assert of(office, worker)
    office.now += timedelta(days=1)
    sweeps(office, None)
    assert of(office, worker)


def test_nobody_erased_is_listed(office: Office) -> None:
    worker = registered(office, QUALIFIES)
    sweeps(office)
    station = office.station
    with write(station.engine) as connection:
        erase_worker(connection, station.keyring, worker, an_erasure(at=office.now))
    assert lines(office) == []
    assert sweeps(office).people == 8


def test_a_station_or_a_subsidy_that_there_is_not_is_refused(office: Office) -> None:
    station = office.station
    sweep = Entitlements(station.engine, station.keyring, station.policies)
    with pytest.raises(Refused):
        sweep.sweep(office.now, "hardship-worker")
    with pytest.raises(Refused):
        sweep.sweep(office.now, station="nowhere")


def test_what_a_place_has_not_switched_on_is_named(office: Office) -> None:
    (off,) = [each for each in sweeps(office, "loan-interest").off if each.jurisdiction == "cn-50-99"]
    assert "interest_share" in off.why.zh


def test_the_sweep_agrees_with_determining_one_by_one(office: Office) -> None:
    """Of people of whom something or other is known; in small batches, as everybody's sweep goes."""
    random, counter = Random(7), SubsidyOffice(office)  # noqa: S311  # drawn for a test
    values: dict[str, list[Json]] = {
        "flexible_work": [True, True, False],
        "flexible_kind": ["ride_hail", "other_kind"],
        "minimum_living": [True, False],
        "local_hukou": [True, False],
        "zero_employment_family": [True, False],
        "retirement_month": ["2040-01", "2026-02"],
        "stop_events": [[], [{"event": "employer_insured", "month": "2026-02"}]],
        "past_grants": [
            [],
            [{"kind": "flexible_insurance", "from_month": "2022-01", "until_month": "2024-11", "had": 35}],
        ],
        "own_payments": [[own_payment("2026-01"), own_payment("2026-02")], []],
    }
    people = [
        registered(office, {name: random.choice(some) for name, some in values.items() if random.random() < 0.75})
        for _ in range(12)
    ]
    swept = sweeps(office, batch=5)
    assert swept.counts[FLEXIBLE]["not"]
    listed = {worker: of(office, worker) for worker in people}
    for worker, found in listed.items():
        counter.applies(worker, "2026-01", "2026-02", facts=[])
        made = counter.made
        if found is None:
            assert made.conclusion is not Conclusion.GRANTED
            speaks = any(finding.role == "ground" and finding.verdict == "yes" for finding in made.findings)
            assert made.conclusion is Conclusion.REFUSED or not speaks
        else:
            assert (made.conclusion is Conclusion.GRANTED) == (found.standing is Standing.QUALIFIES)
            assert found.missing == tuple(question.fact for question in made.questions)
            assert found.amount_fen == made.amount_fen
    assert {found.standing for found in listed.values() if found} == set(Standing)
