"""What follows once an act is saved: worked out by the act itself, on the case as it stands."""

from collections.abc import Iterator
from typing import Any

from cases.case import Case
from cases.commands import AnyAct
from cases.papers import PaperKind
from cases.parts import find
from cases.refusals import Refused
from web.acts.at_hand import AtHand
from web.case.speech import due_day


def after(hand: AtHand, act: AnyAct) -> Any:  # noqa: ANN401 - a case of the act's kind
    """The case as it would be; None while the act is not yet one that can be done."""
    try:
        return hand.performed(act)
    except (Refused, LookupError):
        return None


def consequences(hand: AtHand, act: AnyAct, then: Case) -> list[str]:
    """In sentences, what changes beyond what is filled in."""
    return [
        *_stage(hand, then),
        *_papers(hand, then),
        *_clocks(hand, then),
        *_told(hand, act, then),
        *hand.next(then),
    ]


def _stage(hand: AtHand, then: Case) -> Iterator[str]:
    if then.stage is not hand.case.stage:
        label = then.stage.label
        yield hand.opened.speech(f"个案进入“{label.zh}”", f"The case moves on to: {label.en}")
    if then.station_id != hand.case.station_id:
        yield hand.opened.speech("个案转入接收的驿站", "The case belongs to the receiving station")


def _papers(hand: AtHand, then: Case) -> Iterator[str]:
    for paper in then.papers:
        title = PaperKind(paper.kind).wording
        before = find(hand.case.papers, paper.id)
        if before is None:
            yield hand.opened.speech(f"出具{title.zh}", f"A paper is made: {title.en}")
        elif before.owed and paper.waived_on:
            yield hand.opened.speech(f"不再出具{title.zh}", f"Not made any more: {title.en}")


def _clocks(hand: AtHand, then: Case) -> Iterator[str]:
    speech, terms = hand.opened.speech, hand.opened.terms
    if then.paused and not hand.case.paused:
        yield speech("全部时限停表，恢复后接着算", "Every clock stops, and goes on when the case is resumed")
        return
    if hand.case.paused and not then.paused:
        yield speech("停表的时限继续计算", "The clocks that were stopped go on")
        return
    for clock in then.clocks:
        before, title = find(hand.case.clocks, clock.id), terms[clock.terms_id].title
        if clock.running and clock.due_at and (before is None or before.started_at != clock.started_at):
            due = speech.day(due_day(clock.due_at))
            yield speech(f"“{title.zh}”开始计时，{due}到期", f"A clock begins: {title.en}, due {due}")
        elif before and before.running and not clock.running:
            yield speech(f"“{title.zh}”的时限停表", f"A clock ends: {title.en}")


def _told(hand: AtHand, act: AnyAct, then: Case) -> Iterator[str]:
    for notice in hand.told(act, then):
        to, said = notice.to.label, notice.wording
        yield hand.opened.speech(f"通知{to.zh}：{said.zh}", f"The {to.en} is told: {said.en}")
