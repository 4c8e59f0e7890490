"""Random policies of every shape, and random cases of them, many and fast: plain dice with a seed that is printed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.canonical import Json
from rules.check import check
from rules.errors import PolicyRefused
from rules.given import Given, Listed
from rules.schema import AgeReached, ResolvedRules
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import YearMonth
from tests.rules.builders import a_band, a_schema, a_table

FIRST = date(2024, 1, 29)
DAYS = f"day {FIRST}..{FIRST + timedelta(days=5)}"
FACTS: dict[str, Any] = {
    "flag": "bool",
    "sure": "bool",
    "colour": "red|green|blue",
    "count1": "one 0..4",
    "count2": "one -2..3",
    "paid": "fen 0..30",
    "on1": DAYS,
    "on2": DAYS,
    "born": "day 1999-02-27..2000-03-01",
    "since": "month 2023-12..2024-03",
    "whose": "ref",
    "events": (
        {
            "on": DAYS,
            "size": "one 0..3",
            "ok": "bool",
            "who": "ref",
            "kind": "red|green",
            "marks": ({"at": DAYS, "worth": "one 0..2"}, 2),
        },
        3,
    ),
    "spans": ({"from_day": DAYS, "until": DAYS}, 3),
}
TABLES = (
    a_table("fee", ["red|green|blue"], "one", ("red", "1"), ("green", "3/2")),
    a_table("full", ["red|green|blue"], "one", ("red", "1"), ("green", "3"), ("blue", "1/3")),
    a_table(
        "rate",
        ["red|green|blue", "day"],
        "one",
        *((colour, "", "2024-01-31", "1") for colour in ("red", "green", "blue")),
        ("red", "2024-02-01", "", "2"),
        ("blue", "2024-02-02", "", "4"),
    ),
    a_table("open", ["month"], "bool", ("", "2024-01", "yes"), ("2024-02", "2024-02", "no")),
    a_table("shade", ["red|green|blue"], "red|green|blue", ("red", "green"), ("green", "blue"), ("blue", "blue")),
)
BANDS = (
    a_band("steps", "one", "one", None, ("at_least", "1", "2"), ("above", "2", "0")),
    a_band("whole", "one", "one", "1/2", ("at_least", "1", "2"), ("above", "3/2", None), ("at_least", "3", "1")),
    a_band("tint", "fen", "red|green|blue", "red", ("above", "10", "green"), ("at_least", "20", "blue")),
)
SIGNS = ("==", "!=", "<", "<=", ">", ">=")
NAMED = frozenset({*FACTS, *(table.name for table in TABLES), *(band.name for band in BANDS), "limit", "palette",
                   "share", "day0"})  # fmt: skip


class Texts:
    """Expressions as text; `item` is the item of `events` that is named around them, if any."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def _one(self, *ways: Callable[[], str]) -> str:
        return self._random.choice(ways)()

    def _of(self, *texts: str) -> str:
        return self._random.choice(texts)

    def _where(self, depth: int) -> str:
        return f"e in events where {self.truth(depth - 1, 'e')}"

    def number(self, depth: int, item: str = "") -> str:
        leaves = ["count1", "count2", "limit", "50%", "share", "0", "1", "2", "3", "worth", "part1", "value"]
        leaves += [f"{item}.size", f"{item}.due"] if item else []
        if item == "it":
            leaves = ["count1", "limit", "1", "2", "it.size"]
        if not depth or self._random.random() < 0.25:
            return self._of(*leaves)

        def inner() -> str:
            return self.number(depth - 1, item)

        ways: list[Callable[[], str]] = [
            lambda: f"({inner()} {self._of('+', '-', '*')} {inner()})",
            lambda: f"{self._of('min', 'max')}({inner()}, {inner()}, {inner()})",
            lambda: f"({inner()} {self._of('/ 3', 'div 2', '/ 2', 'div share')})",
            lambda: f"(- {inner()})",
            lambda: f"{self._of('round_down', 'round_up', 'round_half_up')}({inner()}{self._of('', ', 2', ', 50%')})",
            lambda: f"(if {self.truth(depth - 1, item)} then {inner()} else {inner()})",
            lambda: f"band({self._of('steps', 'whole')}, {inner()})",
            lambda: f"{self._of('fee', 'full')}[{self.member(depth - 1, item)}]",
            lambda: f"rate[{self.member(depth - 1, item)}, {self.day(depth - 1, item)}]",
            lambda: f"(days({self.day(depth - 1, item)}, {self.day(depth - 1, item)}) div 1 day)",
            lambda: f"({self._of('age', 'months', 'years')}(born, {self.day(depth - 1, item)}) div 1 month)",
            lambda: f"{self._of('share_half_up', 'share_down')}({inner()}, {inner()}, {self._of('3', 'paid + 1 fen')})",
            lambda: f"(month_days({self.month(depth - 1, item)}) div 1 day)",
            lambda: f"({self.month(depth - 1, item)} - since) div 1 month",
            lambda: f"year({self._of('on1', 'since')}) - 2022",
        ]

        if not item:
            ways += [
                lambda: f"count({self._where(depth)})",
                lambda: f"sum({self._where(depth)}, {self.number(depth - 1, 'e')})",
                lambda: f"{self._of('least', 'most')}({self._where(depth)}, {self.number(depth - 1, 'e')}, {inner()})",
                lambda: f"most_within(each({self._where(depth)}, {self.day(1, 'e')}), 1 {self._of('days', 'month')})",
                lambda: f"distinct(each({self._where(depth)}, {self._of('e.who', 'e.on', 'e.kind', 'shade[e.kind]')}))",
                lambda: f"sum(f in first(round_down({inner()}), filter({self._where(depth)})), f.size)",
                lambda: f"(covered_days(spans, {self.day(1)}, {self.day(1)}) div 1 day)",
                lambda: "sum(e in events, sum(m in e.marks where m.at >= e.on, m.worth))",
                lambda: f"sum(v in each({self._where(depth)}, {self.number(depth - 1, 'e')}), v)",
                lambda: f"count(g in good where {self.truth(depth - 1, 'g')})",
            ]
        return self._one(*ways)

    def day(self, depth: int, item: str = "") -> str:
        leaves = ["on1", "on2", "2024-01-31", "day0"] + ([f"{item}.on"] if item else [])
        if depth <= 0 or self._random.random() < 0.4:
            return self._of(*leaves)

        def inner() -> str:
            return self.day(depth - 1, item)

        ways: list[Callable[[], str]] = [
            lambda: f"({inner()} {self._of('+', '-')} {self._random.randint(0, 3)} {self._of('days', 'months')})",
            lambda: f"(if {self.truth(depth - 1, item)} then {inner()} else {inner()})",
            lambda: f"{self._of('last_day', 'first_day')}({self.month(depth - 1, item)})",
        ]
        if not item:
            ways += [
                lambda: (
                    f"reach({inner()}, each({self._where(depth)}, e.on), {self._of('0 days', '2 days', '1 month')})"
                ),
                lambda: f"most({self._where(depth)}, e.on, {inner()})",
            ]
        return self._one(*ways)

    def month(self, depth: int, item: str = "") -> str:
        if depth <= 0:
            return self._of("since", f"month({self.day(0, item)})")
        return self._one(
            lambda: f"month({self.day(depth - 1, item)})", lambda: f"(since + {self._random.randint(0, 2)} months)"
        )

    def member(self, depth: int, item: str = "") -> str:
        leaves = ["colour", "red", "blue"] + ([f"{item}.kind"] if item else [])
        if depth <= 0:
            return self._of(*leaves)
        return self._one(
            lambda: self._of(*leaves),
            lambda: (
                f"(if {self.truth(depth - 1, item)} then {self.member(depth - 1, item)} else {self.member(0, item)})"
            ),
            lambda: f"shade[{self.member(depth - 1, item)}]",
            lambda: "band(tint, paid)",
            lambda: "hue",
        )

    def truth(self, depth: int, item: str = "") -> str:
        leaves = ["flag", "sure", "colour == red", "colour in {green, blue}", "colour not in palette", "part2"]
        leaves += [f"count1 {self._of(*SIGNS)} {self._random.randint(0, 4)}", f"on1 {self._of(*SIGNS)} on2"]
        if item:
            leaves += [
                f"{item}.ok",
                f"{item}.on {self._of(*SIGNS)} on1",
                f"{item}.size > count2",
                f"{item}.who == whose",
            ]
            leaves += [f"{item}.late"] if item != "it" else []
        if item == "it":
            leaves.remove("part2")
        if depth <= 0 or self._random.random() < 0.2:
            return self._of(*leaves)

        def inner() -> str:
            return self.truth(depth - 1, item)

        ways: list[Callable[[], str]] = [
            lambda: f"({inner()} {self._of('and', 'or')} {inner()})",
            lambda: f"({inner()} and {inner()} and {inner()})",
            lambda: f"(not {inner()})",
            lambda: f"({self.number(depth - 1, item)} {self._of(*SIGNS)} {self.number(depth - 1, item)})",
            lambda: f"({self.number(depth, item)} {self._of(*SIGNS)} {self.number(depth - 1, item)})",
            lambda: f"({self.day(1, item)} {self._of(*SIGNS)} {self.day(1, item)})",
            lambda: f"({self.month(1, item)} {self._of(*SIGNS)} {self.month(1, item)})",
            lambda: f"(if {inner()} then {inner()} else {inner()})",
            lambda: f"({self.member(1, item)} {self._of('==', '!=')} {self.member(1, item)})",
            lambda: f"open[{self.month(1, item)}]",
            lambda: f"{self.member(1, item)} in {{red, green}}",
        ]
        if not item:
            ways += [
                lambda: (
                    f"{self._of('any', 'all')}(e in events where {self.truth(0, 'e')}, {self.truth(depth - 1, 'e')})"
                ),
                lambda: f"{self._of('any', 'all')}(e in events, {self.truth(depth - 1, 'e')})",
                lambda: f"any(e in events, any(m in e.marks, m.worth {self._of(*SIGNS)} e.size))",
                lambda: f"covers(spans, {self.day(1)}, {self.day(1)})",
            ]
        return self._one(*ways)


