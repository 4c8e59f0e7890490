"""What a determination came to and what would change it, as its page shows it: amount, items, time, other facts.

Values that were reckoned from facts are masked like the facts themselves, and so is a day that tells a birthday.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from cases.determinations import Conclusion, Verdict
from cases.wording import Wording
from rules.applied import ClausesTold
from rules.explain import ChangeTold, Explanation, FlipTold, ItemTold, Told, explanation, flips_of
from rules.frozen import kept
from rules.repeals import Repealed, repealed
from rules.schema import Fact
from web.case.facts import text_words
from web.case.findings import TAGS
from web.case.marking import code
from web.case.readings import MASKED, Looked
from web.case.speech import Shown, Speech
from web.shown import money

SHOWN_AT_ONCE: Final = 5
NO_LONGER: Final = {
    Verdict.YES: Wording("起成立", "holds from"),
    Verdict.NO: Wording("起不再成立", "no longer holds from"),
    Verdict.UNKNOWN: Wording("起未知", "unknown from"),
}

_SOONER: Final = Wording("补上还缺的事实，可能更早有结论。", "The facts that are missing may settle it sooner.")
UNTIL_THEN: Final = {
    Conclusion.REFUSED: Wording("那天以前不用补材料。", "Until then no paper is needed."),
    Conclusion.NEEDS_INFORMATION: _SOONER,
    Conclusion.FOR_JUDGMENT: _SOONER,
}
ON_THE_DAY: Final = Wording(
    "到那天提醒经办人，问本人是否重新申请。",
    "On that day the caseworker is reminded to ask whether the worker applies anew.",
)


def told_of(looked: Looked) -> Explanation | None:
    """None where the policy it was made by is not to be had any more."""
    policy, made = looked.policy, looked.made
    if policy is None:
        return None
    selected_on = kept(made.facts_json).get(policy.selected_by)
    book = looked.opened.station.policies.book
    on = date.fromisoformat(selected_on) if isinstance(selected_on, str) else None
    gone = repealed(book.files, made.jurisdiction, on) if on else ()
    return explanation(policy, made, flips_of(policy, made), gone)


def explaining(looked: Looked, told: Explanation | None) -> Shown:
    if told is None:
        return {"amount": None, "parts": [], "item_tables": [], "turn": None, "flips": None, "repealed": []}
    return {
        "amount": _amount(looked, told),
        "parts": _parts(looked, told),
        "item_tables": [_items(looked, list(items)) for _, items in groupby(told.items, _list_of)],
        "turn": _turn(looked, told),
        "flips": _flips(looked, told),
        "repealed": [_repealed(looked, each) for each in told.repealed],
    }


def later_verdicts(looked: Looked, told: Explanation | None) -> Mapping[str, str]:
    """For each rule that time turns, since when, and how."""
    if told is None or told.turns is None:
        return {}
    on = _day_of_turn(looked, told)
    words = {rule.rule: NO_LONGER[rule.then] for rule in told.rules if rule.then}
    return {rule: looked.opened.speech(f"{on}{said.zh}", f"{said.en} {on}") for rule, said in words.items()}


def _amount(looked: Looked, told: Explanation) -> Shown | None:
    if told.amount is None:
        return None
    speech, fen = looked.opened.speech, looked.made.amount_fen
    if fen is None:
        return {"figure": None, "words": speech.w(told.amount.words)}
    if not looked.plain:
        return {"figure": None, "words": speech.w(MASKED)}
    return {"figure": money(fen), "words": ""}


def _parts(looked: Looked, told: Explanation) -> list[Shown]:
    """Each named part and value, with the clause that gave it and those it beat."""
    clauses = {each.value: each for each in told.clauses}
    return [_part(looked, part, clauses.get(part.name)) for part in told.parts]


def _part(looked: Looked, part: Told, clauses: ClausesTold | None) -> Shown:
    label = code(part.name) if part.label.zh == part.label.en else looked.opened.speech.w(part.label)
    by = list(_by(clauses, looked.opened.speech)) if clauses else []
    return {"label": label, "value": _words(looked, part.words), "by": by}


def _by(told: ClausesTold, speech: Speech) -> Iterator[str]:
    labels = (
        (Wording("适用", "applies"), told.applied),
        (Wording("被取代", "replaced"), told.beaten),
        (Wording("是否适用不明", "not known whether it applies"), told.open),
    )
    for label, clauses in labels:
        for each in clauses:
            if each.authority:
                clause, tag = each.authority.clause, TAGS[each.authority.tag]
                yield speech(f"{label.zh}：{clause}，{tag.zh}", f"{label.en}: {clause}, {tag.en}")


def _words(looked: Looked, words: Wording) -> str:
    return looked.opened.speech.w(words if looked.plain else MASKED)


def _list_name(name: str) -> str:
    """payments[3].amount is of the list payments."""
    return name.partition("[")[0]


def _list_of(item: ItemTold) -> str:
    return _list_name(item.item)


def _items(looked: Looked, items: list[ItemTold]) -> Shown:
    """One table for each list: a row for each item, a column for each value that was reckoned for it."""
    names = list(dict.fromkeys(told.name for item in items for told in item.read))
    rows = []
    for item in items:
        read = {told.name: _words(looked, told.words) for told in item.read}
        label = {"value": looked.opened.speech.w(item.label), "name": True}
        rows.append([label, *(read.get(name, "") for name in names)])
    return {"title": looked.label(_list_of(items[0])), "columns": [code(name) for name in names], "rows": rows}


def _day_of_turn(looked: Looked, told: Explanation) -> str:
    speech = looked.opened.speech
    if told.turns is None or not looked.plain:
        return speech("某日", "a later day")
    return speech.day(told.turns.on)


def _turn(looked: Looked, told: Explanation) -> Shown | None:
    if told.turns is None:
        return None
    speech, on, words = looked.opened.speech, _day_of_turn(looked, told), told.turns.words
    turning = speech.list([speech(f"“{r.reason.zh}”", f"“{r.reason.en}”") for r in told.rules if r.then])
    moving = speech.list([speech.w(fact.label) for fact in _moving(looked)])
    sentences = [
        speech(
            f"其余事实都不变，{moving}在那天或以后的，{turning}的结果不同。",
            f"All else staying as it is, with {moving} on that day, {turning} comes out otherwise.",
        )
    ]
    if told.turns.conclusion is Conclusion.GRANTED:
        sentences += [speech.w(said) for said in (UNTIL_THEN.get(told.conclusion), ON_THE_DAY) if said]
    return {
        "words": speech(f"{on}起：{words.zh}", f"From {on} on: {words.en}"),
        "why": speech("", " ").join(sentences),
    }


def _moving(looked: Looked) -> list[Fact]:
    """The day that time carries along."""
    return [fact for fact in looked.policy.rules.facts.values() if fact.moves] if looked.policy else []


def _repealed(looked: Looked, gone: Repealed) -> Shown:
    speech, by = looked.opened.speech, gone.authority
    last = speech.day(gone.last_day)
    return {
        "title": speech.w(gone.title),
        "clause": code(gone.clause) if gone.clause else "",
        "last_day": speech(f"最后有效日 {last}", f"last day {last}"),
        "authority": by.clause if by else None,
        "tag": by.tag.value if by else None,
    }


def _flips(looked: Looked, told: Explanation) -> Shown | None:
    """None where there is no settled outcome that anything could change: then the missing facts are listed."""
    if told.flips is None or not told.conclusion.adoptable:
        return None
    rows = [_flip(looked, told, flip) for flip in told.flips]
    return {
        "rows": rows[:SHOWN_AT_ONCE],
        "more": rows[SHOWN_AT_ONCE:],
        "not_searched": [looked.opened.speech.w(label) for label in _labels(told.not_searched, looked)],
    }


def _labels(names: Iterable[str], looked: Looked) -> list[Wording]:
    return [Wording(looked.label(name), looked.label(name)) for name in dict.fromkeys(map(_list_name, names))]


def _flip(looked: Looked, told: Explanation, flip: FlipTold) -> Shown:
    speech = looked.opened.speech
    reasons = {rule.rule: rule.reason for rule in told.rules}
    clauses = [
        speech(f"{each.clause}，{TAGS[each.tag].zh}", f"{each.clause}, {TAGS[each.tag].en}")
        for each in flip.authorities
    ]
    return {
        "changes": [_change(looked, change) for change in flip.changes],
        "conclusion": speech(f"结论为{flip.words.zh}", f"then it comes out: {flip.words.en}"),
        "rules": speech.list([speech.w(reasons[rule]) for rule in flip.rules]),
        "clauses": clauses,
    }


def _change(looked: Looked, change: ChangeTold) -> str:
    """From what to what; by how much, where that says more."""
    speech = looked.opened.speech
    label = speech.w(change.label)
    if not looked.shows(change.fact):
        masked = speech.w(MASKED)
        return speech(f"{label}：{masked}", f"{label}: {masked}")
    now, then = (
        _side(looked, change, change.now, change.now_words),
        _side(looked, change, change.then, change.then_words),
    )
    by = speech.w(change.by)
    sentence = speech(f"{label}：{now} → {then}", f"{label}: {now} → {then}")
    return speech(f"{sentence}（{by}）", f"{sentence} ({by})") if by else sentence


def _side(looked: Looked, change: ChangeTold, value: str, words: Wording) -> str:
    """A fact as the page writes it; a part of an item as the policy does."""
    fact = looked.opened.station.policies.book.facts.get(change.fact)
    return text_words(looked.opened, fact, value) if fact else looked.opened.speech.w(words)
