"""What the record itself shows of the facts that the policy of a subsidy reads, beside what was recorded.

Where the two disagree neither is taken: the fact is unknown to the rules until an officer finds how it is, and the case
says so (`conflicts`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from activities.pinning import governing
from activities.policies import Policies
from activities.subsidy_record import PROCESS, RETIREMENT_MONTH, processes_of, subsidy_law_of
from activities.subsidy_subjects import known_in_case
from cases.canonical import Json, canonical
from cases.facts import Fact, SourceKind
from cases.grants_had import Paid, grants_had
from cases.roles import Role
from cases.shown_facts import GRANTS, STOPS, Conflict, Held, Recorded, Shown, hold_against, months_twice, of_months
from cases.subsidy.case import SubsidyCase
from cases.subsidy.process import SubsidyProcess
from cases.wording import Wording
from rules.facts import StoredFact
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.retirement import CLASSES, possible_classes, retirement_month
from store import staff
from store.keys import KeyRing
from store.recognitions import Recognised, recognised
from store.subsidy_claims import LiveClaim, PaidClaim, live_claims, paid_claims

OF_THE_RECORD: Final = "本站记录 / the record itself"
RETIREMENT: Final = "retirement"
ELSEWHERE: Final = "claimed_elsewhere"


@dataclass(frozen=True)
class FactsOfSubsidy:
    """All that is known for one determination; and on what record and recorded fact disagree."""

    stored: Mapping[str, StoredFact]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Asking:
    """A worker or an employer as of a day: at which station, under which place's law, in which case if in any."""

    person_id: str
    is_worker: bool
    station_id: str
    jurisdiction: str
    applied_on: date
    processes: Mapping[str, SubsidyProcess]
    case_id: str = ""
    stops: Shown | None = None


def shown_by_record(case: SubsidyCase) -> dict[str, Json]:
    """What the case alone says, and nobody states."""
    return {"applied_on": case.applied_on.isoformat()}


def facts_of_subsidy(
    connection: Connection, policies: Policies, case: SubsidyCase, known: Mapping[str, Fact], on: date
) -> FactsOfSubsidy:
    """`known`: what was recorded, and holds on the day."""
    process = subsidy_law_of(connection, policies, case).process
    held = held_facts(connection, policies, _of_case(connection, policies, case, process), known, on)
    stored = {name: StoredFact(canonical(fact.value), fact.source.kind) for name, fact in known.items()}
    shown = {**held.shown, **shown_by_record(case)}
    stored |= {name: StoredFact(canonical(value), OF_THE_RECORD) for name, value in shown.items()}
    found = {name: fact for name, fact in stored.items() if name not in held.unknown}
    return FactsOfSubsidy(_of_claims(found, known, process, case), held.conflicts)


def conflicts(
    connection: Connection, keyring: KeyRing, policies: Policies, case: SubsidyCase, on: date
) -> tuple[Conflict, ...]:
    """On what record and recorded fact disagree in a case, as of a day."""
    known = known_in_case(connection, keyring, case, policies.book.facts, on)
    process = subsidy_law_of(connection, policies, case).process
    return held_facts(connection, policies, _of_case(connection, policies, case, process), known, on).conflicts


def recorded(
    connection: Connection, known: Mapping[str, Fact], station_id: str, names: Collection[str]
) -> dict[str, Recorded]:
    """Recorded facts of these names, and whether each is the finding of an officer of the station."""
    return {
        name: Recorded(
            fact.value, fact.source.kind, fact.established_on, _found_by_officer(connection, fact, station_id)
        )
        for name, fact in known.items()
        if name in names
    }


def shown_grants(
    paid: Sequence[PaidClaim], processes: Mapping[str, SubsidyProcess], refs: Mapping[str, Json]
) -> Shown | None:
    """What was paid, as grants had before; a grant to a founder or firm names whom it went to."""
    kinds = {policy: process.counts_as for policy, process in processes.items()}
    had = [
        Paid(kind, each.period, each.claimed_on, each.settled_on)
        for each in paid
        if (kind := kinds.get(each.policy)) is not None
    ]
    if not had:
        return None
    cases = sorted({each.case_id for each in paid})
    since = max(each.settled_on or each.claimed_on for each in paid)
    where = Wording(f"补贴个案{'、'.join(cases)}", f"the subsidy cases {', '.join(cases)}")
    return Shown([{**item, **refs} for item in grants_had(had)], since, where)


def shown_recognitions(found: Mapping[str, Recognised]) -> dict[str, Shown]:
    return {
        name: Shown(
            value=True,
            since=each.on,
            where=Wording(f"个案{each.case_id}的认定决定", f"the decision in the case {each.case_id}"),
        )
        for name, each in found.items()
    }


def shown_retirement(policy: ResolvedPolicy | None, born_on: Json, class_: Json, confirmed_on: date) -> Shown | None:
    """The month that follows from a class which an officer confirmed."""
    if policy is None or not isinstance(born_on, str) or class_ not in CLASSES:
        return None
    month = retirement_month(policy, date.fromisoformat(born_on), str(class_))
    where = Wording("按现行规定推算的退休年月", "the month that follows from the rules on retirement")
    return Shown(str(month), confirmed_on, where)


