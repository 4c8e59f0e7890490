"""A worker's own case in plain words: what help there was, what is asked of them now, and whom to call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from cases.hardship.case import HardshipCase, ReferralState
from cases.hardship.proofs import ItemProof, prove
from cases.hardship.stages import Outcome, ReferralOutcome, Stage
from cases.papers import PaperKind
from cases.plans import ServicePlan
from cases.wording import Wording
from store import employers, organisation, vacancies
from store.staff import staff_member

STAGES = {
    Stage.DETERMINATION: Wording(
        "我们正在看您符合哪些帮扶条件，有结果会告诉您。",
        "We are looking at which help you are entitled to, and will tell you.",
    ),
    Stage.HELP: Wording("驿站正在帮您找工作。", "The station is helping you to find work."),
    Stage.POST: Wording(
        "市场上暂时没有找到合适的工作，驿站正在为您安排公益性岗位。",
        "The market had no work for you yet, so the station is finding you a public-welfare post.",
    ),
    Stage.FOLLOW_UP: Wording(
        "您已上岗，驿站会回访几次，看看工作是否稳定。",
        "You have work. The station will ask you now and then how it goes.",
    ),
    Stage.EXIT_NOTICE: Wording(
        "驿站告知您：帮扶可能结束。您可以申请复核。",
        "The station has told you that its help may end. You may ask for a review.",
    ),
    Stage.CLOSING: Wording("驿站正在办结您的帮扶。", "The station is closing your case."),
    Stage.CLOSED: Wording(
        "您的帮扶已经办结。需要时可以再来驿站。", "Your case is closed. Come back to the station whenever you need to."
    ),
}
OUTCOMES = {
    Outcome.DECLINED: Wording(
        "结果：不符合本地的困难零工条件。", "It ended so: the local conditions for this help were not met."
    ),
    Outcome.PLACED: Wording("结果：您找到了工作。", "It ended so: you found work."),
    Outcome.PUBLIC_POST: Wording("结果：您在公益性岗位工作。", "It ended so: you work in a public-welfare post."),
    Outcome.MARKET_FAILED: Wording(
        "结果：帮扶期满，暂未找到工作。", "It ended so: the term of help is over, and no work was found yet."
    ),
    Outcome.EXITED: Wording("结果：您退出了帮扶。", "It ended so: you left the help."),
    Outcome.HANDED_OVER: Wording("结果：已转给其他单位办理。", "It ended so: another body has taken the matter on."),
}
CAME_OF_IT = {
    ReferralOutcome.HIRED: Wording("录用", "you were hired"),
    ReferralOutcome.NOT_HIRED: Wording("没有录用", "you were not hired"),
    ReferralOutcome.DECLINED_WITH_CAUSE: Wording("您有理由没有去", "you had a good reason not to take it"),
    ReferralOutcome.DECLINED_WITHOUT_CAUSE: Wording("您没有去", "you did not take it"),
    ReferralOutcome.FILLED_ELSEWHERE: Wording("岗位已招满", "the post was filled"),
    ReferralOutcome.NO_CONTACT: Wording("没有联系上", "nobody was reached"),
}


@dataclass(frozen=True)
class Asked:
    """A referral the worker can say yes or no to; `answer` is what they said before."""

    id: str
    title: str
    employer: str
    made_on: date
    delivered_on: date | None
    outcome: Wording | None
    outcome_on: date | None
    answer: bool | None


@dataclass(frozen=True)
class Helped:
    """One kind of help of the plan, as a stop of the road."""

    title: Wording
    counted: int
    owed: int
    states: tuple[str, ...]
    note: Wording | None


@dataclass(frozen=True)
class OwnPaper:
    id: str
    title: Wording
    dated: date
    about: str  # the vacancy, of a letter of referral


@dataclass(frozen=True)
class OwnCase:
    case: HardshipCase
    said: Wording
    outcome: Wording | None
    asked: tuple[Asked, ...]  # those that wait for an answer, the oldest first
    answered: tuple[Asked, ...]
    help: tuple[Helped, ...]
    papers: tuple[OwnPaper, ...]
    caseworker: str | None
    station_name: str
    station_contact: str

    @property
    def may_ask_review(self) -> bool:
        told = self.case.exit
        return self.case.stage is Stage.EXIT_NOTICE and told is not None and told.review_asked_at is None


def own_case(connection: Connection, case: HardshipCase, plan: ServicePlan) -> OwnCase:
    referrals = tuple(_asked(connection, referral) for referral in case.referrals)
    station = organisation.station(connection, case.station_id)
    caseworker = staff_member(connection, case.caseworker) if case.caseworker else None
    return OwnCase(
        case=case,
        said=STAGES[case.stage],
        outcome=OUTCOMES[case.outcome] if case.outcome else None,
        asked=tuple(r for r in referrals if r.answer is None and r.delivered_on),
        answered=tuple(r for r in referrals if r.answer is not None),
        help=tuple(_helped(case, proof) for proof in prove(plan, case)),
        papers=tuple(_papers(case, {each.id: each.title for each in referrals})),
        caseworker=caseworker.name if caseworker else None,
        station_name=station.name if station else "",
        station_contact=station.contact if station else "",
    )


def _asked(connection: Connection, referral: ReferralState) -> Asked:
    offer = vacancies.vacancy(connection, referral.vacancy_id)
    employer = employers.employer(connection, offer.employer_id) if offer else None
    return Asked(
        id=referral.id,
        title=offer.title if offer else referral.vacancy_id,
        employer=(employer.name if employer else None) or "",
        made_on=referral.made_on,
        delivered_on=referral.delivered_on,
        outcome=CAME_OF_IT[referral.outcome] if referral.outcome else None,
        outcome_on=referral.outcome_on,
        answer=referral.confirmed,
    )


def _helped(case: HardshipCase, proof: ItemProof) -> Helped:
    owed, counted = proof.item.count, min(proof.counted, proof.item.count)
    under_way = min(len(proof.services) - proof.counted, owed - counted)
    states = ("counted",) * counted + ("under-way",) * under_way + ("not-begun",) * (owed - counted - under_way)
    due = next((clock for clock in case.clocks if clock.id == f"item/{proof.item.id}" and clock.running), None)
    return Helped(
        proof.item.title, counted, owed, states, _note(owed - counted, due is not None and due.due_at is not None)
    )


def _note(missing: int, promised: bool) -> Wording | None:
    if missing <= 0:
        return Wording("已完成", "done")
    if promised:
        return Wording(f"还差{missing}次，驿站会在期限内安排", f"{missing} more to come, in time")
    return Wording(f"还差{missing}次", f"{missing} more to come")


def _papers(case: HardshipCase, vacancies_of: Mapping[str, str]) -> Iterator[OwnPaper]:
    for paper in case.papers:
        if paper.sha256 is not None:
            yield OwnPaper(paper.id, PaperKind(paper.kind).wording, paper.dated, vacancies_of.get(paper.about, ""))
