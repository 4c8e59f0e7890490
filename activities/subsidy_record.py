"""What acts of subsidy cases ask of the law and of the record, answered within one transaction."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from activities.pinning import deciding, governing
from activities.policies import Policies
from activities.subsidy_admission import against_periods
from cases.canonical import from_canonical
from cases.clocks import ClockTerms
from cases.determinations import Determination
from cases.refusals import Refusal
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from cases.subsidy.chosen import Chosen
from cases.subsidy.claiming import claims_of
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.record import ClaimElsewhere, TermEnd
from rules.clock_terms import clock_terms
from rules.policies import ResolvedPolicy
from rules.subsidy_process import NoProcess, subsidy_processes
from rules.unverified import unverified
from store import bank_batches, staff, subsidy_notices
from store.determinations import determination_record
from store.keys import KeyRing
from store.person_keys import person_key
from store.subsidy_claims import live_claims
from store.subsidy_orders import ordered_since

CLOCKS: Final = "subsidy-clocks"
PROCESS: Final = "subsidy-process"
# What the policies of subsidies that run call the months that are left, and the month of retirement.
REMAINING: Final = "remaining"
RETIREMENT_MONTH: Final = "retirement_month"
# The column of a list of months that says whether one can be paid, and how a flag that is not set is written.
PAYABLE: Final = "payable"
NOT_PAYABLE: Final = "false"
A_NUMBER: Final = re.compile(r"\d+")
MOST_KEPT: Final = 1000

# What lies under a hash says the same always, so that a process reads it once.
_terms: dict[str, Mapping[str, ClockTerms]] = {}
_processes: dict[str, Mapping[str, SubsidyProcess]] = {}


@dataclass(frozen=True)
class SubsidyLaw:
    """What governs the life of one subsidy case, as it was pinned when the case was opened."""

    terms: Mapping[str, ClockTerms]
    process: SubsidyProcess


def subsidy_law_of(connection: Connection, policies: Policies, case: SubsidyCase) -> SubsidyLaw:
    """Raises NoPolicyInForce where the place has set no clocks, or does not list the subsidy."""
    clocks = governing(connection, policies, case, CLOCKS)
    if clocks.hash not in _terms:
        _room(_terms)
        _terms[clocks.hash] = clock_terms(clocks)
    governs = governing(connection, policies, case, PROCESS)
    process = processes_of(governs).get(case.policy)
    if process is None:
        raise NoProcess(case.policy, governs.jurisdiction)
    return SubsidyLaw(_terms[clocks.hash], process)


def processes_of(policy: ResolvedPolicy) -> Mapping[str, SubsidyProcess]:
    """How each subsidy is handled where this policy governs."""
    if policy.hash not in _processes:
        _room(_processes)
        _processes[policy.hash] = subsidy_processes(policy)
    return _processes[policy.hash]


def _room(remembered: dict[str, Any]) -> None:
    if len(remembered) >= MOST_KEPT:
        remembered.clear()


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

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        return staff.station_roles(self.connection, staff_id, station_id, on)

    def claimed_elsewhere(self, case: SubsidyCase, periods: Iterable[str]) -> tuple[ClaimElsewhere, ...]:
        wanted = tuple(periods)
        found = live_claims(self.connection, case.person, case.policy, periods=wanted) if wanted else ()
        return tuple(
            ClaimElsewhere(each.period, each.case_id, each.station_name) for each in found if each.case_id != case.id
        )

    def against_periods(self, case: SubsidyCase, periods: Iterable[str], on: date) -> tuple[Refusal, ...]:
        claimed = replace(case, claims=claims_of(case, periods, on))
        return tuple(against_periods(claimed, self.policies, on))

    def paid_since(self, case: SubsidyCase) -> tuple[str, ...]:
        if case.standing is None:
            return ()
        return ordered_since(self.connection, case.person, case.standing.made_at, but_not=case.id)

    def unverified_values(self, case: SubsidyCase) -> tuple[str, ...]:
        policy = deciding(self.connection, self.policies, case, case.policy)
        return tuple(each.name for each in unverified(policy))

    def nothing_for(self, case: SubsidyCase) -> frozenset[str]:
        """By the column in which policies of months say what can be paid."""
        listed = subsidy_law_of(self.connection, self.policies, case).process.months_in
        made = self._standing(case) if listed else None
        facts = from_canonical(made.facts_json) if made else None
        months = facts.get(listed or "") if isinstance(facts, dict) else None
        if made is None or not isinstance(months, list):
            return frozenset()
        due = {item.item: {read.name: read.value for read in item.read}.get(PAYABLE) for item in made.items}
        return frozenset(
            str(month["month"])
            for place, month in enumerate(months, start=1)
            if isinstance(month, dict) and due.get(f"{listed}[{place}]") == NOT_PAYABLE
        )

    def on_list(self, case: SubsidyCase, notice: str) -> Chosen | None:
        found = subsidy_notices.naming(self.connection, notice, case.id)
        if found is None:
            return None
        of_list, determination = found
        standing = case.standing.id if case.standing else None
        return Chosen(of_list.station_id, of_list.policy, determination is not None and determination == standing)

    def in_file(self, case: SubsidyCase, payment: str, batch: str) -> Chosen | None:
        found = bank_batches.naming(self.connection, batch, case.id, payment)
        return found and Chosen(found[0].station_id, None, found[1])

    def _standing(self, case: SubsidyCase) -> Determination | None:
        if case.standing is None:
            return None
        key = person_key(self.connection, self.keyring, case.person)
        return determination_record(self.connection, key, case.id, case.standing.id)

    def term_end(self, case: SubsidyCase, on: date) -> TermEnd | None:
        """By the standing determination: the month of retirement that it read, and the months that it found left."""
        made = self._standing(case)
        if made is None:
            return None
        facts = from_canonical(made.facts_json)
        retires = facts.get(RETIREMENT_MONTH) if isinstance(facts, dict) else None
        if isinstance(retires, str) and retires <= f"{on:%Y-%m}":
            return TermEnd.RETIRED
        remaining = next((part.value for part in made.parts if part.name == REMAINING), None)
        months = A_NUMBER.match(remaining) if remaining else None
        claimed = sum(claim.released_on is None for claim in case.claims)
        return TermEnd.USED_UP if months and int(months.group()) <= claimed else None
