"""The notices that a subsidy stops (停发告知书), and that too much was paid and is owed back (追回告知书)."""

from collections.abc import Iterator

from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.sentences import one_line
from activities.composing.subsidy_acts import (
    AN_OFFICER,
    acts_done,
    an_officers_reason,
    appeal,
    recipient,
    review_way,
    term_words,
    terms_of,
)
from activities.composing.subsidy_findings import basis, made_of, policy_behind, reasons_for
from activities.composing.subsidy_payments import payments_made
from activities.composing.subsidy_words import event_words, period_words
from activities.subsidy_record import subsidy_law_of
from cases.authorities import Authority
from cases.case_parts import DeterminationState, PaperState
from cases.papers import PaperKind
from cases.parties import Cited
from cases.parts import find
from cases.refusals import Refused, refusal
from cases.subsidy.case import StopState, SubsidyCase
from cases.subsidy.record import TermEnd
from cases.subsidy.recovering import DemandRecovery
from cases.subsidy.running import Stop
from cases.subsidy_papers import RecoveryNotice, StopNotice
from cases.wording import Wording
from rules.policies import ResolvedPolicy
from rules.schema import Row

STOP_AFTER = "stop_after"  # the table of how many months after an event nothing more is due
MONTHS_IN_A_YEAR = 12


def stop_notice(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> StopNotice:
    state = _standing(case)
    policy = policy_behind(ledger, case, state, made_of(ledger, case, state))
    stopped, month = find(case.stops, paper.about), f"{paper.dated:%Y-%m}"
    return StopNotice(
        number=paper_number(PaperKind.SUBSIDY_STOP_NOTICE, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        applicant=recipient(ledger, case),
        case_number=case.id,
        basis=basis(policy),
        reason=_reason(ledger, case, paper, policy, stopped),
        happened_in=period_words(stopped.month if stopped else month),
        stops_from=_stops_from(policy, stopped),
        paid=tuple(payments_made(case)),
        review=review_way(ledger, case),
        reconsideration=appeal(ledger, case, "reconsideration"),
        court=appeal(ledger, case, "court"),
    )


def recovery_notice(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> RecoveryNotice:
    """Raises Refused where the demand was taken back before its notice was made."""
    state = find(case.determinations, paper.about) or _standing(case)
    if case.recovery is None:
        raise Refused(
            (
                refusal(
                    "recovery-withdrawn",
                    "责令退回已撤销，不再出具告知书。",
                    "The demand was taken back, so that nobody is told of it.",
                ),
            )
        )
    made = made_of(ledger, case, state)
    policy = policy_behind(ledger, case, state, made)
    demanded = acts_done(ledger, case, DemandRecovery)[-1].act
    officers = [an_officers_reason(demanded.reason)] if isinstance(demanded, DemandRecovery) else []
    return RecoveryNotice(
        number=paper_number(PaperKind.RECOVERY_NOTICE, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        applicant=recipient(ledger, case),
        case_number=case.id,
        basis=basis(policy),
        paid=tuple(payments_made(case)),
        due_fen=case.granted_fen or 0,
        owed_fen=case.recovery.owed_fen,
        written_off_fen=case.written_off_fen,
        reasons=(*_events(case, policy), *_against(state, reasons_for(made, granted=False)), *officers),
        repay_within=term_words(terms_of(ledger, case)["repayment"]),
        review=review_way(ledger, case),
        reconsideration=appeal(ledger, case, "reconsideration"),
        court=appeal(ledger, case, "court"),
    )


def _reason(
    ledger: Ledger, case: SubsidyCase, paper: PaperState, policy: ResolvedPolicy, stopped: StopState | None
) -> Cited:
    if stopped:
        return _event(policy, stopped)
    if paper.about in set(TermEnd):
        end = TermEnd(paper.about)
        wording = Wording(event_words(end), end.label.en)
        return Cited(wording, subsidy_law_of(ledger.connection, ledger.policies, case).process.authority)
    acts = [done.act for done in acts_done(ledger, case, Stop)]
    said = next((one_line(act.reason) for act in reversed(acts) if isinstance(act, Stop)), paper.about)
    return Cited(Wording(said, said), AN_OFFICER)


def _events(case: SubsidyCase, policy: ResolvedPolicy) -> Iterator[Cited]:
    for stopped in case.stops_standing:
        found = _event(policy, stopped)
        wording = Wording(f"{period_words(stopped.month)}：{found.wording.zh}", f"{stopped.month}: {found.wording.en}")
        yield Cited(wording, found.authority)


def _against(state: DeterminationState, reasons: Iterator[Cited]) -> Iterator[Cited]:
    """Of a determination that refuses, all that is against it."""
    if not state.granted:
        yield from reasons


def _event(policy: ResolvedPolicy, stopped: StopState) -> Cited:
    row = _row(policy, stopped.event)
    authority: Authority = row.authority if row else next(iter(policy.rules.rules.values())).authority
    return Cited(Wording(event_words(stopped.event), stopped.event), authority)


def _stops_from(policy: ResolvedPolicy, stopped: StopState | None) -> str | None:
    row = _row(policy, stopped.event) if stopped else None
    if stopped is None or row is None or not isinstance(row.value, int):
        return None
    year, month = (int(part) for part in stopped.month.split("-"))
    later = year * MONTHS_IN_A_YEAR + month - 1 + row.value
    return period_words(f"{later // MONTHS_IN_A_YEAR}-{later % MONTHS_IN_A_YEAR + 1:02d}")


def _row(policy: ResolvedPolicy, event: str) -> Row | None:
    table = policy.rules.tables.get(STOP_AFTER)
    return next((row for row in table.rows if row.members == (event,)), None) if table else None


def _standing(case: SubsidyCase) -> DeterminationState:
    if case.standing is None:
        raise LookupError(case.policy)
    return case.standing
