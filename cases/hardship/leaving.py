"""Leaving: exit by a listed reason with notice and review, hand-over to another body, closure and reopening."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank
from cases.case_parts import PaperState
from cases.hardship.acts import WORKING_STAGES, Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, ClosureState, ExitState, HardshipCase
from cases.hardship.exit_grounds import reached_lately, too_few_refusals
from cases.hardship.helping import begin_help
from cases.hardship.placing import follow_ups_held, placed_by_market
from cases.hardship.record import Seen
from cases.hardship.stages import ExitReason, Outcome, Stage
from cases.hardship.turns import OF_A_CASE, apply_anew
from cases.parts import numbered
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.timing import begin, resumed, stop, stop_all
from cases.wording import Wording

EXIT_NOTICE = "exit-notice"  # 退出告知书


@dataclass(frozen=True)
class ProposeExit(Act):
    """The person is told, and has the policy's days to ask for a review before the case closes.

    That ends a pause: the days of the review run for whoever is told.
    """

    KIND: ClassVar = "propose-exit"
    TITLE: ClassVar = Wording("提出退出", "Propose an exit")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = WORKING_STAGES
    WHILE_PAUSED: ClassVar = True

    reason: ExitReason
    explanation: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("事实说明 explanation", self.explanation)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        terms = seen.exits.get(self.reason)
        if terms is None:
            yield refusal(
                "not-listed",
                f"本地政策没有列出退出情形“{self.reason}”。",
                f"The policy of this place does not list “{self.reason}” as a reason to leave.",
            )
        elif self.reason is ExitReason.REFUSED_SERVICE:
            yield from too_few_refusals(case, terms, seen.on)
        elif self.reason is ExitReason.UNREACHABLE:
            yield from reached_lately(case, terms, seen.on)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        paper = PaperState(numbered("paper", case.papers), EXIT_NOTICE, self.reason, seen.on)
        told = ExitState(self.reason, seen.at, seen.actor, back_to=case.stage)
        case = replace(resumed(case, seen), stage=Stage.EXIT_NOTICE, exit=told, papers=(*case.papers, paper))
        return begin(case, "exit-review", seen.terms["exit-review"], seen)


@dataclass(frozen=True)
class AskReview(Act):
    KIND: ClassVar = "ask-review"
    TITLE: ClassVar = Wording("申请复核", "Ask for a review")
    BY: ClassVar = frozenset({Role.WORKER, Role.CASEWORKER})
    DURING: ClassVar = frozenset({Stage.EXIT_NOTICE})
    WHILE_PAUSED: ClassVar = True

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.exit and case.exit.review_asked_at:
            yield refusal("asked", "已申请复核。", "A review was asked for already.")

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        if case.exit is None:
            raise LookupError("exit")
        return replace(case, exit=replace(case.exit, review_asked_at=seen.at))


@dataclass(frozen=True)
class DecideReview(Act):
    """By an officer who neither has the case nor proposed the exit. Not upheld, the case goes on where it was."""

    KIND: ClassVar = "decide-review"
    TITLE: ClassVar = Wording("复核决定", "Decide a review")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.EXIT_NOTICE})
    WHILE_PAUSED: ClassVar = True

    upheld: bool
    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.exit is None or case.exit.review_asked_at is None:
            yield refusal("not-asked", "本人没有申请复核。", "No review was asked for.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if seen.actor in (case.caseworker, case.exit.proposed_by if case.exit else None):
            yield refusal(
                "own-proposal",
                "不能复核自己经办或提出的退出。",
                "An exit is not reviewed by the one who proposed it, or whose case it is.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        if case.exit is None:
            raise LookupError("exit")
        back_to = case.exit.back_to
        case = stop(case, "exit-review", seen.at)
        if not self.upheld:
            return replace(case, stage=back_to, exit=None)
        return to_closing(case, Outcome.EXITED, seen.actor, seen)


@dataclass(frozen=True)
class HandOver(Act):
    """移送: another body takes the matter on."""

    KIND: ClassVar = "hand-over"
    TITLE: ClassVar = Wording("移送其他机构", "Hand over to another body")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = WORKING_STAGES
    WHILE_PAUSED: ClassVar = True

    body: str
    matter: str
    open_needs_reason: str = ""

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("接收机构 body", self.body)
        yield from blank("事项 matter", self.matter)
        yield from open_needs(case, self.open_needs_reason)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return to_closing(case, Outcome.HANDED_OVER, seen.actor, seen)


@dataclass(frozen=True)
class ProposeClosure(Act):
    """The outcome follows from the case; nobody types it."""

    KIND: ClassVar = "propose-closure"
    TITLE: ClassVar = Wording("提出办结", "Propose closure")
    BY: ClassVar = frozenset({Role.CASEWORKER})

    open_needs_reason: str = ""

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from open_needs(case, self.open_needs_reason)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if closable_as(case) is None:
            yield refusal(
                "nothing-ended",
                "还不能办结：须有安置且回访全部完成，或者帮扶期满、必需项目均已证明而不符合公益性岗位条件。",
                "It cannot be closed yet: a placement with all its follow-ups held, or the term over with the required "
                "items proved and no public-welfare post owed.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        outcome = closable_as(case)
        if outcome is None:
            raise LookupError("outcome")
        return to_closing(case, outcome, seen.actor, seen)


@dataclass(frozen=True)
class ApproveClosure(Act):
    """By a supervisor, and never of one's own case or proposal."""

    KIND: ClassVar = "approve-closure"
    TITLE: ClassVar = Wording("批准办结", "Approve closure")
    BY: ClassVar = frozenset({Role.SUPERVISOR})
    DURING: ClassVar = frozenset({Stage.CLOSING})
    WHILE_PAUSED: ClassVar = True

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        proposed = (each.proposed_by for each in (case.closure, case.exit) if each)
        if seen.actor in (case.caseworker, *proposed):
            yield refusal(
                "own-closure",
                "不能批准自己经办或提出的办结。",
                "Nobody approves the closure of a case that is theirs, or that they proposed.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        if case.closure is None:
            raise LookupError("closure")
        outcome = case.closure.outcome
        paper = PaperState(numbered("paper", case.papers), "closing-notice", outcome, seen.on)
        case = replace(
            case, stage=Stage.CLOSED, outcome=outcome, closed_at=seen.at, papers=(*case.papers, paper), transfer=None
        )
        return stop_all(case, seen.at)


@dataclass(frozen=True)
class ReturnClosure(Act):
    KIND: ClassVar = "return-closure"
    TITLE: ClassVar = Wording("退回办结", "Return a closure")
    BY: ClassVar = frozenset({Role.SUPERVISOR})
    DURING: ClassVar = frozenset({Stage.CLOSING})
    WHILE_PAUSED: ClassVar = True

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.closure and case.closure.outcome is Outcome.DECLINED:
            yield refusal(
                "decided",
                "不予认定已由审批人决定，不能退回；如有新的事实，请在办结后重启。",
                "An officer decided this: it is not returned. With new facts, reopen the case once it is closed.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        if case.closure is None:
            raise LookupError("closure")
        return replace(stop(case, "closure", seen.at), stage=case.closure.back_to, closure=None, exit=None)


@dataclass(frozen=True)
class Reopen(Act):
    """重启. With the class granted help goes on; otherwise it is determined anew, as applied for on this day."""

    KIND: ClassVar = "reopen"
    TITLE: ClassVar = Wording("重启个案", "Reopen")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    DURING: ClassVar = frozenset({Stage.CLOSED})
    WHILE_PAUSED: ClassVar = True

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        yield from other_case(case, seen)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return reopened(case, seen)


def other_case(case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
    if seen.record.has_other_open_case(case.worker_id, case.id):
        yield refusal(
            "other-case", "本人已有另一个在办个案。", "The worker has another open case: go on with that one."
        )


def reopened(case: HardshipCase, seen: Seen) -> HardshipCase:
    placements = tuple(replace(p, ended_on=p.ended_on or seen.on) for p in case.placements)
    case = replace(case, outcome=None, closed_at=None, closure=None, exit=None, placements=placements)
    if case.granted(HARDSHIP):
        return begin_help(case, seen)
    case = apply_anew(replace(case, stage=Stage.DETERMINATION), OF_A_CASE, seen.on)
    return begin(case, "determination", seen.terms["determination"], seen)


def to_closing(case: HardshipCase, outcome: Outcome, by: str, seen: Seen) -> HardshipCase:
    """Up for approval, with nothing left to wait for: a pause and the days of a review end."""
    back_to = case.exit.back_to if case.exit else case.stage
    closure = ClosureState(outcome, by, seen.at, back_to)
    case = stop(resumed(case, seen), "exit-review", seen.at)
    return begin(replace(case, stage=Stage.CLOSING, closure=closure), "closure", seen.terms["closure-approval"], seen)


def closable_as(case: HardshipCase) -> Outcome | None:
    """The outcome the case has reached, or None while it has reached none."""
    if case.stage is Stage.FOLLOW_UP and follow_ups_held(case):
        return Outcome.PLACED if placed_by_market(case) else Outcome.PUBLIC_POST
    if case.market_failed and (case.granted(PUBLIC_POST) is False or case.granted(DIFFICULTY) is False):
        return Outcome.MARKET_FAILED
    return None


def open_needs(case: HardshipCase, reason: str) -> Iterator[Refusal]:
    """A person with employment difficulty is followed until problems are solved (duty A14)."""
    still_open = [need.id for need in case.needs if need.solved is None]
    if case.granted(DIFFICULTY) and still_open and not reason.strip():
        yield refusal(
            "open-needs",
            f"本人属就业困难人员，仍有未解决的需求：{'、'.join(still_open)}；请先办结，或写明原因（open_needs_reason）。",
            f"The person has employment difficulty and needs still open: {', '.join(still_open)}. "
            "Settle them, or give the reason (open_needs_reason).",
        )
