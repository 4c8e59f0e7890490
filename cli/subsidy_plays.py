"""The branches of a subsidy case, each played from the application to its end by invented people."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import uuid4

from cases.days import add_months
from cases.facts import SourceKind
from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, SettleAppeal
from cases.subsidy.claiming import ClaimPeriods
from cases.subsidy.delivering import RecordDelivery
from cases.subsidy.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    RecordFact,
)
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.subsidy.moves import DECISION_NOTICE, RECOVERY_NOTICE
from cases.subsidy.noticing import RaiseObjection, SettleObjection
from cases.subsidy.paying import AcceptUnverified, OrderPayment, Recheck, SettlePayment
from cases.subsidy.recovering import DemandRecovery, RecordRepayment
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import Finish, RecordStopEvent, Stop
from cases.subsidy.stages import DeliveryWay, Instance, Stage
from cases.subsidy.striking import StrikeStopEvent
from cases.wording import Wording
from cli.people import a_person
from cli.stagehand import SubsidyHand, SubsidyPlay

CASEWORKER, OFFICER, SECOND_OFFICER = "caseworker-1", "officer-1", "officer-2"
FLEXIBLE: Final = "flexible-insurance"
A_MONTH: Final = (80_000 + 40_000) * 2 // 3  # fen, of what is paid for one month
NOT_VERIFIED: Final = ("joint_term", "not_twice", "stop_after")  # of the example district


async def paid(play: SubsidyHand) -> None:
    """Granted, shown to the public with an objection that is not upheld, paid after one return by the bank."""
    await applied(play, months=2)
    await granted(play)
    await play.publishes(OFFICER)
    await play.does(RaiseObjection("听说已有单位"), CASEWORKER)
    await play.does(SettleObjection("objection-1", upheld=False, reason="查无参保记录"), OFFICER)
    await play.skip_past("public-notice")
    await accepted(play)
    payment = await ordered(play)
    await play.does(SettlePayment(payment, paid=False, settled_on=play.today, code="R03"), SECOND_OFFICER)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


async def refused(play: SubsidyHand) -> None:
    """The rules refuse; a person asked for finds the same; the days to ask for a review run out."""
    await applied(play, months=2, flexible_work=False)
    await play.does(AskPerson("请审批人看一下"), CASEWORKER)
    await play.does(AnswerPerson(stands=True, finding="确未办理灵活就业登记"), OFFICER)
    await granted(play)
    await delivered(play, DECISION_NOTICE)
    await play.skip_past("refusal-review")


async def appealed(play: SubsidyHand) -> None:
    """Refused, told and closed; the applicant goes to court in time, and the court upholds the refusal."""
    await applied(play, months=2, flexible_work=False)
    await granted(play)
    await delivered(play, DECISION_NOTICE)
    await play.skip_past("refusal-review")
    today = play.case.applied_on  # a closed case goes on in a run of its own, whose clock is the wall's
    await play.does(RecordAppeal(Instance.COURT, today, "示例区人民法院"), CASEWORKER)
    settled = SettleAppeal("review-1", reversed_=False, reason="驳回诉讼请求", decided_on=today)
    await play.does(settled, OFFICER)


async def expired(play: SubsidyHand) -> None:
    """Something is missing, and is never supplied."""
    await applied(play, months=2, flexible_kind=None)
    await play.skip_past("supply-information")


async def departed(play: SubsidyHand) -> None:
    """An officer departs from a refusal, a second one agrees, and what they granted is paid."""
    await applied(play, months=2, flexible_work=False)
    found = standing(play)
    await play.does(DepartFromDetermination(found, granted=True, reason="登记遗漏", amount_fen=A_MONTH), OFFICER)
    await play.does(ConfirmDeparture(found), SECOND_OFFICER)
    await shown(play)
    await accepted(play)
    await settled(play, by=OFFICER)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


async def reversed_on_review(play: SubsidyHand) -> None:
    """Refused; on review another officer finds it wrong, the record is put right, and it is granted and paid."""
    await applied(play, months=2, flexible_work=False)
    await granted(play)
    await play.does(AskReview("已办理登记，有回执"), CASEWORKER)
    await play.does(DecideReview("review-1", reversed_=True, reason="回执属实"), SECOND_OFFICER)
    await play.does(fact(play, "flexible_work", value=True), CASEWORKER)
    await granted(play)
    await shown(play)
    await accepted(play)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


async def stopped(play: SubsidyHand) -> None:
    """An employer's insurance begins after the months that were paid: the subsidy ends, nothing is owed back."""
    await running(play)
    await play.skip(62)
    await play.does(RecordStopEvent("employer_insured", f"{play.today:%Y-%m}", "社保系统"), CASEWORKER)
    await play.does(Stop("单位已参保"), OFFICER)


