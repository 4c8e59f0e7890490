"""The payment instruction (拨付单): to whom, how much, on what it rests, and who answers for it."""

from collections.abc import Iterator
from datetime import date

from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.sentences import one_line
from activities.composing.subsidy_acts import accepted, decided, hired
from activities.composing.subsidy_findings import basis, made_of, policy_behind
from activities.composing.subsidy_words import period_words
from cases.bank_files import reference_of
from cases.case_parts import PaperState
from cases.days import day_of
from cases.papers import PaperKind
from cases.parts import find
from cases.refusals import Refused, refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Applicant
from cases.subsidy_papers import Account, Paid, PaymentInstruction
from store.payees import account_of

KIND = PaperKind.PAYMENT_INSTRUCTION


def payment_instruction(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> PaymentInstruction:
    payment = find(case.payments, paper.about)
    state = find(case.determinations, payment.determination) if payment else None
    if payment is None or state is None:
        raise LookupError(paper.about)
    made, decision = made_of(ledger, case, state), decided(ledger, case, state)
    policy = policy_behind(ledger, case, state, made)
    name, number = _payee(ledger, case)
    return PaymentInstruction(
        number=paper_number(KIND, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        name=name,
        identity_number=number,
        account=_account(ledger, case),
        reference=reference_of(case.id, payment.id),
        amount_fen=payment.amount_fen,
        periods=tuple(period_words(claim.id) for claim in case.claims if claim.payment_id == payment.id),
        case_number=case.id,
        basis=basis(policy),
        determination=state.id,
        granted_by=ledger.staff(decision.by, case.station_id).name,
        granted_on=decision.on,
        second_officer=ledger.staff(decision.second, case.station_id).name if decision.second else None,
        ordered_by=ledger.staff(payment.ordered_by, case.station_id).name,
        rechecked_on=day_of(state.made_at),
        unverified=tuple(accepted(ledger, case, policy, paper.dated)),
        hired=hired(ledger, case, masked=True),
    )


def claimed_by(case: SubsidyCase, on: date) -> tuple[str, ...]:
    """The periods that were claimed on a day, in words."""
    return tuple(
        period_words(claim.id)
        for claim in case.claims
        if claim.claimed_on <= on and (claim.released_on is None or claim.released_on >= on)
    )


def payments_made(case: SubsidyCase) -> Iterator[Paid]:
    """What is on its way or has arrived."""
    for payment in case.payments:
        if payment.live:
            periods = tuple(period_words(claim.id) for claim in case.claims if claim.payment_id == payment.id)
            yield Paid(reference_of(case.id, payment.id), payment.amount_fen, periods, payment.settled_on)


def _payee(ledger: Ledger, case: SubsidyCase) -> tuple[str, str]:
    if case.applicant is Applicant.WORKER:
        worker = ledger.worker(case.applicant_id)
        return worker.name, worker.identity
    code = ledger.employer(case.applicant_id).uscc
    if code is None:
        raise Refused(
            (
                refusal(
                    "no-code",
                    "名录中没有收款单位的统一社会信用代码，请先补录。",
                    "The register has no code of the employer that is paid: enter it first.",
                ),
            )
        )
    return ledger.employer_name(case.applicant_id), code


def _account(ledger: Ledger, case: SubsidyCase) -> Account | None:
    """None where nobody stated one: it is never made up."""
    found = account_of(ledger.connection, ledger.keyring, case.applicant_id)
    return Account(found.holder, one_line(found.bank), found.number) if found else None
