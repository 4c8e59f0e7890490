"""What papers take from the record about stations, staff, workers and employers; what is missing is refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from activities.policies import Policies
from cases.canonical import Json
from cases.facts import SubjectKind
from cases.parties import Person, StationParty
from cases.refusals import Refusal, Refused, refusal
from store import employers, organisation, people, staff
from store.employers import Employer, EmployerContact
from store.facts import current_facts
from store.keys import KeyRing
from store.organisation import Station
from store.people import Worker
from store.person_keys import KeyDestroyed


@dataclass(frozen=True)
class Ledger:
    """The record within one transaction, with the keys and the law to read it by."""

    connection: Connection
    keyring: KeyRing
    policies: Policies

    def station(self, station_id: str) -> Station:
        found = organisation.station(self.connection, station_id)
        if found is None:
            raise LookupError(station_id)
        return found

    def station_party(self, station_id: str) -> StationParty:
        found = self.station(station_id)
        return StationParty(found.name, found.address, found.contact)

    def staff(self, staff_id: str, station_id: str) -> Person:
        """A member of staff, reached through the station."""
        found = staff.staff_member(self.connection, staff_id)
        return Person(found.name if found else staff_id, self.station(station_id).contact)

    def worker(self, worker_id: str) -> Worker:
        try:
            found = people.worker(self.connection, self.keyring, worker_id)
        except KeyDestroyed:
            raise Refused((_erased(),)) from None
        if found is None:
            raise LookupError(worker_id)
        return found

    def person(self, worker_id: str) -> Person:
        worker = self.worker(worker_id)
        return Person(worker.name, worker.phone)

    def facts(self, worker_id: str, on: date) -> Mapping[str, Json]:
        found = current_facts(self.connection, self.keyring, SubjectKind.WORKER, worker_id, on)
        return {name: fact.value for name, fact in found.items()}

    def employer(self, employer_id: str) -> Employer:
        found = employers.employer(self.connection, employer_id)
        if found is None:
            raise LookupError(employer_id)
        return found

    def contact(self, employer_id: str) -> EmployerContact:
        """An employer that was erased has nobody to call."""
        try:
            found = employers.employer_contact(self.connection, self.keyring, employer_id)
        except KeyDestroyed:
            found = None
        return found or EmployerContact(None, None, None)

    def employer_name(self, employer_id: str) -> str:
        """An organisation's name, or that of the person of a household."""
        return self.employer(employer_id).name or self.contact(employer_id).person_name or "家庭用工主体"


def _erased() -> Refusal:
    return refusal(
        "worker-erased",
        "本人资料已按要求删除，不能再出具文书。",
        "The worker's data were erased, so no paper about them can be made any more.",
    )
