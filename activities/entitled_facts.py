"""What is known of many people at once, as a determination made today would know it of each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from activities.policies import Policies
from activities.subsidy_facts import (
    Asking,
    held_facts,
    refs_of,
    retirement_of_a_man,
    shown_grants,
    shown_recognitions,
)
from activities.subsidy_record import RETIREMENT_MONTH
from activities.subsidy_subjects import Parties, known_of
from cases.canonical import Json
from cases.facts import SourceKind
from cases.shown_facts import GRANTS, Held, Recorded, Shown, hold_against, of_months
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.stages import Applicant
from rules.facts import FactRefused, given
from rules.given import Facts, Given
from rules.policies import ResolvedPolicy
from store.entitlement_people import Candidate
from store.keys import KeyRing
from store.recognitions import recognised
from store.subsidy_claims import paid_claims

# Read beside what the policies read: what the record shows is made of these.
BESIDE: Final = ("past_grants", "stop_events", "born_on", "sex", "retirement_class", "founder_ref", "firm_ref")
APPLIED_ON: Final = "applied_on"


@dataclass(frozen=True)
class Place:
    """How the subsidies of one place are handled."""

    jurisdiction: str
    processes: Mapping[str, SubsidyProcess]


@dataclass(frozen=True)
class Knowing:
    """Reads within one transaction."""

    connection: Connection
    keyring: KeyRing
    policies: Policies
    on: date

    def of_many(
        self, applicant: Applicant, people: Sequence[Candidate], places: Mapping[str, Place]
    ) -> list[Mapping[str, Json]]:
        """The facts of each that can be relied on; `places` by office. Of people hired, all are."""
        ids = [each.person for each in people]
        is_worker = applicant is Applicant.WORKER or any(each.hired for each in people)
        found = recognised(self.connection, ids, self.on) if is_worker else {}
        paid = paid_claims(self.connection, ids)
        known: list[Mapping[str, Json]] = []
        for each in people:
            place = places[each.office]
            shown = shown_recognitions(found.get(each.person, {}))
            grants = shown_grants(paid.get(each.person, ()), place.processes, refs_of(each.facts))
            known.append(self._of_one(each, place, shown | ({GRANTS: grants} if grants else {}), is_worker=is_worker))
        return known

    def _of_one(
        self, person: Candidate, place: Place, shown: Mapping[str, Shown], *, is_worker: bool
    ) -> Mapping[str, Json]:
        """Where the record disagrees, or a class of retirement is known, their facts are read with their sources."""
        held = hold_against({name: _told(value) for name, value in person.facts.items()}, shown)
        if held.conflicts or (is_worker and person.facts.get("retirement_class") is not None):
            return self._exactly(person, place, is_worker=is_worker)
        month = None
        if is_worker:
            month = retirement_of_a_man(self.policies, place.jurisdiction, self.on, person.facts, self.on)
        return {**person.facts, **held.shown, **({RETIREMENT_MONTH: month.value} if month else {})}

    def _exactly(self, person: Candidate, place: Place, *, is_worker: bool) -> Mapping[str, Json]:
        applicant = Applicant.EMPLOYER if person.hired or not is_worker else Applicant.WORKER
        parties = Parties(applicant, person.id, person.hired or None)
        known = known_of(self.connection, self.keyring, parties, self.policies.book.facts, self.on)
        office = person.office if applicant is Applicant.WORKER else ""
        asking = Asking(person.person, is_worker, office, place.jurisdiction, self.on, place.processes)
        held: Held = held_facts(self.connection, self.policies, asking, known, self.on)
        values = {**{name: fact.value for name, fact in known.items()}, **held.shown}
        return {name: value for name, value in values.items() if name not in held.unknown}


def facts_for(
    policy: ResolvedPolicy, known: Mapping[str, Json], on: date, months_in: str | None, claimed: Collection[str]
) -> Facts:
    """As the rules take them, for an application made on the day, of every month that is not claimed yet."""
    found: dict[str, Given] = {}
    for name, fact in policy.rules.facts.items():
        plain = known.get(name)
        if name == APPLIED_ON or (fact.moves and plain is None):
            plain = on.isoformat()
        if plain is None:
            continue
        if name == months_in and claimed:
            plain = _but(plain, claimed)
        try:
            found[name] = given(name, plain, fact.type)
        except FactRefused:
            continue  # not known, as long as it does not fit its declaration
    return found


def _told(value: Json) -> Recorded:
    """Not yet whether an officer found it: where that matters, it is read again with its source."""
    return Recorded(value, SourceKind.STATEMENT, date.min, found=False)


def _but(value: Json, claimed: Collection[str]) -> Json:
    items = value.get("items") if isinstance(value, Mapping) else value
    listed = items if isinstance(items, Sequence) and not isinstance(items, str) else ()
    months = {str(item.get("month")) for item in listed if isinstance(item, Mapping)}
    return of_months(value, months.difference(claimed))
