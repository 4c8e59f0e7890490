"""What acts of subsidy cases ask of the law and of the record, answered within one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from activities.pinning import governing
from activities.policies import Policies
from cases.clocks import ClockTerms
from cases.refusals import Refusal
from cases.subsidy.case import SubsidyCase
from rules.clock_terms import clock_terms
from store.keys import KeyRing

CLOCKS = "subsidy-clocks"


@dataclass(frozen=True)
class SubsidyLaw:
    """What governs the life of one subsidy case, as it was pinned when the case was opened."""

    terms: Mapping[str, ClockTerms]


def subsidy_law_of(connection: Connection, policies: Policies, case: SubsidyCase) -> SubsidyLaw:
    return SubsidyLaw(terms=clock_terms(governing(connection, policies, case, CLOCKS)))


@dataclass(frozen=True)
class StoredSubsidyRecord:
    """`cases.subsidy.record.Record`, answered by the store."""

    connection: Connection
    keyring: KeyRing
    policies: Policies

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]:
        return self.policies.fact_refusals(name, value)

    def fact_is_for_officer(self, name: str) -> bool:
        return self.policies.fact_is_for_officer(name)
