"""The day on which time alone brings another conclusion (到日变化): when it comes, and whether the worker is asked.

A determination says itself on which day it turns. Its own day stays the day of the application, so what turns with
that day is what a new application would come to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from cases.case import Case
from cases.case_parts import DeterminationState
from cases.days import ONE_DAY, start_of
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase
from cases.hardship.determining import DECIDING_STAGES, no_longer_asked
from cases.hardship.stages import Outcome

OF_A_CASE: Final = (HARDSHIP, DIFFICULTY, PUBLIC_POST)
# What was missing when a case ended so: had it been granted, the case would have gone on.
MISSED: Final = {Outcome.DECLINED: (HARDSHIP,), Outcome.MARKET_FAILED: (DIFFICULTY, PUBLIC_POST)}


def applied_for(case: Case, policy: str) -> date:
    """The day as of which a policy is determined: that of the case, or of a later application for this class alone."""
    return dict(case.applied_anew).get(policy, case.applied_on)


def apply_anew(case: HardshipCase, policies: Iterable[str], on: date) -> HardshipCase:
    """What was concluded of these policies stands no longer; they are due as applied for on the day."""
    wanted = frozenset(policies)
    return replace(
        case,
        determinations=tuple(replace(d, superseded=True) if d.policy in wanted else d for d in case.determinations),
        applied_anew=tuple(sorted({**dict(case.applied_anew), **dict.fromkeys(wanted, on)}.items())),
        facts_seen=case.facts_seen + 1,
    )


def next_turn(case: HardshipCase) -> tuple[DeterminationState, datetime] | None:
    """The determination whose day comes first, and when that day begins; one that was seen to comes no more.

    A case that is leaving waits: it comes back to its work, or is found after it closed.
    """
    if case.stage not in DECIDING_STAGES:
        return None
    waiting = [found for found in _standing(case) if found.turns_on and found.woken_at is None]
    first = min(waiting, key=lambda found: (found.turns_on, found.id), default=None)
    return (first, start_of(first.turns_on)) if first and first.turns_on else None


def to_ask(case: HardshipCase) -> Iterator[DeterminationState]:
    """Of a case at work: the determinations whose day has come and about which the worker is to be asked."""
    if case.stage in DECIDING_STAGES:
        yield from (found for found in askable(case) if found.woken_at is not None)


def found_later(case: HardshipCase) -> DeterminationState | None:
    """Of a closed case: the determination for whose day its worker is to be found again."""
    missed = MISSED.get(case.outcome, ()) if case.outcome else ()
    waiting = (found for found in askable(case) if found.policy in missed)
    return min(waiting, key=lambda found: (found.turns_on, found.id), default=None)


def askable(case: HardshipCase) -> Iterator[DeterminationState]:
    """The determinations that an application on their day could better, and about which nobody has asked yet."""
    return (found for found in _standing(case) if _betters(found) and not any(_beside_the_point(case, found)))


def asked_by(found: DeterminationState) -> datetime | None:
    """The end of the day on which the worker is to be asked."""
    return start_of(found.turns_on + ONE_DAY) if found.turns_on else None


def _standing(case: HardshipCase) -> Iterator[DeterminationState]:
    return (found for policy in OF_A_CASE if (found := case.current(policy)))


def _betters(found: DeterminationState) -> bool:
    if found.turns_on is None or found.turns_to is Conclusion.REFUSED or found.anew is not None:
        return False
    if found.granted is None and (found.departing is not None or found.turns_by_itself):
        return False  # a second officer has it, or the rules see to it themselves
    return not (found.conclusion is Conclusion.GRANTED if found.granted is None else found.granted)


def _beside_the_point(case: HardshipCase, found: DeterminationState) -> Iterator[object]:
    if not case.closed:
        yield from no_longer_asked(case, found)
