"""A subsidy that runs (享受期): looked at month by month, stopped by an event, ended with its term."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from cases.acts import blank
from cases.days import add_months, start_of
from cases.parts import numbered
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import StoppingState, StopState, SubsidyCase
from cases.subsidy.claiming import A_MONTH, sent_to_the_bank
from cases.subsidy.moves import STOP_NOTICE, closed, owe
from cases.subsidy.record import Seen, TermEnd
from cases.subsidy.stages import Outcome, Stage
from cases.wording import Wording

STOP_EVENTS = "stop_events"  # the fact that the rules read


@dataclass(frozen=True)
class RecordStopEvent(Act):
    """It becomes a fact, and the rules say from which month on nothing is due."""

    KIND: ClassVar = "record-stop-event"
    TITLE: ClassVar = Wording("登记停发情形", "Record an event that stops it")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = OPEN_STAGES

    event: str
    month: str
    detail: str  # what it was seen in or heard from

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("来源说明 detail", self.detail)
        if not A_MONTH.fullmatch(self.month):
            yield refusal("bad-period", "月份写作2026-03。", "A month is written 2026-03.")
        if any((stop.event, stop.month) == (self.event, self.month) for stop in case.stops_standing):
            yield refusal("recorded", "该情形已登记。", "This event is recorded already.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        listed = seen.process.stop_events
        if self.event not in listed:
            yield refusal(
                "not-listed",
                f"“{self.event}”不是该项补贴列出的停发情形；可选：{'、'.join(listed) or '无'}。",
                f"“{self.event}” is no event that stops this subsidy; listed are: {', '.join(listed) or 'none'}.",
            )
        if self.month > f"{seen.on:%Y-%m}":
            yield refusal("future-period", f"{self.month}尚未开始。", f"{self.month} has not begun.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        stop = StopState(numbered("stop", case.stops), self.event, self.month, seen.on, seen.actor)
        return replace(case, stops=(*case.stops, stop), facts_seen=case.facts_seen + 1)


@dataclass(frozen=True)
class Stop(Act):
    """The running subsidy ends, and the applicant is told. What was paid too much is recovered first."""

    KIND: ClassVar = "stop"
    TITLE: ClassVar = Wording("停发", "Stop the subsidy")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.RUNNING, Stage.RECOVERY})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        yield from sent_to_the_bank(case)
        yield from _not_determined(case)
        if case.stopped_on:
            yield refusal("stopped", "已停发。", "It is stopped already.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        event = case.stops_standing[-1].id if case.stops_standing else None
        stopped = replace(case, stopped_on=seen.on, stopping=StoppingState(seen.actor, event))
        case = owe(stopped, STOP_NOTICE, event or "stop", seen)
        return case if case.stage is Stage.RECOVERY else closed(case, Outcome.STOPPED, seen)


@dataclass(frozen=True)
class Finish(Act):
    """Nothing more will be claimed of a running subsidy."""

    KIND: ClassVar = "finish"
    TITLE: ClassVar = Wording("享受期结束", "End of a running subsidy")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.RUNNING})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        yield from _not_determined(case)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return closed(case, Outcome.PAID, seen)


@dataclass(frozen=True)
class CheckMonth(Act):
    """The first of a month: the rules are asked again, or the subsidy ends with its term or with retirement."""

    KIND: ClassVar = "check-month"
    TITLE: ClassVar = Wording("按月核查", "Monthly check")
    BY: ClassVar = frozenset({Role.ENGINE})
    DURING: ClassVar = frozenset({Stage.RUNNING})
    WHILE_PAUSED: ClassVar = True

    month: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        due = month_to_check(case)
        if due is None or f"{due:%Y-%m}" != self.month:
            yield refusal("not-due", f"{self.month}没有待做的核查。", f"No check is due for {self.month}.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        case = replace(case, checked_on=seen.on)
        determined = not any(_not_determined(case))  # else what is known by now may say that too much was paid
        end: TermEnd | None = seen.record.term_end(case, seen.on) if determined else None
        if end:
            return closed(owe(case, STOP_NOTICE, end, seen), Outcome.PAID, seen)
        return replace(case, facts_seen=case.facts_seen + 1)


def month_to_check(case: SubsidyCase) -> date | None:
    """The first day of the month after the last check."""
    return add_months(case.checked_on.replace(day=1), 1) if case.checked_on else None


def next_check(case: SubsidyCase) -> tuple[str, datetime] | None:
    month = month_to_check(case) if case.stage is Stage.RUNNING else None
    return (f"{month:%Y-%m}", start_of(month)) if month else None


def _not_determined(case: SubsidyCase) -> Iterator[Refusal]:
    """Facts that nobody has looked at yet are looked at first."""
    if dict(case.determined_at_facts).get(case.policy) != case.facts_seen:
        yield refusal(
            "out-of-date", "登记了新的事实，正在重新认定。", "Facts were recorded since: it is being determined anew."
        )
    elif case.standing and case.standing.granted is None:
        yield refusal("undecided", "有认定尚未决定。", "A determination waits for its decision.")
