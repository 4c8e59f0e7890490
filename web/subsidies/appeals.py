"""Who looks again at a subsidy: a person asked for, a review here, bodies outside; each with what it came to."""

from cases.subsidy.case import ReviewState
from cases.subsidy.stages import Instance
from web.case.doing import buttons
from web.case.speech import Shown
from web.subsidies.opened import OpenSubsidy


def reviews(opened: OpenSubsidy) -> list[Shown]:
    return [_review(opened, each) for each in opened.case.reviews]


def looks(opened: OpenSubsidy) -> Shown | None:
    """A person that was asked for (人工复核)."""
    look, speech = opened.case.look, opened.speech
    if look is None:
        return None
    said = [speech(f"{speech.at(look.asked_at)}提出。", f"Asked for on {speech.at(look.asked_at)}.")]
    if look.stands is not None:
        who = opened.actor(look.by) if look.by else ""
        day = speech.day(look.looked_on) if look.looked_on else ""
        found = (
            speech("不予补贴成立", "the refusal stands")
            if look.stands
            else speech("不成立，重新审核", "it does not stand, and is determined anew")
        )
        said.append(speech(f"{who}于 {day} 看过：{found}。", f"{who} looked at it on {day}: {found}."))
    else:
        said.append(
            speech(
                "等审批人亲自看过；在此之前不能采纳不予补贴。",
                "An officer looks first; until then no refusal is adopted.",
            )
        )
    return {"said": said, "acts": buttons(opened, ("answer-person", None)) if look.stands is None else []}


def _review(opened: OpenSubsidy, review: ReviewState) -> Shown:
    speech, instance = opened.speech, review.instance.label
    asked = speech.day(review.asked_on)
    if review.reversed_ is None:
        acts = "decide-review" if review.instance is Instance.REVIEW else "settle-appeal"
        state = speech("还没有结果", "no result yet")
        return {
            "title": speech.w(instance),
            "said": speech(f"{asked}提出，{state}", f"asked for on {asked}, {state}"),
            "open": True,
            "acts": buttons(opened, (acts, review.id)),
        }
    found = (
        speech("原决定不成立", "the decision was found wrong")
        if review.reversed_
        else speech("维持原决定", "the decision stands")
    )
    day = speech.day(review.decided_on) if review.decided_on else ""
    return {
        "title": speech.w(instance),
        "said": speech(f"{asked}提出，{day}：{found}", f"asked for on {asked}; {day}: {found}"),
        "open": False,
        "acts": [],
    }
