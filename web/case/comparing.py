"""Two determinations of one person side by side: outcome, policy version, facts and rules, with what differs marked."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Connection
from starlette.responses import Response

from cases.determinations import Finding
from rules.comparing import Cause, Comparison, compared, determined_side
from store.scope import NotInScope
from web.case.comparable import OF, comparable, other_opened, title_of
from web.case.determination_pages import LOOKS, look, standing
from web.case.differing import cause, effect_words, law_rows
from web.case.findings import verdict_look, verdict_words
from web.case.head import DETERMINATIONS, numbered
from web.case.layout import draw, shared
from web.case.marking import code
from web.case.of_address import open_asked
from web.case.opened_any import Opened, note_look
from web.case.readings import Frozen, Looked, source_words, value_words
from web.case.speech import Shown
from web.visit import Visit

_T = TypeVar("_T")


def compare_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
        asked = (visit.asked("a"), visit.asked("b"))
        if not all(asked):
            raise NotInScope
        others = other_opened(connection, opened)
        first, second = (_looked(connection, opened, others, each) for each in asked)
    for each in {side.opened.case.id: side.opened for side in (first, second)}.values():
        note_look(each)
    found = _found(first, second)
    context = shared(opened, DETERMINATIONS) | {
        "cause": _cause(found, opened) if found else None,
        "law": law_rows(found, opened.speech) if found else [],
        "sides": [_side(first), _side(second)],
        "same": asked[0] == asked[1],
        "outcomes": _outcomes(first, second),
        "facts": _facts(first, second, _effects(found, opened)),
        "rules": _rules(first, second),
        "other_policy": first.state.policy != second.state.policy,
        "swap": opened.ways.on(f"{opened.path}/determinations/compare?a={asked[1]}&b={asked[0]}"),
        "choices": comparable(opened, others.values()),
        "chosen": asked,
    }
    return draw(opened, "determinations/compare.html", context)


def _looked(connection: Connection, opened: Opened, others: Mapping[str, Opened], asked: str) -> Looked:
    """Raises NotInScope for a determination of another person, or of a case that the reader may not see."""
    case_id, _, determination = asked.rpartition(OF)
    of = opened if not case_id else others.get(case_id)
    if of is None:
        raise NotInScope
    return look(connection, of, determination, plain=of.working)


def _side(looked: Looked) -> Shown:
    opened, state = looked.opened, looked.state
    return {
        "id": opened.speech.w(numbered(state)),
        "title": title_of(opened, state),
        "made": opened.speech.at(state.made_at),
        "href": opened.ways.on(f"{opened.path}/determinations/{state.id}"),
        "look": LOOKS.get(looked.made.conclusion, "unknown"),
        "conclusion": opened.speech.w(looked.made.conclusion.label),
    }


def _outcomes(first: Looked, second: Looked) -> list[Shown]:
    speech = first.opened.speech
    asked: tuple[tuple[str, Callable[[Looked], str]], ...] = (
        (speech("规则结论", "The rules say"), lambda each: speech.w(each.made.conclusion.label)),
        (speech("审批决定", "Decision"), lambda each: standing(each.opened, each.state)),
        (speech("政策版本", "Policy version"), lambda each: code(each.made.version)),
        (speech("政策指纹", "Policy fingerprint"), lambda each: code(each.made.policy_hash[:12])),
        (speech("引擎", "Engines"), lambda each: code(each.made.engines)),
    )
    return [_pair(label, tell(first), tell(second)) for label, tell in asked]


def _found(first: Looked, second: Looked) -> Comparison | None:
    """None for two policies, or where one of them is not to be had any more."""
    if first.policy is None or second.policy is None or first.state.policy != second.state.policy:
        return None
    return compared(determined_side(first.policy, first.made), determined_side(second.policy, second.made))


def _cause(found: Comparison, opened: Opened) -> Shown:
    return cause(found, opened.speech) | {"both": found.cause is not Cause.NONE}


def _effects(found: Comparison | None, opened: Opened) -> Mapping[str, Shown | None]:
    return {each.fact: effect_words(each, opened.speech) for each in found.facts} if found else {}


def _facts(first: Looked, second: Looked, effects: Mapping[str, Shown | None]) -> list[Shown]:
    """What differs first; a value that is masked can still be told to differ."""
    one, two = ({fact.name: fact for fact in each.facts} for each in (first, second))
    rows = []
    for name in _names(one, two):
        a, b = one.get(name), two.get(name)
        differs = (a.value if a else None) != (b.value if b else None)
        row = _pair(first.label(name), _fact(first, a), _fact(second, b)) | {
            "differs": differs,
            "effect": effects.get(name),
        }
        rows.append(row)
    return sorted(rows, key=lambda row: not row["differs"])


def _fact(looked: Looked, fact: Frozen | None) -> str:
    speech = looked.opened.speech
    if fact is None:
        return speech("没有读到", "nothing was read")
    source = source_words(looked, fact)
    value = value_words(looked, fact)
    return speech(f"{value}（{source}）", f"{value} ({source})") if source else value


def _rules(first: Looked, second: Looked) -> list[Shown]:
    one, two = ({finding.rule: finding for finding in each.made.findings} for each in (first, second))
    rows = []
    for rule in _names(one, two):
        a, b = one.get(rule), two.get(rule)
        named = a or b
        label = first.opened.speech.w(named.reason) if named else rule
        row: Shown = {"label": label, "rule": code(rule), "a": _verdict(first, a), "b": _verdict(second, b)}
        rows.append(row | {"differs": (a.verdict if a else None) != (b.verdict if b else None)})
    return sorted(rows, key=lambda row: not row["differs"])


def _verdict(looked: Looked, finding: Finding | None) -> Shown:
    speech = looked.opened.speech
    if finding is None:
        return {"look": None, "words": speech("没有这一条", "no such rule")}
    return {"look": verdict_look(finding), "words": verdict_words(finding, speech)}


def _names(one: Mapping[str, _T], two: Mapping[str, _T]) -> list[str]:
    return list(dict.fromkeys([*one, *two]))


def _pair(label: str, first: str, second: str) -> Shown:
    return {"label": label, "a": first, "b": second, "differs": first != second}
