"""A stop event recorded by mistake is struck out (撤销登记): the case stands as if it had not been, and runs on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank, unknown
from cases.days import day_of
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import StopState, SubsidyCase
from cases.subsidy.claiming import claimed_elsewhere
from cases.subsidy.moves import anew, claimed_again, revived
from cases.subsidy.new_law import given_up
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome, Stage
from cases.wording import Wording


@dataclass(frozen=True)
class StrikeStopEvent(Act):
    """It stays in the record, struck. Where it had ended payments or brought money back, an officer decides anew.

    Then a second person strikes it: neither who recorded it, nor who stopped the subsidy, nor who demanded money back.
    What was demanded because of it falls; what came back because of it is due again.
    """

    KIND: ClassVar = "strike-stop-event"
    TITLE: ClassVar = Wording("撤销停发情形", "Strike out a stop event")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset(Stage)

    stop: str
    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        found = find(case.stops, self.stop)
        if found is None:
            yield unknown(Wording("停发情形", "stop event"), self.stop)
        elif found.struck_on is not None:
            yield refusal("struck", f"{self.stop}已撤销。", f"{self.stop} is struck out already.")
        if given_up(case):
            yield refusal("withdrawn", "申请人已撤回申请。", "The applicant gave the application up.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        found = find(case.stops, self.stop)
        if found and weighs(case):
            yield from _by_second_person(case, found, seen)
        if case.closed:
            yield from claimed_elsewhere(case, (claim.id for claim in case.claims), seen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        found = find(case.stops, self.stop)
        if found is None:
            raise LookupError(self.stop)
        weighed = weighs(case)
        struck = replace(found, struck_on=seen.on, struck_by=seen.actor)
        case = replace(case, stops=put(case.stops, struck))
        if not weighed:
            return replace(case, facts_seen=case.facts_seen + 1)
        return anew(claimed_again(_runs_on(case, self.stop), seen), seen)


def weighs(case: SubsidyCase) -> bool:
    """Whether payments were ended, or money was asked back, while the event stood."""
    return bool(case.closed or case.stopped_on or case.recovery or case.repayments)


def _by_second_person(case: SubsidyCase, found: StopState, seen: Seen) -> Iterator[Refusal]:
    took_part = {found.recorded_by, *(each.demanded_by for each in case.repayments)}
    took_part |= {case.stopping.by} if case.stopping else set()
    took_part |= {case.recovery.demanded_by} if case.recovery else set()
    if Role.OFFICER not in seen.roles or seen.actor in took_part:
        yield refusal(
            "second-person",
            "已据此停发、追回或办结的，须由登记、停发和责令退回者以外的审批人撤销。",
            "Where payments were ended or money was asked back, it is struck out by an officer who neither "
            "recorded it, nor stopped the subsidy, nor demanded repayment.",
        )


def _runs_on(case: SubsidyCase, struck: str) -> SubsidyCase:
    """As if it had not been stopped, where that was for this event and no other stands. What had ended stays so."""
    stopping, stopped_on, others = case.stopping, case.stopped_on, case.stops_standing
    if stopping and stopping.event == struck:
        stopping = replace(stopping, event=others[-1].id) if others else None
        stopped_on = stopped_on if others else None
    if case.outcome is Outcome.PAID and case.closed_at:
        stopped_on = stopped_on or day_of(case.closed_at)
    return replace(revived(case), stopping=stopping, stopped_on=stopped_on)
