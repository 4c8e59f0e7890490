"""To whom a subsidy goes, as far as a reader may see: a worker like on their case, an employer by its public name."""

from dataclasses import dataclass

from sqlalchemy import Connection

from cases.names import mask_name
from cases.subsidy.stages import Applicant
from store.employers import employer, household_names
from store.erasure import Erased, erasure_of
from store.people import worker
from store.person_keys import KeyDestroyed
from store.scope import NotInScope
from web.case.person import shown_worker
from web.case.speech import Speech
from web.visit import Visit


@dataclass(frozen=True)
class ShownApplicant:
    """`identity`: masked; of an organisation its public code. `href`: the page of the worker or the employer."""

    kind: Applicant
    id: str
    name: str
    reading: str
    about: str
    identity: str
    phone_tail: str
    href: str


def shown_applicant(
    connection: Connection, visit: Visit, speech: Speech, applicant: tuple[Applicant, str], *, working: bool
) -> ShownApplicant:
    """Raises Erased for a worker whose data are gone."""
    kind, applicant_id = applicant
    if kind is Applicant.EMPLOYER:
        return _employer(connection, visit, speech, applicant_id)
    try:
        person = worker(connection, visit.office.station.keyring, applicant_id)
    except KeyDestroyed:
        raise Erased(erasure_of(connection, applicant_id)) from None
    if person is None:
        raise NotInScope
    shown = shown_worker(person, speech, working=working)
    href = f"/workers/{applicant_id}"
    return ShownApplicant(
        kind, applicant_id, shown.name, shown.reading, shown.about, shown.identity, shown.phone_tail, href
    )


def _employer(connection: Connection, visit: Visit, speech: Speech, employer_id: str) -> ShownApplicant:
    """An organisation's name is public; a household is a person, and stays masked."""
    found = employer(connection, employer_id)
    if found is None:
        raise NotInScope
    name = found.name
    if name is None:
        household = household_names(connection, visit.office.station.keyring, [employer_id])
        name = mask_name(household.get(employer_id, "—"))
    label = speech.w(Applicant.EMPLOYER.label)
    return ShownApplicant(
        Applicant.EMPLOYER, employer_id, name, "", label, found.uscc or "—", "", f"/employers/{employer_id}"
    )
