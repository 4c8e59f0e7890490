"""Random policies over a few facts of small range, and random knowledge of a case: for properties that hold of all."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from rules.check import check
from rules.errors import PolicyRefused
from rules.given import Given, Listed
from rules.schema import ResolvedRules
from tests.rules.builders import a_band, a_schema, a_table

FIRST = date(2024, 1, 29)
DAYS = 5
FACTS: dict[str, Any] = {
    "flag": "bool",
    "sure": "bool",
    "colour": "red|green|blue",
    "count1": "one 0..4",
    "count2": "one 0..3",
    "on1": f"day {FIRST}..{FIRST + timedelta(days=DAYS - 1)}",
    "on2": f"day {FIRST}..{FIRST + timedelta(days=DAYS - 1)}",
    "events": (
        {"on": f"day {FIRST}..{FIRST + timedelta(days=DAYS - 1)}", "size": "one 0..3", "ok": "bool", "who": "ref"},
        3,
    ),
    "spans": (
        {
            "from_day": f"day {FIRST}..{FIRST + timedelta(days=DAYS - 1)}",
            "until": f"day {FIRST}..{FIRST + timedelta(days=DAYS - 1)}",
        },
        3,
    ),
}
SINGLE = tuple(name for name, declared in FACTS.items() if isinstance(declared, str))
TABLES = (a_table("fee", ["red|green|blue"], "one", ("red", "1"), ("green", "3")),)
BANDS = (a_band("steps", "one", "one", None, ("at_least", "1", "2"), ("above", "2", "0")),)

small = st.integers(0, 4).map(str)
bools = st.booleans().map(lambda value: "yes" if value else "no")


@st.composite
def numbers(draw: DrawFn, depth: int = 2, item: str = "") -> str:
    leaves = [small, st.sampled_from(["count1", "count2", "limit"]), st.just("50%")]
    leaves += [st.just(f"{item}.size")] if item else []
    if depth == 0:
        return draw(st.one_of(leaves))
    inner = numbers(depth=depth - 1, item=item)
    whole = [
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        st.tuples(inner, st.sampled_from(["/", "div"])).map(lambda t: f"({t[0]} {t[1]} 2)"),
        st.tuples(st.sampled_from(["round_down", "round_up", "round_half_up"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(truths(depth=depth - 1, item=item), inner, inner).map(
            lambda t: f"(if {t[0]} then {t[1]} else {t[2]})"
        ),
        st.tuples(inner).map(lambda t: f"band(steps, round_down({t[0]}))"),
        st.just("fee[colour]"),
        st.tuples(days(depth=depth - 1, item=item), days(depth=depth - 1, item=item)).map(
            lambda t: f"(days({t[0]}, {t[1]}) div 1 day)"
        ),
        st.tuples(inner, inner).map(lambda t: f"share_half_up({t[0]}, {t[1]}, 3)"),
    ]
    if not item:
        whole += [
            truths(depth=depth - 1, item="e").map(lambda t: f"count(e in events where {t})"),
            st.tuples(truths(depth=depth - 1, item="e"), numbers(depth=depth - 1, item="e")).map(
                lambda t: f"sum(e in events where {t[0]}, {t[1]})"
            ),
            st.tuples(st.sampled_from(["least", "most"]), numbers(depth=depth - 1, item="e"), inner).map(
                lambda t: f"{t[0]}(e in events where e.ok, {t[1]}, {t[2]})"
            ),
            st.tuples(truths(depth=depth - 1, item="e"), small).map(
                lambda t: f"most_within(each(e in events where {t[0]}, e.on), {t[1]} days)"
            ),
            truths(depth=depth - 1, item="e").map(lambda t: f"distinct(each(e in events where {t}, e.who))"),
            small.map(lambda n: f"sum(e in first({n}, filter(f in events where f.ok)), e.size)"),
            st.tuples(days(depth=depth - 1), days(depth=depth - 1)).map(
                lambda t: f"(covered_days(spans, {t[0]}, {t[1]}) div 1 day)"
            ),
        ]
    text: str = draw(st.one_of(*leaves, *whole))
    return text


@st.composite
def days(draw: DrawFn, depth: int = 1, item: str = "") -> str:
    leaves = [st.sampled_from(["on1", "on2", "2024-01-31"])]
    leaves += [st.just(f"{item}.on")] if item else []
    if depth == 0:
        return draw(st.one_of(leaves))
    inner = days(depth=depth - 1, item=item)
    moved = [
        st.tuples(inner, st.sampled_from("+-"), small, st.sampled_from(["days", "months"])).map(
            lambda t: f"({t[0]} {t[1]} {t[2]} {t[3]})"
        ),
        st.tuples(truths(depth=depth - 1, item=item), inner, inner).map(
            lambda t: f"(if {t[0]} then {t[1]} else {t[2]})"
        ),
        inner.map(lambda t: f"last_day(month({t}))"),
    ]
    if not item:
        moved += [
            st.tuples(inner, small, truths(depth=depth - 1, item="e")).map(
                lambda t: f"reach({t[0]}, each(e in events where {t[2]}, e.on), {t[1]} days)"
            )
        ]
    text: str = draw(st.one_of(*leaves, *moved))
    return text


@st.composite
def truths(draw: DrawFn, depth: int = 2, item: str = "") -> str:
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    leaves = [
        st.sampled_from(["flag", "sure", "colour == red", "colour in {green, blue}", "colour not in palette"]),
        st.tuples(st.sampled_from(["count1", "count2"]), signs, small).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        st.tuples(signs).map(lambda t: f"on1 {t[0]} on2"),
    ]
    if item:
        leaves += [st.just(f"{item}.ok"), signs.map(lambda s: f"{item}.on {s} on1"), st.just(f"{item}.size > count2")]
    if depth == 0:
        return draw(st.one_of(leaves))
    inner = truths(depth=depth - 1, item=item)
    joined: list[SearchStrategy[str]] = [
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"(not {t})"),
        st.tuples(numbers(depth=depth - 1, item=item), signs, numbers(depth=depth - 1, item=item)).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        st.tuples(days(depth=1, item=item), signs, days(depth=1, item=item)).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"(if {t[0]} then {t[1]} else {t[2]})"),
    ]
    if not item:
        joined += [
            st.tuples(
                st.sampled_from(["any", "all"]), truths(depth=0, item="e"), truths(depth=depth - 1, item="e")
            ).map(lambda t: f"{t[0]}(e in events where {t[1]}, {t[2]})"),
            st.tuples(days(depth=1), days(depth=1)).map(lambda t: f"covers(spans, {t[0]}, {t[1]})"),
        ]
    text: str = draw(st.one_of(*leaves, *joined))
    return text


@st.composite
def policies(draw: DrawFn, lists: bool = True, until: date | None = None) -> ResolvedRules:
    """Policies that pass the check; those a random text cannot make sense of are drawn again. `until`: of on1."""
    declared = {**FACTS, "on1": f"day {FIRST}..{until}"} if until else FACTS
    wanted = truths() if lists else truths().filter(lambda text: "events" not in text and "spans" not in text)
    roles = st.sampled_from(["ground", "condition", "exclusion", "path"])
    chosen = draw(st.lists(st.tuples(roles, wanted), min_size=1, max_size=3))
    rules = {f"r{number}: {role}": text for number, (role, text) in enumerate(chosen)}
    rules["by-clause: condition"] = "value <= 3"
    values: dict[str, dict[str, dict[str, Any]]] = {
        "value": {
            "a": {"be": draw(numbers(depth=0)), "when": draw(truths(depth=0))},
            "b": {"be": "count1", "when": draw(truths(depth=0)), "beats": draw(st.sampled_from([(), ("a",)]))},
            "c": {"be": "2", "when": "not sure", "beats": ("a", "b")},
        }
    }
    named = frozenset({*FACTS, "fee", "steps", "limit", "palette"})
    try:
        return check(
            a_schema(
                facts=declared,
                parameters={"limit": "2", "palette": "{red,green}"},
                values=values,
                rules=rules,
                tables=TABLES,
                bands=BANDS,
                read_elsewhere=named,
            )
        )
    except PolicyRefused:
        return draw(policies(lists=lists, until=until))


day_values = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(days=n))
WHOLE: dict[str, SearchStrategy[Any]] = {
    "flag": st.booleans(),
    "sure": st.booleans(),
    "colour": st.sampled_from(["red", "green", "blue"]),
    "count1": st.integers(0, 4),
    "count2": st.integers(0, 3),
    "on1": day_values,
    "on2": day_values,
}
EVENT: dict[str, SearchStrategy[Any]] = {
    "on": day_values,
    "size": st.integers(0, 3),
    "ok": st.booleans(),
    "who": st.sampled_from(["x", "y", "z"]),
}
SPAN: dict[str, SearchStrategy[Any]] = {"from_day": day_values, "until": day_values}


@st.composite
def complete_facts(draw: DrawFn) -> dict[str, Given]:
    events = draw(st.lists(st.fixed_dictionaries(EVENT), max_size=3))
    spans = draw(st.lists(st.fixed_dictionaries(SPAN), max_size=3))
    return {**draw(st.fixed_dictionaries(WHOLE)), "events": Listed(tuple(events)), "spans": Listed(tuple(spans))}


@st.composite
def less_known(draw: DrawFn, complete: dict[str, Given]) -> dict[str, Given]:
    """The same case while some of it is unknown: facts, fields of items, items told of later."""
    return {name: draw(_less(value)) for name, value in complete.items()}


def _less(value: Given) -> SearchStrategy[Given]:
    if isinstance(value, Listed):
        return st.one_of(st.just(value), _less_of_list(value))
    return st.sampled_from([value, None])


@st.composite
def _less_of_list(draw: DrawFn, value: Listed) -> Given:
    if draw(st.booleans()):
        return None
    kept = [item for item in value.items if draw(st.booleans())]
    items = tuple({name: draw(st.sampled_from([field, None])) for name, field in item.items()} for item in kept)
    # A list that may not be whole never becomes whole by forgetting.
    return Listed(items, complete=value.complete and len(kept) == len(value.items) and draw(st.booleans()))
