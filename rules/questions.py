"""Which facts could still change the outcome. Nobody is asked for anything else.

A fact is asked if two completions that differ in it alone come out differently. To find out, the range of each unknown
fact is cut wherever the sign of a comparison changes (below, equal, above: cutting where the truth changes would miss
a comparison that turns twice), and every combination of pieces is tried. Lists, and parts of one item, are asked while
some completion of the rest leaves the outcome open, which may ask one too many and never one too few.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from rules.case import Case, Combination, Targets
from rules.intervals import Answers, Value, settled
from rules.live import live
from rules.outcome import open_rules, verdicts
from rules.pieces import Cutter, TooManyPieces, choices_of
from rules.reckoner import Reckoner
from rules.schema import ResolvedRules
from rules.types import Ordered, Records

MOST_COMBINATIONS = 20_000
MOST_ANCHORS = 64
ROUNDS = 2


@dataclass(frozen=True)
class Asked:
    """`facts` in the order to ask them; not `exact`: too many combinations, so all that could matter are named.

    `outcome` is what every completion comes to, if the combinations show that they all come to the same.
    """

    facts: tuple[str, ...]
    exact: bool = True
    outcome: Answers | None = None


def asked(rules: ResolvedRules, known: Mapping[str, Value], found: Mapping[str, Answers] | None = None) -> Asked:
    """`found`: the verdicts of the rules on what is known, where they were reckoned already."""
    if found is not None and not open_rules(rules, found):
        return Asked(())
    reckoner = Reckoner(rules, known)
    found = verdicts(reckoner)
    undecided = open_rules(rules, found)
    hanging = live([rule.when for rule in undecided], reckoner)
    if not hanging:
        return Asked(())
    single = [name for name in hanging if name in rules.facts and not isinstance(rules.facts[name].type, Records)]
    try:
        return _tried(_Trial(Case(rules, known, found, undecided), single), hanging)
    except TooManyPieces:
        return Asked(hanging, exact=False)


class _Trial:
    """The unknown facts of one case, each with the values that are tried for it."""

    def __init__(self, case: Case, names: Sequence[str]) -> None:
        self._case = case
        self.names = tuple(names)
        self._ordered = [name for name in names if isinstance(case.rules.facts[name].type, Ordered)]
        self._cutter = Cutter(case.rules, case.known, case.atoms)
        self._starts: dict[str, list[Value]] = {}
        self._boxes: dict[str, list[Value]] = {}
        for name in names:
            given = choices_of(case.rules.facts[name].type, case.known)
            self._starts[name] = self._boxes[name] = list(given or self._cutter.ends(name))
        self._cut()
        if self.size > MOST_COMBINATIONS:
            raise TooManyPieces

    def _cut(self) -> None:
        """Where a comparison is between two unknown facts, the cuts of one depend on the values tried for the other."""
        for _ in range(ROUNDS if len(self._ordered) > 1 else 1):
            for name in self._ordered:
                found: set[int] = set()
                for others in islice(self._combinations(self._neighbours(name)), MOST_ANCHORS):
                    found.update(self._cutter.starts(name, others))
                self._starts[name], self._boxes[name] = self._cutter.pieces(name, found)
                if self.size > MOST_COMBINATIONS:
                    raise TooManyPieces

    def _neighbours(self, name: str) -> list[str]:
        near = self._cutter.neighbours(name)
        return [other for other in self.names if other in near]

    def _combinations(self, names: Sequence[str]) -> Iterator[dict[str, Value]]:
        for values in product(*(self._starts[name] for name in names)):
            yield dict(zip(names, values, strict=True))

    @property
    def size(self) -> int:
        return prod(len(starts) for starts in self._starts.values())

    def outcomes(self) -> dict[Combination, Targets]:
        return {tuple(values.values()): self._case.targets(values) for values in self._combinations(self.names)}

    def proves(self, outcomes: Mapping[Combination, Targets]) -> bool:
        """Whether what the tried values come to holds for all others.

        It does if no number, day or month was compared with another one that is unknown, as its range was then cut for
        every value of the others; otherwise if every combination of pieces, taken whole, comes to the same.
        """
        if all(map(self._cut_for_all, self._ordered)):
            return True
        boxes = product(*(self._boxes[name] for name in self.names))
        return {self._case.targets(dict(zip(self.names, box, strict=True))) for box in boxes} == set(outcomes.values())

    def _cut_for_all(self, name: str) -> bool:
        near = self._neighbours(name)
        anchors = prod(len(self._starts[other]) for other in near)
        return anchors <= MOST_ANCHORS and not set(near) & set(self._ordered)


def _tried(trial: _Trial, hanging: tuple[str, ...]) -> Asked:
    outcomes = trial.outcomes()
    is_open = any(not all(map(settled, found)) for found in outcomes.values())
    lists = [name for name in hanging if name not in trial.names] if is_open else []
    facts = [name for name in trial.names if _matters(trial.names.index(name), outcomes)]
    if facts or lists:
        facts.sort(key=lambda name: -_settled_by(trial.names.index(name), outcomes))
        return Asked((*facts, *lists))
    only = set(outcomes.values())
    if len(only) == 1 and not is_open and trial.proves(outcomes):
        return Asked((), outcome=only.pop()[0])
    return Asked(hanging, exact=False)


def _matters(index: int, outcomes: Mapping[Combination, Targets]) -> bool:
    """Whether two combinations that differ in this fact alone come out differently, or are still open."""
    return any(len(set(group)) > 1 or not all(map(settled, group[0])) for group in _groups(index, outcomes))


def _groups(index: int, outcomes: Mapping[Combination, Targets]) -> Iterable[list[Targets]]:
    groups: dict[Combination, list[Targets]] = {}
    for case, found in outcomes.items():
        groups.setdefault(case[:index] + case[index + 1 :], []).append(found)
    return groups.values()


def _settled_by(index: int, outcomes: Mapping[Combination, Targets]) -> int:
    """How many combinations a value of this fact alone settles: the fact to ask first settles most."""
    by_value: dict[Value, list[Targets]] = {}
    for case, found in outcomes.items():
        by_value.setdefault(case[index], []).append(found)
    return sum(len(found) for found in by_value.values() if len({each[0] for each in found}) == 1)
