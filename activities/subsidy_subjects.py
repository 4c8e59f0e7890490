"""Whose a fact of a case is: the worker's, the employer's, or of the employment between the two (用工关系).

Where an employer applies for a person whom it hired, the declaration of each fact says which (`about`). So what was
told of one hire is never read of another, nor of the same person with another employer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from cases.case import Case
from cases.facts import Fact, Subject, SubjectKind, employment
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Applicant
from rules.schema import About
from rules.schema import Fact as Declared
from store.facts import current_facts
from store.households import household_of
from store.keys import KeyRing

Declarations = Mapping[str, Declared]


@dataclass(frozen=True)
class Parties:
    """Who asks for something, and whom an employer hired, where it asks for a person hired."""

    applicant: Applicant
    applicant_id: str
    hired: str | None = None

    @property
    def subject(self) -> Subject:
        """Whom it is about: whose facts decide, unless one is declared to be of somebody else."""
        if self.hired is not None:
            return Subject(SubjectKind.WORKER, self.hired)
        kind = SubjectKind.WORKER if self.applicant is Applicant.WORKER else SubjectKind.EMPLOYER
        return Subject(kind, self.applicant_id)

    def subject_of(self, declared: Declarations, name: str) -> Subject:
        """Whose the fact of this name is; one that is not declared is of whom it is about."""
        if self.hired is None or name not in declared:
            return self.subject
        match declared[name].about:
            case About.PERSON:
                return self.subject
            case About.EMPLOYER:
                return Subject(SubjectKind.EMPLOYER, self.applicant_id)
            case About.EMPLOYMENT:
                return employment(self.hired, self.applicant_id)


def parties_of(case: Case) -> Parties:
    if isinstance(case, SubsidyCase):
        return Parties(case.applicant, case.applicant_id, case.hired)
    return Parties(Applicant.WORKER, case.person)


def known_in_case(
    connection: Connection, keyring: KeyRing, case: Case, declared: Declarations, on: date
) -> dict[str, Fact]:
    return known_of(connection, keyring, parties_of(case), declared, on)


def known_of(
    connection: Connection, keyring: KeyRing, parties: Parties, declared: Declarations, on: date
) -> dict[str, Fact]:
    """What was recorded and holds on a day, each fact of whom it is about; of a worker the household's too."""
    subject = parties.subject
    known: dict[str, Fact] = {}
    household = household_of(connection, subject.id, on)
    if household:
        known |= current_facts(connection, keyring, SubjectKind.HOUSEHOLD, household, on)
    known |= current_facts(connection, keyring, *subject, on)
    if parties.hired is None:
        return known
    found = {name: fact for name, fact in known.items() if parties.subject_of(declared, name) == subject}
    for other in (Subject(SubjectKind.EMPLOYER, parties.applicant_id), employment(parties.hired, parties.applicant_id)):
        theirs = current_facts(connection, keyring, *other, on)
        found |= {name: fact for name, fact in theirs.items() if parties.subject_of(declared, name) == other}
    return found
