"""The parties of an agreement, from the ledger and what was stated at the placement; a gap is named, not guessed."""

from collections.abc import Iterator, Mapping

from activities.composing.ledger import Ledger
from cases.hardship.terms import PartyDetails
from cases.parties import EmployerParty, WorkerParty
from cases.refusals import Refusal, refusal

Without = list[Refusal]  # what the agreement must state and nobody has told


def worker_party(ledger: Ledger, worker_id: str, stated: PartyDetails) -> tuple[WorkerParty | None, Without]:
    worker = ledger.worker(worker_id)
    address = stated.worker_address or worker.address
    if address is None:
        return None, list(_missing({"worker_address": address}))
    return WorkerParty(worker.name, worker.identity, address, worker.phone), []


def employer_party(
    ledger: Ledger, employer_id: str, stated: PartyDetails
) -> tuple[EmployerParty | None, list[Refusal]]:
    employer, contact = ledger.employer(employer_id), ledger.contact(employer_id)
    name, uscc = employer.name, employer.uscc
    address = stated.employer_address or employer.address
    representative = stated.employer_representative or contact.representative
    phone = stated.employer_phone or contact.contact_phone
    if name and uscc and address and representative and phone:
        return EmployerParty(name, uscc, address, representative, phone), []
    needed = {"employer_address": address, "employer_representative": representative, "employer_phone": phone}
    return None, list(_missing(needed))


def _missing(needed: Mapping[str, str | None]) -> Iterator[Refusal]:
    for name, known in needed.items():
        if not known:
            yield refusal(
                f"missing-{name.replace('_', '-')}",
                f"协议须写明“{name}”，而台账中没有；请在“terms.parties.{name}”中填写。",
                f"The agreement must state {name}, which the ledger lacks: give it as terms.parties.{name}.",
            )
