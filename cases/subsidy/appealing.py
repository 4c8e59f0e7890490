"""Review and appeal (复核、行政复议、行政诉讼): another officer of the place, or a body outside, looks again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future, unknown
from cases.case_parts import ClockState
from cases.clocks_due import APPEALS
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import ReviewState, SubsidyCase
from cases.subsidy.claiming import claimed_elsewhere
from cases.subsidy.delivering import undelivered
from cases.subsidy.moves import anew, claimed_again, refusal_over, revived, started
from cases.subsidy.record import Seen
from cases.subsidy.stages import Instance, Stage
from cases.timing import stop, stop_all
from cases.wording import Wording

DECIDED_STAGES = OPEN_STAGES - {Stage.DETERMINATION}


@dataclass(frozen=True)
class AskReview(Act):
    """Of a closed case: in the days that run from delivery, and of what was never delivered no day has run yet."""

    KIND: ClassVar = "ask-review"
    TITLE: ClassVar = Wording("申请复核", "Ask for a review")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.WORKER})
    DURING: ClassVar = DECIDED_STAGES | {Stage.CLOSED}

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        yield from _open_already(case, Instance.REVIEW)

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if case.closed and not (undelivered(case) or any(_in_time(clock, seen) for clock in case.clocks)):
            yield refusal(
                "term-over",
                "已办结，且没有仍可申请复核的决定；确有新情况的，请重启个案。",
                "It is closed, and no decision of it can still be reviewed: where something is new, reopen the case.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        asked = ReviewState(numbered("review", case.reviews), Instance.REVIEW, seen.on)
        return started(replace(case, reviews=(*case.reviews, asked)), f"review/{asked.id}", seen, "review")


@dataclass(frozen=True)
class RecordAppeal(Act):
    """A body outside was asked: it says itself whether that was in time. Also of a closed case."""

    KIND: ClassVar = "record-appeal"
    TITLE: ClassVar = Wording("登记复议或诉讼", "Record an appeal")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = DECIDED_STAGES | {Stage.CLOSED}

    instance: Instance
    asked_on: date
    body: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("受理机关 body", self.body)
        if self.instance is Instance.REVIEW:
            yield refusal("not-outside", "本机关的复核请用“申请复核”。", "A review here is asked for as such.")
        if all(found.granted is None for found in case.determinations):
            yield refusal("undecided", "还没有作出决定。", "Nothing is decided yet.")
        yield from _open_already(case, self.instance)

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.asked_on > seen.on:
            yield in_future("asked_on", self.asked_on, seen.on)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        asked = ReviewState(numbered("review", case.reviews), self.instance, self.asked_on)
        case = stop_all(case, seen.at, starting_with=f"{self.instance}/")  # they had to ask by then, and did
        return replace(case, reviews=(*case.reviews, asked))


@dataclass(frozen=True)
class OnReview(Act):
    """Found wrong, the decision falls and the rules are asked anew; found right, it stands.

    What was found is written down in any case. A closed case of which a period was claimed elsewhere since stays
    closed: that other case has it now.
    """

    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.OFFICER})
    OUTSIDE: ClassVar[bool]

    review: str
    reversed_: bool
    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        found = find(case.reviews, self.review)
        if found is None or (found.instance is not Instance.REVIEW) != self.OUTSIDE:
            yield unknown(Wording("复核或复议诉讼", "review"), self.review)
        elif found.reversed_ is not None:
            yield refusal("settled", f"{self.review}已有结果。", f"{self.review} is decided already.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        found = find(case.reviews, self.review)
        if found is None:
            raise LookupError(self.review)
        answer = replace(found, reversed_=self.reversed_, decided_on=self.decided(seen), decided_by=seen.actor)
        case = stop(replace(case, reviews=put(case.reviews, answer)), f"review/{found.id}", seen.at)
        taken = case.closed and any(claimed_elsewhere(case, (claim.id for claim in case.claims), seen))
        if self.reversed_ and not taken:
            for appeal in APPEALS:
                case = stop_all(case, seen.at, starting_with=appeal)  # what was appealed has fallen
            return anew(claimed_again(revived(case), seen), seen)
        return refusal_over(case, seen) if case.stage is Stage.REFUSAL else case

    def decided(self, seen: Seen) -> date:
        return seen.on


@dataclass(frozen=True)
class DecideReview(OnReview):
    """By an officer who neither has the case nor took part: in a decision, in stopping it, or in asking money back.

    Also of a case that ended meanwhile.
    """

    KIND: ClassVar = "decide-review"
    TITLE: ClassVar = Wording("复核决定", "Decide a review")
    DURING: ClassVar = frozenset(Stage)
    OUTSIDE: ClassVar = False

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from super().objections(case, seen)
        if seen.actor in took_part(case):
            yield refusal(
                "own-decision",
                "不能复核本人经办或参与作出的决定。",
                "A decision is not reviewed by one who took part in it, or whose case it is.",
            )


def took_part(case: SubsidyCase) -> frozenset[str | None]:
    """Whoever has the case, decided anything in it, stopped it, or asked money back."""
    found = {by for found in case.determinations for by in (found.decided_by, found.departed_by)}
    found |= {case.caseworker, *(each.demanded_by for each in case.repayments)}
    found |= {case.stopping.by} if case.stopping else set()
    found |= {case.recovery.demanded_by} if case.recovery else set()
    return frozenset(found - {None})


@dataclass(frozen=True)
class SettleAppeal(OnReview):
    """What the body outside decided. Also of a closed case, which a reversal opens again."""

    KIND: ClassVar = "settle-appeal"
    TITLE: ClassVar = Wording("登记复议或诉讼结果", "Record what an appeal came to")
    DURING: ClassVar = frozenset(Stage)
    OUTSIDE: ClassVar = True

    decided_on: date

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from super().objections(case, seen)
        if self.decided_on > seen.on:
            yield in_future("decided_on", self.decided_on, seen.on)

    def decided(self, seen: Seen) -> date:  # the day is the body's own
        return self.decided_on


@dataclass(frozen=True)
class Reopen(Act):
    """What was closed is examined again, as of the day of its application; what was written off stays so."""

    KIND: ClassVar = "reopen"
    TITLE: ClassVar = Wording("重启个案", "Reopen")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    DURING: ClassVar = frozenset({Stage.CLOSED})
    WHILE_PAUSED: ClassVar = True

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.recovery and case.recovery.written_off_on:
            yield refusal("written-off", "已核销，不再重启。", "It was written off, and is not opened again.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from claimed_elsewhere(case, (claim.id for claim in case.claims), seen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return anew(revived(case), seen)


def _in_time(clock: ClockState, seen: Seen) -> bool:
    """Whether a decision can still be asked to be reviewed."""
    asked = clock.id.startswith("ask-review/") and clock.running
    return bool(asked and clock.due_at and seen.at < clock.due_at)


def _open_already(case: SubsidyCase, instance: Instance) -> Iterator[Refusal]:
    if any(review.instance is instance and review.reversed_ is None for review in case.reviews):
        yield refusal("asked", f"已有一项{instance.label.zh}尚无结果。", f"A {instance.label.en} is open already.")
