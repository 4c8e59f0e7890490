"""One step of a case: an act accepted, its consequences drawn, the revision counted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from cases import progress_of_any
from cases.acts import objections
from cases.clocks_due import next_alarm
from cases.hardship import determining, engine, leaving, moving, needing, papering, placing, referring, serving, waking
from cases.hardship.acts import REGISTRY, Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase
from cases.hardship.engine import RingAlarm
from cases.hardship.proofs import prove, required_proved
from cases.hardship.record import Seen
from cases.hardship.stages import Stage
from cases.hardship.turns import next_turn
from cases.hardship.waking import TurnDay
from cases.parts import in_order
from cases.progress_of_any import alarm_key
from cases.refusals import Refused
from cases.timing import begin, stop

ACT_MODULES = (determining, serving, referring, needing, moving, placing, leaving, engine, papering, waking)
ACTS: Mapping[str, type[Act]] = REGISTRY  # complete, since every module of acts is imported above


def perform(act: Act, case: HardshipCase, seen: Seen) -> HardshipCase:
    """The case after the act. Raises Refused, with every reason, and then nothing has changed."""
    reasons = objections(act, case, seen)
    if reasons:
        raise Refused(reasons)
    return replace(_in_order(_settled(act.apply(case, seen), seen)), revision=case.revision + 1)


def opened(case: HardshipCase, seen: Seen) -> HardshipCase:
    """A new case, with the clock of its determination running."""
    return _in_order(begin(case, "determination", seen.terms["determination"], seen))


def _settled(case: HardshipCase, seen: Seen) -> HardshipCase:
    """What follows by itself: proved items stop their clocks, and a failed market calls for a determination."""
    if case.stage in (Stage.HELP, Stage.POST):
        for proof in prove(seen.plan, case):
            if proof.proved:
                case = stop(case, f"item/{proof.item.id}", seen.at)
    return replace(case, items_proved=required_proved(seen.plan, case))


def _in_order(case: HardshipCase) -> HardshipCase:
    """As the record will give it back: of the parts only these two have ids of more than one kind."""
    return replace(case, clocks=in_order(case.clocks), determinations=in_order(case.determinations))


def policies_due(case: HardshipCase) -> Iterator[str]:
    """The policies to be determined now: undecided, and not yet determined on the facts as they stand."""
    if case.stage not in determining.DECIDING_STAGES:
        return
    wanted = [HARDSHIP, DIFFICULTY]
    if case.market_failed:
        wanted.append(PUBLIC_POST)
    for policy in wanted:
        current = case.current(policy)
        undecided = current is None or (current.granted is None and current.departing is None)
        if undecided and dict(case.determined_at_facts).get(policy, -1) < case.facts_seen:
            yield policy


papers_due: Final = progress_of_any.papers_due
Dated: TypeAlias = progress_of_any.Dated[Act]


def next_dated(case: HardshipCase) -> Dated | None:
    """What time brings next: the alarm of a clock, or the day on which a determination turns."""
    found: list[Dated] = []
    if alarm := next_alarm(case):
        clock, at, percent = alarm
        found.append(Dated(at, RingAlarm(clock.id, percent), alarm_key(clock, percent)))
    if turn := next_turn(case):
        determination, at = turn
        found.append(Dated(at, TurnDay(determination.id), ("turn", determination.id)))
    return min(found, key=lambda dated: dated.at, default=None)
