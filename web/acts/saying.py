"""What was filled in, said in words."""

from datetime import date
from typing import Final

from cases.wording import Wording
from web.acts.at_hand import AtHand
from web.acts.fact_values import FactDay, FactLength, FactList, FactMonth
from web.acts.widgets import OTHER, Day, Minutes, Moment, Money, Suggested, Whole
from web.case.speech import Shown, Speech
from web.forms import Form
from web.shown import money

GOES_ON: Final = Wording("还在继续", "still going on")


def said(hand: AtHand, drawn: Shown, form: Form) -> str:  # noqa: PLR0911 - one for each kind of field
    """The answer to one field, as a reader would say it; empty where nothing was answered."""
    speech, widget, name = hand.opened.speech, drawn["widget"], str(drawn["name"])
    read = Form(form.values)
    match widget:
        case Day():
            day = widget.read(read, name, required=False)
            return speech.day(day) if day else ""
        case Moment():
            at = widget.read(read, name, required=False)
            return speech.at(at) if at else ""
        case FactDay():
            value = widget.read(read, name, required=False)
            return _fact_day(speech, value)
        case FactMonth():
            return widget.read(read, name, required=False) or ""
        case Money():
            fen = widget.read(read, name, required=False)
            return "" if fen is None else speech(f"{money(fen)} 元", f"{money(fen)} yuan")
        case Minutes():
            minutes = widget.read(read, name, required=False)
            return "" if minutes is None else _length(speech, minutes)
        case Whole(unit=unit) | FactLength(unit=unit):
            return f"{form.value(name)} {speech.w(unit)}".strip() if form.value(name) else ""
        case FactList():
            items = widget.read(read, name, required=False)
            listed = items if isinstance(items, list) else items["items"] if isinstance(items, dict) else []
            return speech(f"{len(listed)} 项", f"{len(listed)} entries") if isinstance(listed, list) else ""
        case Suggested() if form.value(name) == OTHER:
            return form.value(f"{name}-{OTHER}")
        case _:
            return _chosen(drawn, form.value(name))


def _chosen(drawn: Shown, value: str) -> str:
    options = drawn["options"]
    words = {option["value"]: str(option["words"]) for option in options} if isinstance(options, list) else {}
    return words.get(value, value)


def _fact_day(speech: Speech, value: str | None) -> str:
    if not value:
        return ""
    try:
        return speech.day(date.fromisoformat(value))
    except ValueError:
        return speech.w(GOES_ON)


def _length(speech: Speech, minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    zh, en = f"{hours} 小时", f"{hours} h"
    return speech(zh + (f" {rest} 分钟" if rest else ""), en + (f" {rest} min" if rest else ""))
