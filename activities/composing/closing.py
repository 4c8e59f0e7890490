"""The notice that a case is closed (办结通知书): how it ended, what was done, why, and what remains open."""

from collections.abc import Iterator

from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.reasons import reasons
from activities.composing.review import review
from activities.composing.sentences import one_line
from activities.composing.services import GIVING, services_given
from activities.composing.written import Acts, acts_written
from cases.case_parts import PaperState
from cases.days import day_of
from cases.hardship.case import HardshipCase
from cases.hardship.determining import DepartFromDetermination
from cases.hardship.leaving import HandOver, ProposeExit
from cases.hardship.stages import Outcome
from cases.letters import ClosingNotice
from cases.papers import PaperKind

KIND = PaperKind.CLOSING_NOTICE
ALWAYS_OPEN = "您仍可随时到本站查看岗位信息、参加招聘活动、咨询政策，均不收费。"
NEXT = {
    Outcome.DECLINED: "情况变化或有新的证明材料的，可以重新申请认定。",
    Outcome.PLACED: "如失去工作，可以申请重启本案，已提供的服务记录继续有效。",
    Outcome.PUBLIC_POST: "在岗期间本站继续提供职业指导和岗位信息，帮助您转向市场就业。",
    Outcome.MARKET_FAILED: "有新的岗位或情况变化的，可以申请重启本案。",
    Outcome.EXITED: "情况变化后，可以重新申请认定。",
    Outcome.HANDED_OVER: "接收机构未与您联系的，请告知本站，由本站催办。",
}


def closing_notice(ledger: Ledger, case: HardshipCase, paper: PaperState) -> ClosingNotice:
    outcome = Outcome(paper.about)
    acts = acts_written(ledger, case, *GIVING, DepartFromDetermination, ProposeExit, HandOver)
    return ClosingNotice(
        number=paper_number(KIND, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        worker=ledger.person(case.worker_id),
        case_number=case.id,
        opened_on=day_of(case.opened_at),
        closed_on=paper.dated,
        outcome=outcome,
        reasons=reasons(ledger, case, outcome, paper.dated, acts),
        services=services_given(ledger, case, acts),
        next_steps=tuple(_next_steps(outcome, acts)),
        review=review(ledger, case, paper.dated),
    )


def _next_steps(outcome: Outcome, acts: Acts) -> Iterator[str]:
    if outcome is Outcome.HANDED_OVER:
        for handed in tuple(acts.of(HandOver))[-1:]:
            yield f"您的事项（{one_line(handed.matter)}）已移送{one_line(handed.body)}继续办理。"
    yield NEXT[outcome]
    yield ALWAYS_OPEN
