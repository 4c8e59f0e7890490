"""The engine's reasons as the reader of a form hears them: fields by their labels, people and parts by their names."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cases.refusals import Refusal
from cases.wording import Wording
from rules.types import Number
from rules.units import Unit
from web.acts.asked import PARTS
from web.acts.described import ActForm
from web.acts.naming import named, parts_of
from web.acts.sentences import FIELD, field_named, spoken_of
from web.case.marking import marked
from web.case.opened_any import Opened

_DAY: Final = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+")
_FUTURE, _FACT = "future", "fact:"


def spoken(opened: Opened, described: ActForm, reason: Refusal) -> Wording:
    """In the language of the page, which is all that anybody will read of it."""
    if reason.code.startswith(_FACT):
        return _unfit(opened, reason.code.removeprefix(_FACT))
    field = spoken_of(described, reason)
    if reason.code == _FUTURE and field:
        today = opened.speech.day(opened.visit.today)
        label = field.label
        words = opened.speech(f"“{label.zh}”不能晚于今天，{today}", f"“{label.en}” cannot lie after today, {today}")
        return _both(opened, words)
    words = _labelled(opened, described, opened.speech.w(reason.wording))
    words = _DAY.sub(lambda found: _day(opened, found), words)
    known = dict(_known(opened))
    return _both(opened, _ID.sub(lambda found: known.get(found[0], found[0]), words))


def _both(opened: Opened, words: str) -> Wording:
    """What is Chinese in it is marked so on an English page."""
    said = str_of(marked(words, opened.speech.language))
    return Wording(said, said)


def str_of(words: object) -> str:
    """As it is: text that is marked stays marked."""
    return words if isinstance(words, str) else str(words)


def _unfit(opened: Opened, name: str) -> Wording:
    """A fact's value that its declaration does not allow."""
    fact = opened.station.policies.book.facts.get(name)
    label = fact.label if fact else Wording(name, name)
    zh, en = f"“{label.zh}”的内容不在允许的范围内", f"“{label.en}” is outside what the fact allows"
    if fact and isinstance(fact.type, Number) and fact.type.unit is Unit.ONE:
        zh, en = f"{zh}：{fact.type.least} 至 {fact.type.most}", f"{en}: {fact.type.least} to {fact.type.most}"
    return _both(opened, opened.speech(zh, en))


def _labelled(opened: Opened, described: ActForm, words: str) -> str:
    def label(found: re.Match[str]) -> str:
        field = field_named(described, found[1])
        return f"“{opened.speech.w(field.label)}”" if field else found[0]

    return FIELD.sub(label, words)


def _day(opened: Opened, found: re.Match[str]) -> str:
    try:
        return opened.speech.day(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]


def _known(opened: Opened) -> Iterator[tuple[str, str]]:
    names: tuple[Mapping[str, str], ...] = (opened.names.stations, opened.names.staff)
    for each in names:
        yield from each.items()
    yield opened.visit.me.owner, opened.visit.me.name
    for ask in PARTS:
        for part in parts_of(ask, opened.case):
            yield part.id, opened.speech(f"“{named(opened, part)}”", f"“{named(opened, part)}”")
