"""What the papers of a subsidy case say."""

from collections.abc import Callable, Mapping
from typing import Final

from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.subsidy_acts import accepted, appeal, decided, recipient, review_way, terms_of
from activities.composing.subsidy_findings import (
    basis,
    lacking,
    made_of,
    policy_behind,
    reasons_for,
    reckoning,
    rules_found,
    unverified_values,
)
from activities.composing.subsidy_payments import claimed_by, payment_instruction
from activities.composing.subsidy_stopping import recovery_notice, stop_notice
from activities.subsidy_record import subsidy_law_of
from cases.case_parts import DeterminationState, PaperState
from cases.clocks import Counts
from cases.days import day_of
from cases.papers import Paper, PaperKind
from cases.parts import find
from cases.subsidy.case import SubsidyCase
from cases.subsidy_papers import DecisionNotice, DeterminationNotice, PublicNotice


def subsidy_paper(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> Paper:
    """Raises Refused where the record cannot say it; the same record always says the same."""
    return COMPOSERS[PaperKind(paper.kind)](ledger, case, paper)


def determination_notice(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> DeterminationNotice:
    state = _determination(case, paper)
    made = made_of(ledger, case, state)
    policy = policy_behind(ledger, case, state, made)
    return DeterminationNotice(
        number=paper_number(PaperKind.SUBSIDY_DETERMINATION_NOTICE, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        applicant=recipient(ledger, case),
        case_number=case.id,
        applied_on=case.applied_on,
        basis=basis(policy),
        determined_on=day_of(state.made_at),
        conclusion=made.conclusion,
        rules=tuple(rules_found(policy, made)),
        lacking=tuple(lacking(made)),
        amount_fen=made.amount_fen,
        reckoning=tuple(reckoning(policy, made)),
        unverified=tuple(unverified_values(policy)),
    )


def decision_notice(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> DecisionNotice:
    state = _determination(case, paper)
    made, decision = made_of(ledger, case, state), decided(ledger, case, state)
    policy, granted = policy_behind(ledger, case, state, made), bool(state.granted)
    departs = decision.why is not None
    return DecisionNotice(
        number=paper_number(PaperKind.SUBSIDY_DECISION_NOTICE, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        applicant=recipient(ledger, case),
        case_number=case.id,
        applied_on=case.applied_on,
        basis=basis(policy),
        granted=granted,
        amount_fen=(decision.amount_fen if departs else state.amount_fen) if granted else None,
        periods=claimed_by(case, paper.dated),
        reasons=tuple(reasons_for(made, granted=granted)),
        departure=decision.why,
        decided_by=ledger.staff(decision.by, case.station_id).name,
        second_officer=ledger.staff(decision.second, case.station_id).name if decision.second else None,
        notice=_public_notice(ledger, case) if granted else None,
        unverified=tuple(accepted(ledger, case, policy, paper.dated)),
        review=review_way(ledger, case),
        reconsideration=appeal(ledger, case, "reconsideration"),
        court=appeal(ledger, case, "court"),
    )


def _public_notice(ledger: Ledger, case: SubsidyCase) -> PublicNotice | None:
    if not subsidy_law_of(ledger.connection, ledger.policies, case).process.notice:
        return None
    terms = terms_of(ledger, case)["public-notice"]
    return PublicNotice(terms.length, terms.counts is Counts.WORKING, terms.authority)


def _determination(case: SubsidyCase, paper: PaperState) -> DeterminationState:
    state = find(case.determinations, paper.about)
    if state is None:
        raise LookupError(paper.about)
    return state


COMPOSERS: Final[Mapping[PaperKind, Callable[[Ledger, SubsidyCase, PaperState], Paper]]] = {
    PaperKind.SUBSIDY_DETERMINATION_NOTICE: determination_notice,
    PaperKind.SUBSIDY_DECISION_NOTICE: decision_notice,
    PaperKind.PAYMENT_INSTRUCTION: payment_instruction,
    PaperKind.SUBSIDY_STOP_NOTICE: stop_notice,
    PaperKind.RECOVERY_NOTICE: recovery_notice,
}
