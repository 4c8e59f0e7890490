"""What follows once an act is saved: worked out by the act itself, on the case as it stands."""

from collections.abc import Iterator

from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.next_step import next_steps
from cases.hardship.progress import perform, policies_due
from cases.hardship.proofs import prove
from cases.hardship.queue_words import what_next
from cases.hardship.roads import road
from cases.hardship.telling import notices
from cases.papers import PaperKind
from cases.parts import find
from cases.refusals import Refused
from web.acts.at_hand import AtHand
from web.case.speech import due_day


def after(hand: AtHand, act: Act) -> HardshipCase | None:
    """The case as it would be; None while the act is not yet one that can be done."""
    try:
        return perform(act, hand.case, hand.seen(act))
    except (Refused, LookupError):
        return None


def would_be(hand: AtHand, act: Act) -> HardshipCase | None:
    """The case as the act would leave it, were nothing in its way: to show what counts while a day is still wrong."""
    try:
        return act.apply(hand.case, hand.seen(act))
    except (Refused, LookupError):
        return None


def consequences(hand: AtHand, act: Act, then: HardshipCase) -> list[str]:
    """In sentences, what changes beyond what is filled in."""
    return [
        *_stage(hand, then),
        *_papers(hand, then),
        *_clocks(hand, then),
        *_told(hand, act, then),
        *_next(hand, then),
    ]


def _stage(hand: AtHand, then: HardshipCase) -> Iterator[str]:
    if then.stage is not hand.case.stage:
        label = then.stage.label
        yield hand.opened.speech(f"个案进入“{label.zh}”", f"The case moves on to: {label.en}")
    if then.station_id != hand.case.station_id:
        yield hand.opened.speech("个案转入接收的驿站", "The case belongs to the receiving station")


def _papers(hand: AtHand, then: HardshipCase) -> Iterator[str]:
    for paper in then.papers:
        title = PaperKind(paper.kind).wording
        before = find(hand.case.papers, paper.id)
        if before is None:
            yield hand.opened.speech(f"出具{title.zh}", f"A paper is made: {title.en}")
        elif before.owed and paper.waived_on:
            yield hand.opened.speech(f"不再出具{title.zh}", f"Not made any more: {title.en}")


def _clocks(hand: AtHand, then: HardshipCase) -> Iterator[str]:
    speech, terms = hand.opened.speech, hand.opened.law.terms
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


def _told(hand: AtHand, act: Act, then: HardshipCase) -> Iterator[str]:
    for notice in notices(act, hand.case, then):
        to, said = notice.to.label, notice.wording
        yield hand.opened.speech(f"通知{to.zh}：{said.zh}", f"The {to.en} is told: {said.en}")


def _next(hand: AtHand, then: HardshipCase) -> Iterator[str]:
    speech = hand.opened.speech
    if any(policies_due(then)):
        yield speech("规则随即重新认定", "The rules determine anew at once")
    steps = list(next_steps(then, hand.opened.law.plan))
    step = next((each for each in steps if each.by in hand.opened.mine), next(iter(steps), None))
    if step:
        title = what_next(step.act, step.about, None, road(prove(hand.opened.law.plan, then), then))
        yield speech(f"下一步变为：{title.zh}", f"Next comes: {title.en}")