def retirement_of_a_man(
    policies: Policies, jurisdiction: str, applied_on: date, known: Mapping[str, Json], since: date
) -> Shown | None:
    """He has one class, so that nobody has to find it; whatever class or month was recorded goes before."""
    sex, born_on = known.get("sex"), known.get("born_on")
    if sex is None or known.keys() & {"retirement_class", RETIREMENT_MONTH}:
        return None
    classes = possible_classes(None, str(sex))
    law = retirement_law(policies, jurisdiction, applied_on) if len(classes) == 1 else None
    return shown_retirement(law, born_on, classes[0], since)


def held_facts(connection: Connection, policies: Policies, asking: Asking, known: Mapping[str, Fact], on: date) -> Held:
    """What the record shows of whom a case is about, held against what was recorded."""
    shown = dict(_shown(connection, policies, asking, known, on))
    return hold_against(recorded(connection, known, asking.station_id, shown), shown)


def _of_case(connection: Connection, policies: Policies, case: SubsidyCase, process: SubsidyProcess) -> Asking:
    processes = processes_of(governing(connection, policies, case, PROCESS))
    return Asking(
        person_id=case.person,
        is_worker=case.about_worker,
        station_id=case.station_id,
        jurisdiction=case.jurisdiction,
        applied_on=case.applied_on,
        processes=processes,
        case_id=case.id,
        stops=_stops(connection, case, process),
    )


def _shown(
    connection: Connection, policies: Policies, asking: Asking, known: Mapping[str, Fact], on: date
) -> Iterator[tuple[str, Shown]]:
    who = asking.person_id
    paid = paid_claims(connection, [who], asking.case_id).get(who, ())
    grants = shown_grants(paid, asking.processes, refs_of({name: fact.value for name, fact in known.items()}))
    if grants:
        yield GRANTS, grants
    if asking.stops:
        yield STOPS, asking.stops
    if not asking.is_worker:
        return
    yield from shown_recognitions(recognised(connection, [who], on).get(who, {})).items()
    if month := _retirement(connection, policies, asking, known):
        yield RETIREMENT_MONTH, month


def _retirement(connection: Connection, policies: Policies, asking: Asking, known: Mapping[str, Fact]) -> Shown | None:
    class_, born_on, sex = (known.get(name) for name in ("retirement_class", "born_on", "sex"))
    if class_ and born_on and _confirmed(connection, class_, asking.station_id):
        law = retirement_law(policies, asking.jurisdiction, asking.applied_on)
        return shown_retirement(law, born_on.value, class_.value, class_.established_on)
    if sex is None:
        return None
    values = {name: fact.value for name, fact in known.items()}
    return retirement_of_a_man(policies, asking.jurisdiction, asking.applied_on, values, sex.established_on)


def refs_of(known: Mapping[str, Json]) -> dict[str, Json]:
    """Whom a grant to a founder or firm went to, where that was recorded."""
    names = {"founder": "founder_ref", "firm": "firm_ref"}
    return {field: known[name] for field, name in names.items() if known.get(name) is not None}


def retirement_law(policies: Policies, jurisdiction: str, on: date) -> ResolvedPolicy | None:
    try:
        return policies.book.resolve(RETIREMENT, jurisdiction, on, on)
    except NoPolicyInForce:
        return None


def _stops(connection: Connection, case: SubsidyCase, process: SubsidyProcess) -> Shown | None:
    events: list[dict[str, Json]] = [{"event": stop.event, "month": stop.month} for stop in case.stops_standing]
    since = [stop.recorded_on for stop in case.stops_standing]
    zh, en = f"个案{case.id}", f"the case {case.id}"
    if ELSEWHERE in process.stop_events:
        for other in _elsewhere(live_claims(connection, case.person, case.policy), case):
            both = max(case.applied_on, other.claimed_on)
            events.append({"event": ELSEWHERE, "month": f"{both:%Y-%m}"})
            since.append(both)
            zh, en = f"{zh}、{other.case_id}", f"{en}, {other.case_id}"
    unlike = [event for place, event in enumerate(events) if event not in events[:place]]
    return Shown(unlike, max(since), Wording(zh, en)) if unlike else None


def _elsewhere(live: Sequence[LiveClaim], case: SubsidyCase) -> Sequence[LiveClaim]:
    """Claimed in another place in a case that is still open: one of each such case."""
    others = {
        claim.case_id: claim
        for claim in reversed(live)
        if claim.case_open and claim.case_id != case.id and claim.jurisdiction != case.jurisdiction
    }
    return tuple(others.values())


def _of_claims(
    stored: Mapping[str, StoredFact], known: Mapping[str, Fact], process: SubsidyProcess, case: SubsidyCase
) -> Mapping[str, StoredFact]:
    """Of the list by months only the months that are claimed count; a person's own month counts once, or is unknown."""
    name = process.months_in
    if name is None or name not in known or name not in stored:
        return stored
    months = {claim.id for claim in case.claims if claim.released_on is None}
    claimed = of_months(known[name].value, months)
    if case.about_worker and months_twice(claimed):
        return {other: fact for other, fact in stored.items() if other != name}
    return {**stored, name: StoredFact(canonical(claimed), stored[name].source)}


def _confirmed(connection: Connection, fact: Fact, station_id: str) -> bool:
    return fact.source.kind is SourceKind.RECOGNITION or _found_by_officer(connection, fact, station_id)


def _found_by_officer(connection: Connection, fact: Fact, station_id: str) -> bool:
    if fact.source.kind is not SourceKind.FINDING:
        return False
    return Role.OFFICER in staff.station_roles(connection, fact.recorded_by, station_id, fact.established_on)