async def recovered(play: SubsidyHand) -> None:
    """An employer's insurance had begun in a month that was paid: it is decided anew, stopped and repaid."""
    await asked_back(play, stopped=True)
    await play.does(RecordRepayment(play.case.overpaid_fen, play.today, "R-0001"), CASEWORKER)


async def asked_back(play: SubsidyHand, *, stopped: bool = False) -> None:
    await running(play)
    last = max(claim.id for claim in play.case.claims)
    await play.does(RecordStopEvent("employer_insured", last, "社保系统"), CASEWORKER)
    await granted(play)
    if stopped:
        await play.does(Stop("单位已参保"), OFFICER)
    await play.does(DemandRecovery("多发一个月"), OFFICER)
    await delivered(play, RECOVERY_NOTICE)


async def returned_late(play: SubsidyHand) -> None:
    """Days after it was paid the bank returns it: it is ordered anew, by another officer, and paid."""
    await running(play)
    await play.skip(3)
    late = ReturnPayment(play.case.payments[-1].id, play.today, "R09", "退汇通知7号")
    await play.does(late, OFFICER)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


async def struck(play: SubsidyHand) -> None:
    """Money came back because of an event recorded by mistake: struck out, it is paid out again, and runs on."""
    await asked_back(play)
    await play.does(RecordRepayment(play.case.overpaid_fen // 2, play.today, "R-0001"), CASEWORKER)
    await play.does(StrikeStopEvent("stop-1", "登记错了人"), SECOND_OFFICER)
    await granted(play)
    await shown(play)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


async def month_by_month(play: SubsidyHand) -> None:
    """Checked on the first of every month; more months are claimed, shown and paid; then it is finished."""
    await running(play)
    await play.skip(62)
    months = [claim.id for claim in play.case.claims]
    more = [each for each in months_before(play.today, 2) if each not in months]
    payments = [own_payment(month) for month in (*months, *more)]
    await play.does(fact(play, "own_payments", value=payments), CASEWORKER)
    await decided_anew(play)
    await play.does(ClaimPeriods(tuple(more)), CASEWORKER)
    await granted(play)
    await shown(play)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)


SUBSIDY_PLAYS: Final[Mapping[str, tuple[Wording, SubsidyPlay]]] = {
    "subsidy-paid": (Wording("补贴：准予、公示、拨付", "Subsidy: granted, shown, paid"), paid),
    "subsidy-refused": (Wording("补贴：不予发放", "Subsidy: refused"), refused),
    "subsidy-expired": (Wording("补贴：逾期未补正", "Subsidy: never supplied"), expired),
    "subsidy-departed": (Wording("补贴：偏离认定", "Subsidy: departed from"), departed),
    "subsidy-reversed": (Wording("补贴：复核改变决定", "Subsidy: reversed on review"), reversed_on_review),
    "subsidy-stopped": (Wording("补贴：停发", "Subsidy: stopped"), stopped),
    "subsidy-recovered": (Wording("补贴：追回", "Subsidy: recovered"), recovered),
    "subsidy-returned": (Wording("补贴：到账后退汇", "Subsidy: returned late"), returned_late),
    "subsidy-struck": (Wording("补贴：误登停发情形", "Subsidy: stopped by mistake"), struck),
    "subsidy-appealed": (Wording("补贴：办结后诉讼", "Subsidy: taken to court"), appealed),
    "subsidy-running": (Wording("补贴：按月享受", "Subsidy: month by month"), month_by_month),
}


def months_before(today: date, count: int) -> list[str]:
    """The last months that are over, the earliest first."""
    first = today.replace(day=1)
    return [f"{add_months(first, -back):%Y-%m}" for back in range(count, 0, -1)]


def own_payment(month: str) -> dict[str, Any]:
    return {"month": month, "pension": 80_000, "medical": 40_000, "by_self": True}


async def applied(
    play: SubsidyHand, *, months: int, back: int = 0, worker: str | None = None, **changes: object
) -> None:
    """A ride-hail driver of a household on the minimum living allowance applies; a fact that is None is not told.

    `back`: how many later months another case of the same worker has.
    """
    worker = worker or play.enters(a_person(in_work=True), CASEWORKER)
    known = months_before(play.today, months + back)
    claimed = known[:months]
    facts: dict[str, object] = {
        "flexible_work": True,
        "flexible_kind": "ride_hail",
        "minimum_living": True,
        "local_hukou": True,
        "zero_employment_family": False,
        "retirement_month": "2045-01",
        "stop_events": [],
        "past_grants": [],
        "own_payments": [own_payment(month) for month in known],
        **changes,
    }
    fields = {
        "key": uuid4().hex,
        "station": "station-1",
        "policy": FLEXIBLE,
        "applicant": {"worker": worker},
        "periods": claimed,
        "said_true": True,
        "facts": [told(play, name, value) for name, value in facts.items() if value is not None],
    }
    await play.applies(fields, CASEWORKER)


def told(play: SubsidyHand, name: str, value: object) -> dict[str, object]:
    said = {"name": name, "value": value, "established_on": play.today.isoformat(), "detail": "联网核验"}
    if name == "retirement_month":
        return {**said, "source": "recognition", "body": "示例区社会保险中心", "paper": "示例退〔2026〕1号"}
    return {**said, "source": "record"}


def fact(play: SubsidyHand, name: str, *, value: object) -> RecordFact:
    return RecordFact(name, value, SourceKind.RECORD, play.today, "联网核验")


def standing(play: SubsidyHand) -> str:
    found = play.case.standing
    return found.id if found else ""


async def granted(play: SubsidyHand) -> None:
    """An officer adopts what the rules concluded."""
    await play.does(AdoptDetermination(standing(play)), OFFICER)


async def decided_anew(play: SubsidyHand) -> None:
    """Where facts changed what was decided."""
    found = play.case.standing
    if found and found.granted is None:
        await granted(play)


async def delivered(play: SubsidyHand, kind: str) -> None:
    """The latest paper of a kind is handed over."""
    paper = next(paper.id for paper in reversed(play.case.papers) if paper.kind == kind)
    await play.does(RecordDelivery(paper, DeliveryWay.IN_PERSON, play.today), CASEWORKER)


async def shown(play: SubsidyHand) -> None:
    await play.publishes(OFFICER)
    await play.skip_past("public-notice")


async def accepted(play: SubsidyHand) -> None:
    for value in NOT_VERIFIED:
        await play.does(AcceptUnverified(value, "示例区办法已公布"), OFFICER)


async def ordered(play: SubsidyHand, by: str = SECOND_OFFICER) -> str:
    """Checked again on the day, ordered by another officer, and sent."""
    await play.does(Recheck(), CASEWORKER)
    await play.does(OrderPayment(), by)
    return await play.sends(by)


async def settled(play: SubsidyHand, by: str = SECOND_OFFICER) -> None:
    payment = await ordered(play, by)
    await play.does(SettlePayment(payment, paid=True, settled_on=play.today), by)


async def running(play: SubsidyHand) -> None:
    await applied(play, months=2)
    await granted(play)
    await shown(play)
    await accepted(play)
    await settled(play)
    if play.case.stage is not Stage.RUNNING:
        raise LookupError(play.case.stage)
