"""Tables and bands, on each line and a step past it, with keys that are not known."""

import pytest

from rules.types import Number
from tests.rules.builders import a_band, a_policy, a_table, expect, facts

BAND = a_band("rate", "one", "one", "0", ("above", "30", "1"), ("at_least", "50", "2"), ("above", "60", None))
POLICY = a_policy(
    facts={"people": "one 0..100", "on": "day", "kind": "a|b"},
    bands=[BAND],
    tables=[
        a_table(
            "fee",
            ["a|b", "day"],
            "fen",
            ("a", "2024-01-01", "2024-06-30", "100"),
            ("a", "2024-08-01", "", "300"),
            ("b", "", "2024-03-31", "50"),
        )
    ],
    derive={"x": "band(rate, people)", "y": "fee[kind, on]"},
    rules={"some: path": "x >= 0", "other: path": "y >= 1 fen"},
)


@pytest.mark.parametrize(
    ("people", "x"),
    [(0, "0"), (30, "0"), (31, "1"), (49, "1"), (50, "2"), (60, "2"), (61, "gap"), (100, "gap"), (None, "?")],
)
def test_steps(people: int | None, x: str) -> None:
    expect(POLICY, facts(people=people), x=x)


@pytest.mark.parametrize(
    ("kind", "on", "y"),
    [
        ("a", "2023-12-31", "gap"),
        ("a", "2024-01-01", "100"),
        ("a", "2024-06-30", "100"),
        ("a", "2024-07-01", "gap"),
        ("a", "2024-07-31", "gap"),
        ("a", "2024-08-01", "300"),
        ("b", "1950-01-01", "50"),
        ("b", "2024-03-31", "50"),
        ("b", "2024-04-01", "gap"),
        (None, "2024-02-01", "50..100"),
        (None, "2024-07-01", "gap"),
        (None, "2024-09-01", "?"),
    ],
)
def test_dated_rows(kind: str | None, on: str, y: str) -> None:
    expect(POLICY, facts(kind=kind, on=on), y=y)


def test_the_range_of_what_is_looked_up_is_known_beforehand() -> None:
    types = [POLICY.parts[name].be.type for name in ("x", "y")]
    assert [(t.least, t.most) for t in types if isinstance(t, Number)] == [(0, 2), (50, 300)]


def test_denominators_are_known_beforehand() -> None:
    policy = a_policy(
        facts={"n": "one 0..6"},
        derive={"x": "n / 2 + n / 3", "y": "n * 5.5%", "z": "(n / 4) * 2", "w": "round_down(n / 7)"},
        rules={"r": "n > 1"},
    )
    types = [policy.parts[name].be.type for name in "xyzw"]
    assert [t.denominator for t in types if isinstance(t, Number)] == [6, 200, 2, 1]