def a_random_policy(random: Random, most_rules: int = 4) -> ResolvedRules:
    """Drawn again until it passes the check."""
    while True:
        try:
            return check(a_schema(**_declared(random, most_rules)))
        except PolicyRefused:
            continue


def _declared(random: Random, most_rules: int) -> dict[str, Any]:
    texts = Texts(random)
    roles = ("ground", "condition", "exclusion", "path")
    rules = {f"r{n}: {random.choice(roles)}": texts.truth(2) for n in range(random.randint(1, most_rules))}
    rules["p: path"] = "part3"
    return {
        "facts": FACTS,
        "parameters": {"limit": "2", "share": "2/3", "palette": "{red,green}", "day0": "2024-02-01"},
        "derive": {
            "part1": texts.number(2).replace("part1", "1").replace("part2", "flag").replace("value", "2"),
            "part2": texts.truth(1).replace("part2", "flag").replace("part1", "1"),
            "part3": " and ".join(texts.truth(1) for _ in range(random.randint(1, 3))),
            "hue": random.choice(("colour", "(if sure then red else colour)", "shade[colour]")),
            "good": f"filter(e in events where {texts.truth(0, 'e').replace('part2', 'flag')})",
        },
        "columns": {"events.due": texts.number(1, "it"), "events.late": texts.truth(1, "it")},
        "values": {
            "value": {
                "a": {"be": "count1", "when": random.choice(("flag", "sure", "count1 > 2", "fee[colour] > 1"))},
                "b": {"be": "50%", "when": "colour == red", "beats": random.choice(((), ("a",)))},
                "c": {"be": "2", "when": random.choice(("not sure", "flag")), "beats": ("a", "b")},
            },
            "worth": {
                "general": {"be": "1"},
                "more": {"be": "share", "when": "count2 > 0", "beats": ("general",)},
                "most": {"be": "count1", "when": "flag and sure", "beats": ("general", "more")},
            },
        },
        "rules": rules,
        "amount": random.choice(
            (None, f"round_half_up(paid * {texts.number(1)})", f"round_down(paid / 3 * {texts.number(1)})")
        ),
        "tables": TABLES,
        "bands": BANDS,
        "age_reached": random.choice(tuple(AgeReached)),
        "read_elsewhere": NAMED,
    }  # fmt: skip


