"""How a subsidy case goes from stage to stage: what follows from a decision, and what ends it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from cases.case_parts import PaperState
from cases.clocks_due import APPEALS
from cases.days import day_of
from cases.parts import find, numbered
from cases.subsidy.case import SubsidyCase
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome, PaymentStatus, Stage
from cases.timing import begin, stop

DETERMINATION_NOTICE = "subsidy-determination-notice"  # 补贴审核告知书
DECISION_NOTICE = "subsidy-decision-notice"  # 补贴决定书
PAYMENT_INSTRUCTION = "payment-instruction"  # 拨付单
STOP_NOTICE = "subsidy-stop-notice"  # 停发告知书
RECOVERY_NOTICE = "recovery-notice"  # 追回告知书

# Clocks of what somebody asked for: they run until it is answered, whatever becomes of the decision.
ASKED = ("review/", "objection/")
# Clocks that outlive the case: a decision can be appealed in its time, and what was asked is answered.
OUTLIVING = ("review/", *APPEALS)


def owe(case: SubsidyCase, kind: str, about: str, seen: Seen) -> SubsidyCase:
    paper = PaperState(numbered("paper", case.papers), kind, about, seen.on)
    return replace(case, papers=(*case.papers, paper))


def started(
    case: SubsidyCase, clock: str, seen: Seen, terms: str | None = None, *, on: date | None = None
) -> SubsidyCase:
    return begin(case, clock, seen.terms[terms or clock], seen, on=on)


def to_determination(case: SubsidyCase, seen: Seen, *, still_noticed: bool = False) -> SubsidyCase:
    """Back to the examination: no money leaves and nothing is owed back until it is decided anew.

    What was shown to the public is shown again, save where that is over and no more than that is in question.
    """
    if not (still_noticed and noticed(case)):
        case = replace(case, notice_id=None, noticed_on=None)
    for clock in case.clocks:
        if not clock.id.startswith((*ASKED, *APPEALS)):
            case = stop(case, clock.id, seen.at)
    case = demand_withdrawn(_unordered(case, seen), seen)
    return started(replace(case, stage=Stage.DETERMINATION), "decision", seen)


def anew(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The same, and the rules are asked again."""
    return replace(to_determination(case, seen), facts_seen=case.facts_seen + 1)


def revived(case: SubsidyCase) -> SubsidyCase:
    """A closed case as one that goes on, with every claim that was released; any other stays as it is."""
    if not case.closed:
        return case
    claims = tuple(
        replace(c, released_on=None, payment_id=None) if c.released_on else replace(c, uncounted_on=None)
        for c in case.claims
    )
    gone_on = replace(case, outcome=None, closed_at=None, look=None, claims=claims)
    return replace(gone_on, stopped_on=None, stopping=None)


def going_on(case: SubsidyCase) -> SubsidyCase:
    """A closed case as one in which only what was paid is put right: what had run and ended does not run again."""
    ended = case.stopped_on or (day_of(case.closed_at) if case.closed_at else None)
    return replace(case, outcome=None, closed_at=None, stopped_on=ended)


def recovered(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The months whose money came back whole were not had: they count towards no term, and may be claimed again.

    Which months those are the rules said. Where an officer departed from them, or some of it was written off before,
    only the sum is known, and they stay had.
    """
    standing = case.standing
    if standing is None or standing.departed_by or case.paid_fen > (case.granted_fen or 0):
        return case
    gone = seen.record.nothing_for(case)
    claims = tuple(replace(c, released_on=seen.on) if c.id in gone and c.payment_id else c for c in case.claims)
    return replace(case, claims=claims)


def claimed_again(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The months that were recovered are claimed again, save those that another case has by now."""
    back = {claim.id for claim in case.claims if claim.released_on and claim.payment_id}
    back -= {other.period for other in seen.record.claimed_elsewhere(case, back)}
    again = (replace(c, released_on=None, payment_id=None) if c.id in back else c for c in case.claims)
    return replace(case, claims=tuple(again))


def demand_withdrawn(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Nothing is asked back until it is demanded anew; a notice of it that is not made yet is owed no more."""
    papers = tuple(
        replace(paper, waived_on=seen.on) if paper.owed and paper.kind == RECOVERY_NOTICE else paper
        for paper in case.papers
    )
    return stop(replace(case, recovery=None, papers=papers), "repayment", seen.at)


def still_lost(case: SubsidyCase) -> SubsidyCase:
    """Written off is no more than what is still paid without right: what came back, or is due after all, is not lost.

    Else it would stand against another debt that comes later.
    """
    lost = min(case.written_off_fen, max(0, case.paid_fen - (case.granted_fen or 0)))
    return replace(case, written_off_fen=lost)


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
    return closed(case, _end(case), seen)


def _end(case: SubsidyCase) -> Outcome:
    """How a case ends whose money is settled."""
    if case.written_off_fen and case.paid_fen > (case.granted_fen or 0):
        return Outcome.WRITTEN_OFF
    return Outcome.STOPPED if case.stopping else Outcome.PAID


def closed(case: SubsidyCase, outcome: Outcome, seen: Seen) -> SubsidyCase:
    """Ended: what was not paid may be claimed again, and all of it where nothing stayed paid."""
    kept = {payment.id for payment in case.payments if payment.live} if case.paid_fen else set()
    claims = tuple(
        claim if claim.payment_id in kept else replace(claim, released_on=claim.released_on or seen.on)
        for claim in case.claims
    )
    case = replace(_unordered(case, seen), stage=Stage.CLOSED, outcome=outcome, closed_at=seen.at, claims=claims)
    for clock in case.clocks:
        if not clock.id.startswith(OUTLIVING):
            case = stop(case, clock.id, seen.at)
    return case


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
    """Closed, once it was delivered, the days to ask for a review are over and nobody looks at it any more."""
    clock, notice = find(case.clocks, "refusal-review"), refusal_notice(case)
    looked_at = (*(review.reversed_ for review in case.reviews), *([case.look.stands] if case.look else []))
    told = notice is not None and find(case.deliveries, notice.id) is not None
    if not told or (clock and clock.running) or any(answer is None for answer in looked_at):
        return case
    return closed(case, Outcome.WRITTEN_OFF if case.paid_fen else Outcome.REFUSED, seen)


def refusal_notice(case: SubsidyCase) -> PaperState | None:
    """The notice of the decision that refuses, where a refusal is being told."""
    standing = case.standing if case.stage is Stage.REFUSAL else None
    told = (p for p in reversed(case.papers) if standing and (p.kind, p.about) == (DECISION_NOTICE, standing.id))
    return next(told, None)


def _to_refusal(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Told already while money was asked back, the days to ask for a review run from that delivery."""
    case = replace(case, stage=Stage.REFUSAL)
    notice = refusal_notice(case)
    told = notice and find(case.deliveries, notice.id)
    return started(case, "refusal-review", seen, on=told.delivered_on) if told else case


def _to_recovery(case: SubsidyCase) -> SubsidyCase:
    return replace(case, stage=Stage.RECOVERY)


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
