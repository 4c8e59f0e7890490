"""Placements and follow-ups: work found, the agreement it is founded on, and whether it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from cases.acts import blank, in_future, unknown
from cases.case_parts import PaperState
from cases.hardship.acts import Act
from cases.hardship.case import FollowUpState, HardshipCase, PlacementState
from cases.hardship.helping import begin_help
from cases.hardship.record import Proposal, Seen
from cases.hardship.serving import not_before_application
from cases.hardship.stages import AgreementForm, Stage
from cases.hardship.terms import WorkTerms
from cases.parts import find, numbered, put
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.timing import begin, stop, stop_all
from cases.wording import Wording


@dataclass(frozen=True)
class RecordPlacement(Act):
    """Work found. In the stage of the public-welfare post it is that post, unless it is said to be by the market."""

    KIND: ClassVar = "record-placement"
    TITLE: ClassVar = Wording("登记就业安置", "Record a placement")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = frozenset({Stage.HELP, Stage.POST})

    employer: str
    started_on: date
    terms: WorkTerms
    by_market: bool = False  # while a post is owed: the market found work before it

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from not_before_application("started_on", self.started_on, case)
        yield from self.terms.refusals()

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.started_on > seen.on:
            yield in_future("started_on", self.started_on, seen.on)
        employer = seen.record.employer(self.employer, self.started_on)
        if employer is None:
            yield unknown(Wording("用工主体", "employer"), self.employer)
            return
        if not employer.verified:
            yield refusal(
                "employer-not-verified",
                f"用工主体{self.employer}未经核实，不能登记安置；请先核实。",
                f"{self.employer} is not verified: verify it before a placement is recorded.",
            )
        agreement = seen.record.agreement(self._proposal(case, seen))
        if not isinstance(agreement, AgreementForm):
            yield from agreement

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        form = seen.record.agreement(self._proposal(case, seen))
        if not isinstance(form, AgreementForm):
            raise Refused(form)
        placement = PlacementState(numbered("placement", case.placements), self.employer, self.started_on, form)
        paper = PaperState(numbered("paper", case.papers), form, placement.id, seen.on)
        case = replace(
            case,
            stage=Stage.FOLLOW_UP,
            placements=(*case.placements, placement),
            papers=(*case.papers, paper),
        )
        return _with_follow_ups(stop_all(case, seen.at), placement, seen)

    def _proposal(self, case: HardshipCase, seen: Seen) -> Proposal:
        public_post = case.stage is Stage.POST and not self.by_market
        return Proposal(case, self.employer, self.started_on, self.terms, public_post, drawn_up_on=seen.on)


def _with_follow_ups(case: HardshipCase, placement: PlacementState, seen: Seen) -> HardshipCase:
    for days in seen.plan.follow_up_days:
        follow_up = FollowUpState(numbered("follow-up", case.follow_ups), placement.id, days)
        case = replace(case, follow_ups=(*case.follow_ups, follow_up))
        case = begin(case, f"follow-up/{follow_up.id}", seen.terms[f"follow-up/{days}"], seen, on=placement.started_on)
    return case


@dataclass(frozen=True)
class RecordFollowUp(Act):
    """A lost job reopens the help: the term begins anew, and what was proved stays proved."""

    KIND: ClassVar = "record-follow-up"
    TITLE: ClassVar = Wording("登记跟踪回访", "Record a follow-up")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})
    DURING: ClassVar = frozenset({Stage.FOLLOW_UP})

    follow_up: str
    held_on: date
    still_employed: bool
    content: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("回访内容 content", self.content)
        found = find(case.follow_ups, self.follow_up)
        if found is None:
            yield unknown(Wording("回访", "follow-up"), self.follow_up)
        elif found.held_on is not None:
            yield refusal("held", f"{self.follow_up}已回访。", f"{self.follow_up} was held already.")
        elif case.placement is None or found.placement_id != case.placement.id:
            yield refusal(
                "past-placement",
                f"{self.follow_up}属于已结束的安置。",
                f"{self.follow_up} belongs to a placement that has ended.",
            )
        elif self.held_on < case.placement.started_on:
            yield refusal(
                "before-placement", "回访日早于安置日。", "A follow-up cannot lie before the placement began."
            )
        elif self.still_employed and (days := _days_before(case, found)):
            yield from self._too_early(case.placement.started_on + timedelta(days), days)

    def _too_early(self, earlier: date, days: int) -> Iterator[Refusal]:
        """Work that lasts is seen at each of the policy's times; a job that was lost may be found out at any."""
        if self.held_on <= earlier:
            yield refusal(
                "too-early",
                f"{self.follow_up}须在{days}天回访之日{earlier}以后进行；如已失业，可随时登记。",
                f"{self.follow_up} lies after {earlier}, the day of the follow-up at {days} days; "
                "only a lost job is recorded at any time.",
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.held_on > seen.on:
            yield in_future("held_on", self.held_on, seen.on)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.follow_ups, self.follow_up)
        placement = case.placement
        if found is None or placement is None:
            raise LookupError(self.follow_up)
        held = replace(found, held_on=self.held_on, still_employed=self.still_employed)
        case = stop(replace(case, follow_ups=put(case.follow_ups, held)), f"follow-up/{held.id}", seen.at)
        if self.still_employed:
            return case
        ended = replace(placement, ended_on=self.held_on)
        case = stop_all(replace(case, placements=put(case.placements, ended)), seen.at, starting_with="follow-up/")
        return begin_help(case, seen)


def _days_before(case: HardshipCase, found: FollowUpState) -> int:
    """The days of the placement's follow-up before this one; 0 for the first."""
    same = (f.days for f in case.follow_ups if f.placement_id == found.placement_id and f.days < found.days)
    return max(same, default=0)


def follow_ups_held(case: HardshipCase) -> bool:
    """Whether every follow-up of the standing placement took place."""
    placement = case.placement
    owed = [f for f in case.follow_ups if placement and f.placement_id == placement.id]
    return bool(owed) and all(f.held_on is not None for f in owed)


def placed_by_market(case: HardshipCase) -> bool:
    return case.placement is not None and case.placement.form is not AgreementForm.PUBLIC_POST_AGREEMENT
