"""Every threshold that a shipped policy sets is tried by its examples on the line and one step past it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from rules.documents import PolicyFile
from rules.examples import stored_facts
from rules.facts import read_facts
from rules.intervals import Span
from rules.kinds import DECIDES_BY_RULES
from rules.loading import Node
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.printer import text_of
from rules.reading import any_mapping, day, text
from rules.reckoner import Reckoner, known_facts
from rules.tree import Compare, Expr, Over, children
from rules.types import Number
from rules.units import Unit

BOOK = PolicyBook.load(Path(__file__).parents[2] / "policies")
FILES = [file for files in BOOK.files.values() for file in files if file.kind in DECIDES_BY_RULES]
ORDERED = ("<", "<=", ">", ">=")
YEAR = 12  # an age moves by whole years, which are twelve months; everything else by one


@dataclass(frozen=True)
class Situation:
    policy: ResolvedPolicy
    reckoner: Reckoner


def situations(file: PolicyFile) -> Iterator[Situation]:
    for version in file.versions:
        for node in version.examples:
            entries = any_mapping(node).entries
            if "error" in entries:
                continue  # nothing is decided there
            facts = any_mapping(entries["facts"])
            on = the_day(entries.get("on") or facts.entries.get(file.selected_by), version.since)
            place = text(entries["jurisdiction"]) if "jurisdiction" in entries else file.jurisdiction
            policy = BOOK.resolve(file.id, place, on)
            read = read_facts(stored_facts(facts, BOOK.facts), policy.rules.facts)
            yield Situation(policy, Reckoner(policy.rules, known_facts(policy.rules, read.facts)))


def the_day(node: Node | None, otherwise: date) -> date:
    return day(node) if node else otherwise


def thresholds(policy: ResolvedPolicy, place: str) -> Iterator[tuple[str, Compare]]:
    """Those that a file sets itself: the rule is its own, or a value that the rule reads."""
    own = {id_ for (_, id_), item in policy.merged.items.items() if item.jurisdiction == place}
    for rule in policy.rules.rules.values():
        if own & {rule.id, *policy.rules.reads[rule.id]}:
            yield from ((rule.id, each) for each in comparisons(rule.when))


def comparisons(node: Expr) -> Iterator[Compare]:
    """Those that are of one value; what is asked of each item of a list is tried by the shapes."""
    if isinstance(node, Compare) and node.sign in ORDERED:
        yield node
    if not isinstance(node, Over):
        for inner in children(node):
            yield from comparisons(inner)


def distance(compare: Compare, reckoner: Reckoner) -> int | None:
    """How far the left side lies from the right one in this situation, if both are known."""
    left, right = reckoner.value(compare.left), reckoner.value(compare.right)
    if isinstance(left, Span) and isinstance(right, Span) and left.point and right.point:
        return int(left.lo - right.lo)
    return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.id} {file.jurisdiction}")
def test_the_line_and_one_step_past_it(file: PolicyFile) -> None:
    tried = list(situations(file))
    if not tried:
        assert_left_open(file)
        return
    for rule, compare in {
        text_of(each): (rule, each) for rule, each in thresholds(tried[-1].policy, file.jurisdiction)
    }.values():
        found = {d for each in tried if (d := distance(compare, each.reckoner)) is not None}
        step = YEAR if isinstance(compare.left.type, Number) and compare.left.type.unit is Unit.MONTH else 1
        line = 0 in found
        past = {each for each in found if 0 < abs(each) <= step}
        assert line, f"{file.id} {file.jurisdiction}: no example has {rule} on the line: {text_of(compare)} {found}"
        assert past, f"{file.id} {file.jurisdiction}: no example is one step past {rule}: {text_of(compare)} {found}"


def assert_left_open(file: PolicyFile) -> None:
    """Without examples only what leaves its values, or all of its classes, to the places within."""
    with pytest.raises(NoPolicyInForce):
        BOOK.resolve(file.id, file.jurisdiction, file.versions[-1].since)
