"""Delivery (送达): which decisions and notices reached the applicant, how and when; before that no day is counted."""

from cases.case_parts import PaperState
from cases.papers import PaperKind
from cases.parts import find
from cases.subsidy.case import DeliveryState
from cases.subsidy.delivering import APPEALABLE
from web.case.doing import buttons
from web.case.speech import Shown
from web.subsidies.opened import OpenSubsidy


def deliveries(opened: OpenSubsidy) -> list[Shown]:
    """Of each paper that can be appealed, the newest first."""
    return [_delivery(opened, paper) for paper in reversed(opened.case.papers) if paper.kind in APPEALABLE]


def _delivery(opened: OpenSubsidy, paper: PaperState) -> Shown:
    speech, delivery = opened.speech, find(opened.case.deliveries, paper.id)
    kind, day = speech.w(PaperKind(paper.kind).wording), speech.day(paper.dated)
    return {
        "title": speech(f"{kind}，{day}", f"{kind}, {day}"),
        "said": _delivered(opened, delivery) if delivery else _not_delivered(opened, paper),
        "acts": buttons(opened, ("record-delivery", paper.id)) if not delivery and not paper.owed else [],
    }


def _delivered(opened: OpenSubsidy, delivery: DeliveryState) -> str:
    speech, way = opened.speech, delivery.way.label
    day, sent = speech.day(delivery.delivered_on), speech.day(delivery.on)
    if delivery.on != delivery.delivered_on:
        return speech(f"{way.zh}：{sent}发布，{day}视为送达", f"{way.en}: published on {sent}, counts from {day}")
    return speech(f"{way.zh}，{day}", f"{way.en}, {day}")


def _not_delivered(opened: OpenSubsidy, paper: PaperState) -> str:
    if paper.owed:
        return opened.speech("正在出具，尚未送达", "it is being made, and is not delivered yet")
    return opened.speech(
        "尚未登记送达：申请复核、行政复议和诉讼的期限都没有起算",
        "its delivery is not recorded: no day to ask for a review, to appeal or to go to court is counted yet",
    )
