"""One step of a subsidy case: an act accepted, its consequences drawn, the revision counted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from cases import progress_of_any
from cases.acts import objections
from cases.clocks_due import next_alarm
from cases.parts import in_order
from cases.progress_of_any import alarm_key
from cases.refusals import Refused
from cases.subsidy import (
    appealing,
    claiming,
    delivering,
    determining,
    engine,
    looking,
    new_law,
    noticing,
    paying,
    recovering,
    returning,
    running,
    striking,
)
from cases.subsidy.acts import REGISTRY, Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import refused_at_opening
from cases.subsidy.engine import RingAlarm
from cases.subsidy.moves import started
from cases.subsidy.record import Seen
from cases.subsidy.running import CheckMonth, next_check

ACT_MODULES = (
    *(claiming, determining, looking, noticing, paying, returning, running, striking, recovering),
    *(delivering, appealing, engine, new_law),
)
ACTS: Mapping[str, type[Act]] = REGISTRY  # complete, since every module of acts is imported above
Dated: TypeAlias = progress_of_any.Dated[Act]
papers_due: Final = progress_of_any.papers_due


def perform(act: Act, case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The case after the act. Raises Refused, with every reason, and then nothing has changed."""
    reasons = objections(act, case, seen)
    if reasons:
        raise Refused(reasons)
    return replace(_in_order(act.apply(case, seen)), revision=case.revision + 1)


def opened(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """A new case with its claims, and the days to decide running. Raises Refused where they cannot be claimed."""
    reasons = tuple(refused_at_opening(case, seen))
    if reasons:
        raise Refused(reasons)
    return _in_order(started(case, "decision", seen))


def policies_due(case: SubsidyCase) -> Iterator[str]:
    """Its policy, when facts were recorded or a check was asked for since it was last determined."""
    standing = case.standing
    proposed = standing is not None and standing.granted is None and standing.departing is not None
    if not case.closed and not proposed and dict(case.determined_at_facts).get(case.policy, -1) < case.facts_seen:
        yield case.policy


def next_dated(case: SubsidyCase) -> Dated | None:
    """What time brings next: the alarm of a clock, or a monthly check; to a closed case nothing."""
    if case.closed:
        return None
    found: list[Dated] = []
    if alarm := next_alarm(case):
        clock, at, percent = alarm
        found.append(Dated(at, RingAlarm(clock.id, percent), alarm_key(clock, percent)))
    if check := next_check(case):
        month, at = check
        found.append(Dated(at, CheckMonth(month), ("check", month)))
    return min(found, key=lambda dated: dated.at, default=None)


def _in_order(case: SubsidyCase) -> SubsidyCase:
    """As the record will give it back."""
    return replace(
        case,
        clocks=in_order(case.clocks),
        claims=in_order(case.claims),
        acceptances=in_order(case.acceptances),
    )
