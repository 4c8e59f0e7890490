"""The papers' desk (文书台): a paper that a case owes is composed from the record, printed, sealed and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from sqlalchemy import Connection
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.bootstrap import Station
from activities.printing.faults import PrintFault
from cases.any_case import OneCase
from cases.case import Case
from cases.case_parts import PaperState
from cases.papers import Paper
from cases.refusals import Refused
from cases.steps import PaperMade, PaperStep
from store.aead import open_bytes, seal_bytes
from store.engine import read
from store.files import FileRef
from store.person_keys import person_key

PLACE: Final = "paper"
Compose: TypeAlias = Callable[[Connection, Station, OneCase, PaperState], Paper]
Print: TypeAlias = Callable[[Paper], bytes]


@dataclass(frozen=True)
class PapersDesk:
    """A paper's bytes lie under the key of its person: destroying the key erases the paper too."""

    station: Station
    compose: Compose
    print: Print

    @activity.defn
    def make_paper(self, step: PaperStep) -> PaperMade:
        """Tried again, it prints the same bytes; what a broken try left behind is swept."""
        try:
            with read(self.station.engine) as connection:
                paper = self.compose(connection, self.station, step.case, step.paper)
                key = person_key(connection, self.station.keyring, step.case.person)
            pdf = self.print(paper)
        except Refused as refused:
            codes = ", ".join(reason.code for reason in refused.refusals)
            raise ApplicationError(f"Refused: {codes}", type="PaperRefused", non_retryable=True) from None
        except PrintFault as fault:
            # It names the field and the place, never the text; the same paper would meet it again.
            raise ApplicationError(str(fault), type=type(fault).__name__, non_retryable=True) from None
        file = self.station.files.put(seal_bytes(key, pdf, PLACE, step.case.id, step.paper.id))
        return PaperMade(step.paper.id, sha256(pdf).hexdigest(), file.sha256, file.size)


def kept_paper(connection: Connection, station: Station, case: Case, paper: PaperState) -> bytes:
    """The bytes of a paper that was made. Raises LookupError for one that is still owed."""
    if paper.file_sha256 is None or paper.file_size is None:
        raise LookupError(paper.id)
    key = person_key(connection, station.keyring, case.person)
    sealed = station.files.read(FileRef(paper.file_sha256, paper.file_size))
    return open_bytes(key, sealed, PLACE, case.id, paper.id)
