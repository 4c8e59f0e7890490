"""What comes next in a subsidy case, for whom, and why (下一步)."""

from collections.abc import Iterator

from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.money import in_figures
from cases.next_steps import NextStep
from cases.roles import Role
from cases.subsidy.case import PaymentState, SubsidyCase
from cases.subsidy.delivering import to_deliver
from cases.subsidy.stages import Instance, PaymentStatus, Stage
from cases.wording import Wording


def next_steps(case: SubsidyCase) -> Iterator[NextStep]:
    """The most pressing first; none where time, the rules or the bank have the word."""
    if case.closed:
        yield from _reviews(case)
        return
    yield from _asked(case)
    match case.stage:
        case Stage.DETERMINATION:
            yield from _determination(case)
        case Stage.NOTICE if case.noticed_on is None:
            why = Wording("已准予补贴，待列入公示名单", "Granted: it is to be put on a public-notice list")
            yield NextStep("publish-notice", Role.OFFICER, why)
        case Stage.PAYMENT:
            yield from _payment(case)
        case Stage.RECOVERY:
            yield from _recovery(case)
        case Stage.REFUSAL:
            yield from _delivery(case)
        case _:
            pass


def _asked(case: SubsidyCase) -> Iterator[NextStep]:
    """What somebody asked for and waits for."""
    if case.look and case.look.stands is None and case.stage in (Stage.DETERMINATION, Stage.REFUSAL):
        yield NextStep("answer-person", Role.OFFICER, Wording("申请人要求人工复核", "A person was asked for"))
    for objection in case.objections:
        if objection.upheld is None:
            why = Wording(f"公示异议{objection.id}待处理", f"The objection {objection.id} waits to be settled")
            yield NextStep("settle-objection", Role.OFFICER, why, objection.id)
    yield from _reviews(case)


def _reviews(case: SubsidyCase) -> Iterator[NextStep]:
    """They wait for an answer whatever became of the case."""
    for review in case.reviews:
        if review.reversed_ is not None:
            continue
        if review.instance is Instance.REVIEW:
            why = Wording(f"{review.id}待复核决定", f"The review {review.id} waits for a decision")
            yield NextStep("decide-review", Role.OFFICER, why, review.id)
        else:
            label = review.instance.label
            why = Wording(
                f"{label.zh}（{review.id}）待登记结果", f"What the {label.en} {review.id} comes to is to be recorded"
            )
            yield NextStep("settle-appeal", Role.OFFICER, why, review.id)


def _determination(case: SubsidyCase) -> Iterator[NextStep]:
    found = case.standing
    up_to_date = dict(case.determined_at_facts).get(case.policy) == case.facts_seen
    if found is None or found.granted is not None or not (up_to_date or found.departing is not None):
        return  # the rules have the word
    yield _decision(case, found)


def _decision(case: SubsidyCase, found: DeterminationState) -> NextStep:
    about = found.id
    if found.departing is not None:
        why = Wording("偏离决定待第二人复核", "A departure waits for a second person")
        return NextStep("confirm-departure", Role.OFFICER, why, about)
    if found.conclusion is Conclusion.NEEDS_INFORMATION:
        why = Wording("须补充事实", "Facts are missing")
        return NextStep("record-fact", Role.CASEWORKER, why, about)
    against = case.look is not None and case.look.stands is False
    adoptable = found.amount_fen if found.conclusion is Conclusion.GRANTED else not against
    if found.conclusion.adoptable and adoptable:
        label = found.conclusion.label
        why = Wording(f"审核结论“{label.zh}”待决定", f"The finding “{label.en}” waits for a decision")
        return NextStep("adopt-determination", Role.OFFICER, why, about)
    why = Wording("须由审批人判断", "It is for an officer to judge")
    return NextStep("depart-from-determination", Role.OFFICER, why, about)


def _payment(case: SubsidyCase) -> Iterator[NextStep]:
    under_way = next((payment for payment in case.payments if payment.under_way), None)
    if under_way:
        yield _of_payment(under_way)
    elif case.due_fen > 0:
        due = in_figures(case.due_fen)
        why = Wording(f"待开具{due}元的拨付单", f"{due} yuan wait for a payment instruction")
        yield NextStep("order-payment", Role.OFFICER, why)


def _of_payment(payment: PaymentState) -> NextStep:
    if payment.status is PaymentStatus.ORDERED:
        why = Wording(f"{payment.id}待随银行文件发出", f"{payment.id} waits for a bank file")
        return NextStep("send-payment", Role.OFFICER, why, payment.id)
    why = Wording(f"待登记{payment.id}的银行结果", f"What the bank said of {payment.id} is to be recorded")
    return NextStep("settle-payment", Role.OFFICER, why, payment.id)


def _recovery(case: SubsidyCase) -> Iterator[NextStep]:
    under_way = next((payment for payment in case.payments if payment.under_way), None)
    owed = in_figures(case.overpaid_fen)
    if under_way:
        yield _of_payment(under_way)
    elif case.recovery is None:
        why = Wording(f"多发{owed}元，待责令退回", f"{owed} yuan too much were paid: their repayment is to be demanded")
        yield NextStep("demand-recovery", Role.OFFICER, why)
    elif to_deliver(case):
        yield from _delivery(case)
    else:
        why = Wording(f"尚有{owed}元待退回", f"{owed} yuan are still to be repaid")
        yield NextStep("record-repayment", Role.CASEWORKER, why)


def _delivery(case: SubsidyCase) -> Iterator[NextStep]:
    """Until it is recorded no day is counted: neither to ask for a review, nor to repay."""
    paper = to_deliver(case)
    if paper:
        why = Wording("文书已出具，待登记送达", "The paper is made: its delivery is to be recorded")
        yield NextStep("record-delivery", Role.CASEWORKER, why, paper.id)
