"""What would change a settled outcome: for each fact that somebody could make otherwise, the nearest value that does.

A stretch of values on which the outcome surely stays as it is is passed over, on which it surely differs is left at
its near end, and any other is halved, the near half first. So the value that is found is the nearest one, and the one
before it leaves the outcome alone. Lists neither grow nor shrink, and ids stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cases.determinations import Conclusion
from rules.changeable import Changeable, Changes, changeable
from rules.evaluate import CONCLUSIONS, evaluate_known
from rules.given import Facts
from rules.intervals import Answers, Span, Value, settled
from rules.outcome import outcome_of, verdicts
from rules.pieces import bounds_of, choices_of, stretch
from rules.questions import asked
from rules.readings import text_of_value
from rules.reckoner import Reckoner, known_facts
from rules.schema import AskedOf, ResolvedRules, Role
from rules.types import Choice, Day, Exact, Month, Ordered, Truth
from rules.units import MONTHS_IN_A_YEAR

MOST_TRIED = 1_000  # stretches of one fact; more are needed only where a fact stands on both sides of a comparison
MOST_FIRST = 60  # other answers from which a second change is looked for
WEIGHT_OF_ASKING = 20  # what is open is settled by far more work than one reckoning
DAYS_IN_A_YEAR = 365
_FIRST_TO_ACT = (AskedOf.APPLICANT, AskedOf.RECORD, AskedOf.OFFICER)


@dataclass(frozen=True)
class Change:
    """One fact made otherwise, named as a question names it (`payments[3].amount`), values as readings write them.

    `by` is how much more or less that is, in the base unit; None where it is another answer.
    """

    fact: str
    now: str
    then: str
    by: Exact | None = None


@dataclass(frozen=True)
class Flip:
    """One change, or two that must come together, with what it leads to and the rules whose verdicts turn it."""

    changes: tuple[Change, ...]
    conclusion: Conclusion
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Flips:
    """The least and nearest first; `left_out` are facts that were not searched to the end."""

    found: tuple[Flip, ...] = ()
    left_out: tuple[str, ...] = ()


class TooManyTried(Exception):
    """Searching this fact to the end would take too long."""


def flips(rules: ResolvedRules, facts: Facts) -> Flips:
    """Two changes are looked for only where no single one is enough, and only if the first is another answer.

    Nothing for a case that is still open: there its questions say what could decide it.
    """
    known = known_facts(rules, facts)
    before = _Before(rules, verdicts(Reckoner(rules, known)))
    if not settled(before.outcome):
        return Flips(left_out=_settled_otherwise(rules, known))
    ways, left_out = _ways(before, _State(known, before.found))
    if not ways and not left_out:
        ways, left_out = _pairs(before, known)
    return Flips(tuple(way.flip for way in sorted(ways, key=_least_first)), tuple(dict.fromkeys(left_out)))


def _settled_otherwise(rules: ResolvedRules, known: Mapping[str, Value]) -> tuple[str, ...]:
    """What is not searched where the rules leave a case open, and only trying every completion settles it."""
    if asked(rules, known).outcome is None:
        return ()
    return tuple(each.name for each in changeable(rules, known, lambda _changes, _fact: False))


@dataclass(frozen=True)
class _State:
    """A case as it is before one more fact is changed, and how it came to be so."""

    known: Mapping[str, Value]
    found: Mapping[str, Answers]
    after: tuple[tuple[Changeable, Change], ...] = ()


@dataclass(frozen=True)
class _Way:
    parts: tuple[tuple[Changeable, Change], ...]
    flip: Flip


class _Before:
    """The case as it was decided."""

    def __init__(self, rules: ResolvedRules, found: Mapping[str, Answers]) -> None:
        self.rules = rules
        self.found = found
        self.outcome = outcome_of(rules, found)

    def decisive(self, after: Mapping[str, Answers]) -> list[str]:
        """The rules without whose new verdict nothing would change; where none is alone in that, all that changed."""
        changed = [rule for rule in after if after[rule] != self.found[rule]]
        alone = [r for r in changed if outcome_of(self.rules, {**after, r: self.found[r]}) == self.outcome]
        return alone or [rule for rule in changed if self.rules.rules[rule].role is not Role.PATH] or changed


def _ways(before: _Before, state: _State) -> tuple[list[_Way], list[str]]:
    """Every nearest change of one fact more, and the facts that could not be searched."""
    done = {each.name for each, _ in state.after}
    ways: list[_Way] = []
    left_out: list[str] = []

    def idle(changes: Changes, fact: str) -> bool:
        return _Trial(before, state, fact).surely(changes) is True

    for each in changeable(before.rules, state.known, idle):
        if each.name in done:
            continue
        trial = _Trial(before, state, each.fact)
        try:
            for value in _turning(each, trial):
                ways.append(trial.way(each, value))  # noqa: PERF401 - what was found stays, however far the search goes
        except TooManyTried:
            left_out.append(each.name)
    return ways, left_out


def _pairs(before: _Before, known: Mapping[str, Value]) -> tuple[list[_Way], list[str]]:
    """Another answer to one fact that is no list, and then the nearest change of another."""
    ways: dict[frozenset[Change], _Way] = {}
    left_out: list[str] = []
    parts = changeable(before.rules, known, lambda _, fact: not _Trial(before, _State(known, before.found), fact).read)
    firsts = [(first, answer) for first in parts if first.name == first.fact for answer in _other_answers(first)]
    for first, answer in firsts[:MOST_FIRST]:
        changed = {**known, **first.put(answer)}
        state = _State(changed, verdicts(Reckoner(before.rules, changed)), ((first, _change(first, answer)),))
        found, unsearched = _ways(before, state)
        left_out += unsearched
        for way in found:
            ways.setdefault(frozenset(way.flip.changes), way)
    return list(ways.values()), left_out + [first.name for first, _ in firsts[MOST_FIRST:]]


class _Trial:
    """One fact tried at other values; rules that do not read it keep their verdicts."""

    def __init__(self, before: _Before, state: _State, fact: str) -> None:
        self._before = before
        self._rules = before.rules
        self._state = state
        self._reading = [rule for rule in self._rules.rules.values() if fact in self._rules.reads[rule.id]]
        self._tried = 0

    @property
    def read(self) -> bool:
        return bool(self._reading)

    def surely(self, changes: Changes) -> bool | None:
        """Whether the outcome surely stays (True) or surely differs (False), whichever of these values it is."""
        outcome = self._outcome(changes)
        if outcome == self._before.outcome:
            return True
        return False if settled(outcome) else None

    def differs(self, changes: Changes) -> bool:
        """For one value: whether the case, decided anew, comes out differently."""
        outcome = self._outcome(changes)
        was = self._before.outcome
        return outcome != was and self._conclusion(changes, outcome) is not CONCLUSIONS[was]

    def way(self, of: Changeable, value: Value) -> _Way:
        after = self._verdicts(of.put(value))
        parts = (*self._state.after, (of, _change(of, value)))
        conclusion = self._conclusion(of.put(value), outcome_of(self._rules, after))
        flip = Flip(tuple(change for _, change in parts), conclusion, tuple(self._before.decisive(after)))
        return _Way(parts, flip)

    def _outcome(self, changes: Changes) -> Answers:
        self._count(1)
        return outcome_of(self._rules, self._verdicts(changes))

    def _verdicts(self, changes: Changes) -> dict[str, Answers]:
        reckoner = Reckoner(self._rules, {**self._state.known, **changes})
        return {**self._state.found, **{rule.id: reckoner.truth(rule.when) for rule in self._reading}}

    def _conclusion(self, changes: Changes, outcome: Answers) -> Conclusion:
        if settled(outcome):
            return CONCLUSIONS[outcome]
        self._count(WEIGHT_OF_ASKING)
        return evaluate_known(self._rules, {**self._state.known, **changes}).conclusion

    def _count(self, weight: int) -> None:
        self._tried += weight
        if self._tried > MOST_TRIED:
            raise TooManyTried


def _change(of: Changeable, value: Value) -> Change:
    now, then = (text_of_value(each, of.type) for each in (of.now, value))
    more = value.lo - of.now.lo if isinstance(value, Span) and isinstance(of.now, Span) else None
    return Change(of.name, now, then, more)


def _other_answers(of: Changeable) -> list[Value]:
    if not isinstance(of.type, Truth | Choice):
        return []
    return [value for value in choices_of(of.type, {}) or () if value != of.now]


def _turning(of: Changeable, trial: _Trial) -> Iterator[Value]:
    """The nearest value below and above that changes the outcome, or every other answer that does."""
    yield from (value for value in _other_answers(of) if trial.differs(of.put(value)))
    if isinstance(of.type, Ordered) and isinstance(of.now, Span):
        least, most, steps = bounds_of(of.type)
        now = int(of.now.lo * steps)
        for away, end in ((-1, least), (1, most)):
            found = _nearest(of, trial, range(now + away, end + away, away), steps)
            if found is not None:
                yield found


def _nearest(of: Changeable, trial: _Trial, values: range, steps: int) -> Value | None:
    """The first of these that changes the outcome."""
    stretches = [values]
    while stretches:
        here = stretches.pop()
        if not here:
            continue
        first = stretch(here[0], here[0], steps)
        if len(here) == 1:
            if trial.differs(of.put(first)):
                return first
            continue
        stays = trial.surely(of.put(stretch(min(here[0], here[-1]), max(here[0], here[-1]), steps)))
        if stays is False:
            return first
        if stays is None:
            half = len(here) // 2
            stretches += [here[half:], here[:half]]
    return None


def _least_first(way: _Way) -> tuple[bool, int, Fraction, list[str]]:
    """What settles the case before what leaves it open; what a person can do alone first; then the least change."""
    asked = max(_FIRST_TO_ACT.index(of.asked_of) for of, _ in way.parts)
    size = sum((_share(of, change) for of, change in way.parts), Fraction(0))
    return (not way.flip.conclusion.adoptable, asked, size, [change.fact for _, change in way.parts])


def _share(of: Changeable, change: Change) -> Fraction:
    """How much of it changes: of a number itself, of a day or month in years; another answer is all of it."""
    if change.by is None:
        return Fraction(1)
    by = abs(Fraction(change.by))
    match of.type:
        case Day():
            return by / (by + DAYS_IN_A_YEAR)
        case Month():
            return by / (by + MONTHS_IN_A_YEAR)
    now = Fraction(of.now.lo) if isinstance(of.now, Span) else Fraction(0)
    return by / max(abs(now), abs(now + change.by))