def some_facts(random: Random, declared: Mapping[str, Type], known: float = 1.0) -> dict[str, Given]:
    """A case; less than everything `known` leaves facts, fields and items out."""
    return {name: _some(random, type_, known) for name, type_ in declared.items() if random.random() < known}


def _some(random: Random, type_: Type, known: float) -> Given:  # noqa: PLR0911 one line per type
    match type_:
        case Truth():
            return random.random() < 0.5
        case Choice(members):
            return random.choice(members)
        case Ref():
            return random.choice("xyz")
        case Day(least, most):
            return date.fromordinal(random.randint(least, most))
        case Month(least, most):
            return YearMonth.numbered(random.randint(least, most))
        case Number(least=least, most=most):
            return random.randint(int(least), int(most))
        case Records(fields, most):
            items = tuple(
                {name: _some(random, field, known) for name, field in fields if random.random() < known}
                for _ in range(random.randint(0, most))
            )
            return Listed(items, complete=random.random() < known)
    raise TypeError(type_)


def kept_facts(facts: Mapping[str, Given], declared: Mapping[str, Type]) -> dict[str, Json]:
    """The same case as the record keeps it."""
    return {name: _kept(value, declared[name]) for name, value in facts.items()}


def _kept(value: Given, type_: Type) -> Json:
    match value, type_:
        case Listed(items, complete), Records(fields):
            types = dict(fields)
            rows: list[Json] = [{name: _kept(each, types[name]) for name, each in item.items()} for item in items]
            return {"complete": complete, "items": rows}
        case ((date() | YearMonth()), _):
            return str(value)
        case ((bool() | int() | str()), _):
            return value
    return None
