"""The notice that help is to end (退出告知书): why, on which facts, and how to object before it does."""

from collections.abc import Iterator

from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.review import review
from activities.composing.sentences import day_in_words, one_line
from activities.composing.written import Acts, acts_written, ordinal
from activities.pinning import law_of
from cases.case_parts import PaperState
from cases.hardship.case import DIFFICULTY, HardshipCase
from cases.hardship.leaving import ProposeExit
from cases.hardship.referring import RecordReferralOutcome
from cases.hardship.stages import ExitReason, ReferralOutcome
from cases.letters import ExitNotice
from cases.papers import PaperKind
from cases.parties import Cited
from store import vacancies

KIND = PaperKind.EXIT_NOTICE
STILL_OPEN = (
    "本站的岗位信息、招聘活动和政策咨询仍向您开放，均不收费。",
    "情况变化后，您可以重新申请认定。",
)


def exit_notice(ledger: Ledger, case: HardshipCase, paper: PaperState) -> ExitNotice:
    acts = acts_written(ledger, case, ProposeExit, RecordReferralOutcome)
    proposed = acts.nth(ProposeExit, _which(case, paper))
    listed = law_of(ledger.connection, ledger.policies, case).exits[proposed.reason]
    path = review(ledger, case, paper.dated)
    return ExitNotice(
        number=paper_number(KIND, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        worker=ledger.person(case.worker_id),
        case_number=case.id,
        reason=Cited(listed.title, listed.authority),
        exits_on=path.until,
        findings=tuple(_findings(ledger, case, acts, proposed)),
        still_owed=tuple(_still_owed(case)),
        return_from=None,
        review=path,
    )


def _which(case: HardshipCase, paper: PaperState) -> int:
    """An exit may be proposed again after one that was not upheld."""
    return [each.id for each in case.papers if each.kind == KIND].index(paper.id) + 1


def _findings(ledger: Ledger, case: HardshipCase, acts: Acts, proposed: ProposeExit) -> Iterator[str]:
    if proposed.reason is ExitReason.REFUSED_SERVICE:
        for outcome in acts.of(RecordReferralOutcome):
            if outcome.outcome is ReferralOutcome.DECLINED_WITHOUT_CAUSE:
                yield _refusal(ledger, case, outcome)
    yield f"{day_in_words(acts.by(proposed).on)}经办人记录：{one_line(proposed.explanation)}"


def _refusal(ledger: Ledger, case: HardshipCase, outcome: RecordReferralOutcome) -> str:
    referral = case.referrals[ordinal(outcome.referral) - 1]
    offered = vacancies.vacancy(ledger.connection, referral.vacancy_id)
    title = offered.title if offered else referral.vacancy_id
    stated = f"，说明：{one_line(outcome.reason)}" if outcome.reason.strip() else ""
    return f"{day_in_words(outcome.known_on)}，没有接受推荐的“{title}”岗位{stated}"


def _still_owed(case: HardshipCase) -> Iterator[str]:
    yield from STILL_OPEN
    if case.granted(DIFFICULTY):
        yield "您的就业困难人员认定另有规定，退出本项帮扶不当然取消该认定。"
