"""Delivery (送达): what the applicant was told, how and on which day; the days to appeal it run from then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final

from cases.acts import in_future, unknown
from cases.case_parts import PaperState
from cases.clocks import Unit
from cases.days import add_months
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import DeliveryState, SubsidyCase
from cases.subsidy.moves import DECISION_NOTICE, RECOVERY_NOTICE, STOP_NOTICE, refusal_notice, started
from cases.subsidy.record import Seen
from cases.subsidy.stages import DeliveryWay, Stage
from cases.wording import Wording

# What can be appealed, from the day on which it was delivered.
APPEALABLE: Final = frozenset({DECISION_NOTICE, STOP_NOTICE, RECOVERY_NOTICE})
BY_NOTICE: Final = "delivery-by-notice"  # the term after which a public notice counts as delivery


@dataclass(frozen=True)
class RecordDelivery(Act):
    """Until it is recorded no day to appeal is counted, and no refusal is closed. Also of a closed case.

    Recorded wrongly, it is put right by an officer; both stand among the steps.
    """

    KIND: ClassVar = "record-delivery"
    TITLE: ClassVar = Wording("登记送达", "Record a delivery")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset(Stage)

    paper: str
    way: DeliveryWay
    on: date  # handed over, received, or published

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        found = find(case.papers, self.paper)
        if found is None or found.kind not in APPEALABLE:
            yield unknown(Wording("须送达的文书", "paper to be delivered"), self.paper)
        elif found.owed:
            yield refusal("not-made", f"{found.id}尚未出具，不能送达。", f"{found.id} is not made yet.")
        elif self.on < found.dated:
            yield refusal(
                "before-made",
                f"送达日期早于文书日期{found.dated}，请核对。",
                f"That is before {found.dated}, the day of the paper: look at it again.",
            )

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.on > seen.on:
            yield in_future("on", self.on, seen.on)
        elif self.counts_from(seen) > seen.on:
            yield refusal(
                "notice-not-over",
                f"公告送达至{self.counts_from(seen)}才视为送达，届时再登记。",
                f"A public notice counts as delivery on {self.counts_from(seen)}: record it then.",
            )
        if find(case.deliveries, self.paper) and Role.OFFICER not in seen.roles:
            yield refusal(
                "delivered",
                f"{self.paper}已登记送达；登记有误的，由审批人更正。",
                f"The delivery of {self.paper} is recorded already; where that is wrong an officer puts it right.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        found = find(case.papers, self.paper)
        if found is None:
            raise LookupError(self.paper)
        delivery = DeliveryState(found.id, self.way, self.on, self.counts_from(seen), seen.actor)
        case = replace(case, deliveries=put(case.deliveries, delivery))
        return _terms_begin(case, found, delivery.delivered_on, seen)

    def counts_from(self, seen: Seen) -> date:
        """The day that counts: of a public notice, once its days have passed."""
        if self.way is not DeliveryWay.PUBLIC_NOTICE:
            return self.on
        term = seen.terms[BY_NOTICE]
        return add_months(self.on, term.length) if term.unit is Unit.MONTH else self.on + timedelta(days=term.length)


def _terms_begin(case: SubsidyCase, paper: PaperState, on: date, seen: Seen) -> SubsidyCase:
    refused = refusal_notice(case)
    if refused and refused.id == paper.id:
        case = started(case, "refusal-review", seen, on=on)
    else:
        case = started(case, f"ask-review/{paper.id}", seen, "refusal-review", on=on)
    for body in ("reconsideration", "court"):
        case = started(case, f"{body}/{paper.id}", seen, body, on=on)
    demanded = demand_notice(case)
    if demanded and demanded.id == paper.id:
        case = started(case, "repayment", seen, on=on)
    return case


def demand_notice(case: SubsidyCase) -> PaperState | None:
    """The notice that asks money back, where it is asked back now."""
    if case.stage is not Stage.RECOVERY or case.recovery is None:
        return None
    return next((paper for paper in reversed(case.papers) if paper.kind == RECOVERY_NOTICE), None)


def to_deliver(case: SubsidyCase) -> PaperState | None:
    """The paper that the case cannot go on without its delivery, once it is made."""
    paper = refusal_notice(case) or demand_notice(case)
    made = paper is not None and not paper.owed and find(case.deliveries, paper.id) is None
    return paper if made else None


def undelivered(case: SubsidyCase) -> tuple[PaperState, ...]:
    """Every paper that can be appealed, is made, and of which no delivery is recorded."""
    papers = (paper for paper in case.papers if paper.kind in APPEALABLE and not paper.owed)
    return tuple(paper for paper in papers if find(case.deliveries, paper.id) is None)
