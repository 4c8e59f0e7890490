"""Questions about lists against every list that what is told could be part of."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.given import Given, Listed
from rules.intervals import EITHER, NO, YES, Span
from rules.reckoner import Reckoner, known_facts
from tests.rules.builders import a_policy

MOST = 3
SIZES = range(3)
NUMBERS = {
    "how_many": "count(e in events where e.ok)",
    "total": "sum(e in events where e.ok, e.size - 1)",
    "smallest": "least(e in events where e.ok, e.size, n)",
    "greatest": "most(e in events where e.ok, e.size, n)",
    "of_the_first": "sum(e in first(n, events), e.size)",
    "of_the_first_good": "count(f in first(n, filter(e in events where e.ok)) where f.size >= 1)",
    "smallest_of_the_first": "least(e in first(2, events), e.size, 9)",
}
TRUTHS = {
    "some": "any(e in events where e.ok, e.size == 2)",
    "every": "all(e in events where e.ok, e.size >= 1)",
    "some_of_the_first": "any(e in first(1, events), e.ok)",
    "every_of_the_first": "all(e in first(n, filter(g in events where g.size >= 1)), e.ok)",
}
POLICY = a_policy(
    facts={"events": ({"ok": "bool", "size": "one 0..2"}, MOST), "n": "one 0..2"},
    derive=NUMBERS,
    rules={f"{name}: path": text for name, text in TRUTHS.items()},
)
ITEM = st.fixed_dictionaries({"ok": st.sampled_from([True, False, None]), "size": st.sampled_from([*SIZES, None])})


def whole_lists(told: Listed) -> Iterator[tuple[Mapping[str, Given], ...]]:
    """Fields filled in, and, where the list may not be whole, further items at any place."""
    fillings = [_filled(item) for item in told.items]
    for items in product(*fillings):
        yield items
        for extra in range(1, 0 if told.complete else MOST - len(items) + 1):
            for added in product(_filled({"ok": None, "size": None}), repeat=extra):
                yield (*added, *items)
                yield (*items, *added)


def _filled(item: Mapping[str, Given]) -> list[Mapping[str, Given]]:
    oks = (True, False) if item["ok"] is None else (item["ok"],)
    sizes = SIZES if item["size"] is None else (item["size"],)
    return [{"ok": ok, "size": size} for ok, size in product(oks, sizes)]


def reckoned(facts: Mapping[str, Given]) -> dict[str, Any]:
    reckoner = Reckoner(POLICY, known_facts(POLICY, facts))
    numbers = {name: reckoner.named(name) for name in NUMBERS}
    return {**numbers, **{name: reckoner.truth(rule.when) for name, rule in POLICY.rules.items()}}


@settings(max_examples=15, deadline=None)
@given(st.lists(ITEM, max_size=2), st.booleans(), st.sampled_from([0, 1, 2]))
def test_nothing_a_whole_list_gives_was_ruled_out(items: list[dict[str, Given]], complete: bool, n: int) -> None:
    told = Listed(tuple(items), complete)
    before = reckoned({"events": told, "n": n})
    for whole in whole_lists(told):
        after = reckoned({"events": Listed(whole), "n": n})
        for name in NUMBERS:
            assert before[name].lo <= after[name].lo <= after[name].hi <= before[name].hi, name
        for name in TRUTHS:
            assert before[name] & after[name] == after[name], name


def python(items: list[dict[str, Any]], n: int) -> dict[str, Any]:
    """The same questions in plain Python."""
    good = [item for item in items if item["ok"]]
    sizes = [item["size"] for item in good]
    return {
        "how_many": len(good),
        "total": sum(size - 1 for size in sizes),
        "smallest": min(sizes, default=n),
        "greatest": max(sizes, default=n),
        "of_the_first": sum(item["size"] for item in items[:n]),
        "of_the_first_good": sum(item["size"] >= 1 for item in good[:n]),
        "smallest_of_the_first": min((item["size"] for item in items[:2]), default=9),
        "some": any(size == 2 for size in sizes),
        "every": all(size >= 1 for size in sizes),
        "some_of_the_first": any(item["ok"] for item in items[:1]),
        "every_of_the_first": all(item["ok"] for item in [each for each in items if each["size"] >= 1][:n]),
    }


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"ok": st.booleans(), "size": st.sampled_from(SIZES)}), max_size=MOST),
    st.sampled_from([0, 1, 2]),
)
def test_a_whole_list_gives_what_python_gives(items: list[dict[str, Any]], n: int) -> None:
    found = reckoned({"events": Listed(tuple(items)), "n": n})
    for name, value in python(items, n).items():
        wanted = (YES if value else NO) if isinstance(value, bool) else Span(value, value)
        assert found[name] == wanted, name


@pytest.mark.parametrize(
    ("items", "name", "bounds"),
    [
        pytest.param([], "how_many", (0, 3), id="none told, up to three"),
        pytest.param([{"ok": True, "size": 2}], "how_many", (1, 3), id="one told, two more possible"),
        pytest.param([{"ok": True, "size": 2}], "total", (-1, 3), id="each further one may take one or add one"),
        pytest.param([{"ok": True, "size": 1}], "smallest", (0, 1), id="a smaller one may come"),
        pytest.param([{"ok": True, "size": 1}], "greatest", (1, 2), id="a greater one may come"),
        pytest.param([{"ok": True, "size": 2}], "of_the_first", (0, 4), id="it may be the first, and so may another"),
    ],
)
def test_what_more_items_could_change(items: list[dict[str, Given]], name: str, bounds: tuple[int, int]) -> None:
    found = reckoned({"events": Listed(tuple(items), complete=False), "n": 1})
    assert (found[name].lo, found[name].hi) == bounds


def test_yes_can_be_certain_of_a_part_and_no_cannot() -> None:
    two = reckoned({"events": Listed(({"ok": True, "size": 2},), complete=False), "n": 0})
    assert (two["some"], two["every"]) == (YES, EITHER)
    none = reckoned({"events": Listed(({"ok": True, "size": 0},), complete=False), "n": 0})
    assert (none["some"], none["every"]) == (EITHER, NO)
