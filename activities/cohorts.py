"""The cohort report (受影响个案报告): what a proposed change of the law does to real open and paid subsidy cases.

Before publishing it says who would newly get the subsidy, lose it, get more or less, and what that comes to. After
publishing, the cases that it reaches are asked anew one by one: what is due on top is paid, what was paid too much is
recovered, each by an officer's decision in its own case.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from activities.deciding_again import Past, Twice, again, places_of, proposed_law
from activities.engine_process import EngineProcess
from activities.publishing import require_officer, require_reach
from cases.days import day_of
from cases.determinations import Conclusion, Determination
from cases.refusals import Refused, refusal
from rules.simulated_effects import Effect, Tally, effect_of, together
from store.audit import AuditEvent, record_audit
from store.cohorts import (
    Cohort,
    CohortCase,
    Reached,
    cases_of,
    cohorts_of,
    keep_cohort,
    open_follow_ups,
    reached_cases,
)
from store.engine import read, write
from store.keys import KeyRing
from store.policy_files import PROPOSAL, proposal
from store.policy_proposals import Proposal, ProposalState
from store.policy_refusals import NO_SUCH_PROPOSAL, WITHDRAWN_ALREADY
from store.ulids import new_id

REPORT: Final = "cohort-report"
FOLLOW: Final = "follow-up-policy"
# What is asked anew once the change is law; a case whose facts now lack something is its caseworker's already.
ASKED_ANEW: Final = frozenset({Effect.GAINS, Effect.LOSES, Effect.MORE, Effect.LESS})
NOT_PUBLISHED: Final = refusal(
    "not-published",
    "这项提议尚未发布：发布以后才能逐案重新认定。",
    "This proposal is not law yet: cases are asked anew once it is published.",
)
NO_COHORT: Final = refusal(
    "no-cohort",
    "这项提议还没有受影响个案报告：请先生成报告。",
    "There is no cohort report of this proposal yet: make one first.",
)
Progress = Callable[[int, int], None]


def _unseen(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class CohortReport:
    """A cohort with its cases, as it is kept."""

    cohort: Cohort
    cases: tuple[CohortCase, ...]

    @property
    def total(self) -> Tally:
        return together(map(tally_of, self.cases))

    def by(self, key: Callable[[CohortCase], str]) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        for case in self.cases:
            found[key(case)] = found.get(key(case), Tally()) + tally_of(case)
        return found

    @property
    def reached(self) -> tuple[CohortCase, ...]:
        """Those that would be asked anew."""
        return tuple(case for case in self.cases if Effect(case.effect) in ASKED_ANEW)

    @property
    def top_up_fen(self) -> int:
        """What would be granted on top of what is granted now, in fen."""
        return sum(max(0, (case.after_fen or 0) - _granted_now(case)) for case in self.reached)

    @property
    def recovery_fen(self) -> int:
        """What was paid and would no longer be due, in fen."""
        return sum(max(0, case.paid_fen - (case.after_fen or 0)) for case in self.reached)


def tally_of(case: CohortCase) -> Tally:
    before, after = case.before_fen or 0, case.after_fen or 0
    return Tally(
        {Effect(case.effect): 1},
        before,
        after,
        amounts_changed=int(before != after),
        granted_before=int(case.before_fen is not None),
        granted_after=int(case.after_fen is not None),
    )


def _granted_now(case: CohortCase) -> int:
    """By officers, who may have departed from the rules; by the rules alone where nobody has decided yet."""
    return (case.before_fen or 0) if case.granted_fen is None else case.granted_fen


@dataclass(frozen=True)
class Cohorts:
    engine: Engine
    keyring: KeyRing
    shipped: Path
    calendar_hash: str

    def report(
        self, proposal_id: str, staff_id: str, from_on: date, at: datetime, progress: Progress = _unseen
    ) -> CohortReport:
        """Decide every reached case again, keep what came out, and say it. Raises Refused.

        `from_on`: cases applied for on this day or later; all of them, whoever may see them, since the sums are of all.
        Also of what is published: cases that were opened since the last report are in the next one.
        """
        found = self.require(proposal_id, staff_id, at)
        law = proposed_law(self.engine, self.shipped, self.calendar_hash, found)
        with read(self.engine) as connection:
            reached = reached_cases(connection, law.policies, places_of(found), from_on)
        untried: Counter[str] = Counter()
        decided: list[CohortCase] = []
        with EngineProcess(children=1) as engine:
            for number, each in enumerate(reached, 1):
                past = Past(each.case_id, each.determination_id, each.policy, each.jurisdiction, each.person_id)
                twice = again(self.engine, self.keyring, law, past, engine.verdicts)
                if isinstance(twice, Twice):
                    decided.append(_compared(each, twice))
                else:
                    untried[twice] += 1
                progress(number, len(reached))
        cohort = Cohort(new_id(at), found.id, from_on, law.as_of, len(decided), dict(untried), staff_id, at)
        with write(self.engine) as connection:
            keep_cohort(connection, cohort, decided)
            event = AuditEvent(REPORT, staff_id, at, PROPOSAL, found.id, reason=str(len(reached)))
            record_audit(connection, self.keyring, event)
        return CohortReport(cohort, tuple(decided))

    def require(self, proposal_id: str, staff_id: str, at: datetime) -> Proposal:
        """The proposal, where this person may have a report of it made. Raises Refused."""
        found = self._proposal(proposal_id, staff_id, at)
        if found.state is ProposalState.WITHDRAWN:
            raise Refused((WITHDRAWN_ALREADY,))
        return found

    def newest(self, proposal_id: str, cohort_id: str = "") -> CohortReport | None:
        """The newest report of a proposal, or the one that is named."""
        with read(self.engine) as connection:
            found = (each for each in cohorts_of(connection, proposal_id) if cohort_id in ("", each.id))
            cohort = next(found, None)
            return CohortReport(cohort, cases_of(connection, cohort.id)) if cohort else None

    def open_follow_ups(self, proposal_id: str, staff_id: str, at: datetime) -> int:
        """Enter every reached case to be asked anew, and say how many are new. Raises Refused."""
        found = self._proposal(proposal_id, staff_id, at)
        if found.publication is None:
            raise Refused((NOT_PUBLISHED,))
        report = self.newest(proposal_id)
        if report is None:
            raise Refused((NO_COHORT,))
        law = proposed_law(self.engine, self.shipped, self.calendar_hash, found)
        due_on = max(day for day in (law.as_of, law.known_on, found.publication.in_use_from) if day)
        with write(self.engine) as connection:
            reached = [case.case_id for case in report.reached]
            opened = open_follow_ups(connection, report.cohort, reached, staff_id, at, due_on)
            event = AuditEvent(FOLLOW, staff_id, at, PROPOSAL, proposal_id, reason=str(opened))
            record_audit(connection, self.keyring, event)
        return opened

    def _proposal(self, proposal_id: str, staff_id: str, at: datetime) -> Proposal:
        with read(self.engine) as connection:
            require_officer(connection, staff_id, day_of(at))
            found = proposal(connection, proposal_id)
            if found is None:
                raise Refused((NO_SUCH_PROPOSAL,))
            require_reach(connection, staff_id, found.jurisdictions, day_of(at))
        return found


def _compared(each: Reached, twice: Twice) -> CohortCase:
    before, after = twice.before, twice.after
    before_fen, after_fen = _granted_fen(before), _granted_fen(after)
    return CohortCase(
        case_id=each.case_id,
        policy=each.policy,
        station_id=each.station_id,
        standing=each.standing,
        before=before.conclusion,
        after=after.conclusion,
        before_fen=before_fen,
        after_fen=after_fen,
        granted_fen=each.granted_fen,
        paid_fen=each.paid_fen,
        effect=effect_of(before.conclusion, after.conclusion, before_fen, after_fen).value,
    )


def _granted_fen(made: Determination) -> int | None:
    """The sum of what is granted; a refusal's formula may come to one too, which nobody gets."""
    return made.amount_fen if made.conclusion is Conclusion.GRANTED else None
