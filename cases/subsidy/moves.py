"""How a subsidy case goes from stage to stage: what follows from a decision, and what ends it."""

from collections.abc import Collection
from dataclasses import replace

from cases.case_parts import PaperState
from cases.parts import find, numbered
from cases.subsidy.case import SubsidyCase
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome, PaymentStatus, Stage
from cases.timing import begin, stop, stop_all

DETERMINATION_NOTICE = "subsidy-determination-notice"  # 补贴审核告知书
DECISION_NOTICE = "subsidy-decision-notice"  # 补贴决定书
PAYMENT_INSTRUCTION = "payment-instruction"  # 拨付单
STOP_NOTICE = "subsidy-stop-notice"  # 停发告知书
RECOVERY_NOTICE = "recovery-notice"  # 追回告知书

# Clocks of the applicant's own time: to ask for a review here, and to go to the two bodies outside.
APPLICANTS_TIME = ("refusal-review", "reconsideration", "court")
# Clocks of what somebody asked for: they run until it is answered, whatever becomes of the decision.
ASKED = ("review/", "objection/")


def owe(case: SubsidyCase, kind: str, about: str, seen: Seen) -> SubsidyCase:
    paper = PaperState(numbered("paper", case.papers), kind, about, seen.on)
    return replace(case, papers=(*case.papers, paper))


def started(case: SubsidyCase, clock: str, seen: Seen, terms: str | None = None) -> SubsidyCase:
    return begin(case, clock, seen.terms[terms or clock], seen)


def to_determination(case: SubsidyCase, seen: Seen, *, still_noticed: bool = False) -> SubsidyCase:
    """Back to the examination: no money leaves and nothing is owed back until it is decided anew.

    What was shown to the public is shown again, save where that is over and no more than that is in question.
    """
    if not (still_noticed and noticed(case)):
        case = replace(case, notice_id=None, noticed_on=None)
    for clock in case.clocks:
        if not clock.id.startswith(ASKED):
            case = stop(case, clock.id, seen.at)
    case = _unordered(case, seen)
    return started(replace(case, stage=Stage.DETERMINATION, recovery=None), "decision", seen)


def anew(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The same, and the rules are asked again."""
    return replace(to_determination(case, seen), facts_seen=case.facts_seen + 1)


def revived(case: SubsidyCase) -> SubsidyCase:
    """A closed case as one that goes on, with every claim that was released; any other stays as it is."""
    if not case.closed:
        return case
    claims = tuple(
        replace(c, released_on=None, payment_id=None) if c.released_on is not None else c for c in case.claims
    )
    return replace(case, outcome=None, closed_at=None, stopped_on=None, look=None, claims=claims)


def settled(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Where a case goes that was decided, by what was granted and what was paid."""
    standing = case.standing
    if case.overpaid_fen:
        return _to_recovery(case)
    if standing is None or not standing.granted:
        return _to_refusal(case, seen)
    if case.due_fen or any(payment.under_way for payment in case.payments):
        return _to_payment(case, seen)
    if seen.process.runs and case.stopped_on is None:
        return _to_running(case, seen)
    return closed(case, Outcome.PAID, seen)


def closed(case: SubsidyCase, outcome: Outcome, seen: Seen) -> SubsidyCase:
    """Ended: what was not paid may be claimed again, and all of it where nothing stayed paid."""
    kept = {payment.id for payment in case.payments if payment.live} if case.paid_fen else set()
    claims = tuple(
        claim if claim.payment_id in kept else replace(claim, released_on=claim.released_on or seen.on)
        for claim in case.claims
    )
    case = replace(_unordered(case, seen), stage=Stage.CLOSED, outcome=outcome, closed_at=seen.at, claims=claims)
    return stop_all(case, seen.at)


def released(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Its unpaid claims may be claimed again."""
    free = {claim.id for claim in case.unpaid_claims}
    return replace(case, claims=tuple(replace(c, released_on=seen.on) if c.id in free else c for c in case.claims))


def unlinked(case: SubsidyCase, gone: Collection[str]) -> SubsidyCase:
    """The claims of payments that came to nothing are unpaid again."""
    return replace(case, claims=tuple(replace(c, payment_id=None) if c.payment_id in gone else c for c in case.claims))


def noticed(case: SubsidyCase) -> bool:
    """Whether the days of the public notice are over."""
    clock = find(case.clocks, "public-notice")
    return case.noticed_on is not None and (clock is None or not clock.running)


def objected(case: SubsidyCase) -> bool:
    """Whether an objection to the public notice is open."""
    return any(objection.upheld is None for objection in case.objections)


def refusal_over(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Closed, once the days to ask for a review are over and nobody looks at the refusal any more."""
    clock = find(case.clocks, "refusal-review")
    looked_at = (*(review.reversed_ for review in case.reviews), *([case.look.stands] if case.look else []))
    if (clock and clock.running) or any(answer is None for answer in looked_at):
        return case
    return closed(case, Outcome.REFUSED, seen)


def _to_recovery(case: SubsidyCase) -> SubsidyCase:
    return replace(case, stage=Stage.RECOVERY)


def _to_refusal(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    if case.stage is not Stage.REFUSAL:
        for clock in APPLICANTS_TIME:
            case = started(case, clock, seen)
    return replace(case, stage=Stage.REFUSAL)


def _to_payment(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    if seen.process.notice and not noticed(case):
        return replace(case, stage=Stage.NOTICE)
    payment = find(case.clocks, "payment")
    if payment is None or not payment.running:
        case = started(case, "payment", seen)
    return replace(case, stage=Stage.PAYMENT)


def _to_running(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    case = released(stop(case, "payment", seen.at), seen)  # a month for which the rules gave nothing
    return replace(case, stage=Stage.RUNNING, checked_on=case.checked_on or seen.on)


def _unordered(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Payment instructions that were not sent are cancelled."""
    ordered = {payment.id for payment in case.payments if payment.status is PaymentStatus.ORDERED}
    return cancelled(case, ordered, seen)


def cancelled(case: SubsidyCase, payments: Collection[str], seen: Seen) -> SubsidyCase:
    """Their claims are unpaid again, and no paper orders them any more."""
    after = tuple(replace(p, status=PaymentStatus.CANCELLED) if p.id in payments else p for p in case.payments)
    papers = tuple(
        replace(paper, waived_on=seen.on)
        if paper.owed and paper.kind == PAYMENT_INSTRUCTION and paper.about in payments
        else paper
        for paper in case.papers
    )
    return unlinked(replace(case, payments=after, papers=papers), payments)
