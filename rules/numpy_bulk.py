"""Many cases of one policy decided at once, by a numpy program that is generated from the policy's typed tree.

    decided = bulk(rules).decide(people)

The program depends on the policy and on what is known of everybody: where all facts that are read are known and the
law has no gap in them, it is plain masks and whole numbers; otherwise sets of answers and bounds, as in the evaluator.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np

from rules import numpy_logic
from rules.intervals import YES
from rules.numpy_choosing import normal
from rules.numpy_decided import Bounds, Decided, Named, Sets, Wish
from rules.numpy_joining import all_of, any_of, exactly_no, joined, turned
from rules.numpy_masks import mask_and
from rules.numpy_members import ONE_BYTE
from rules.numpy_scope import Scope
from rules.numpy_text import HIGHEST, WIDE, WORDS, Arr, Key, Operand, Result, Writer
from rules.numpy_values import Items, Member, Num, Truth, Value, certainly
from rules.policies import ResolvedPolicy
from rules.population import Array, Choices, Ids, Lists, Numbers, Population, Shape, Truths
from rules.population_facts import MOST_BITS
from rules.schema import ResolvedRules, Role, Rule
from rules.tree import And, Expr, Means, Path

ROWS_AT_ONCE = 1 << 15  # so many cases that what is reckoned on the way stays in the processor's memory
_ONE_AT_A_TIME = Lock()  # activities decide in threads
MOST_KEPT, MOST_PROGRAMS = 200, 32
PLAIN = Wish()


class Bulk:
    def __init__(self, rules: ResolvedRules) -> None:
        self.rules = rules
        self._programs: dict[tuple[Shape, Wish], Program] = {}

    @property
    def kept(self) -> int:
        """How many programs were written, each for columns of one shape."""
        return len(self._programs)

    def decide(
        self, people: Population, *, why: bool = False, named: Iterable[str] = (), rows: int = ROWS_AT_ONCE
    ) -> Decided:
        """`named`: parts and values whose results are wanted too."""
        return self.program(people, Wish(why, tuple(named))).decide(people, rows)

    def program(self, people: Population, wish: Wish = PLAIN) -> "Program":
        key = (people.shape, wish)
        with _ONE_AT_A_TIME:
            found = self._programs.get(key)
            if found is None:
                _make_room(self._programs, MOST_PROGRAMS)
                found = self._programs[key] = Program(self.rules, people, wish)
        return found


def bulk(rules: ResolvedRules) -> Bulk:
    return Bulk(rules)


_KEPT: dict[str, Bulk] = {}


def bulk_of(policy: ResolvedPolicy) -> Bulk:
    """One for each policy hash, as generating takes longer than deciding one case."""
    with _ONE_AT_A_TIME:
        found = _KEPT.get(policy.hash)
        if found is None:
            _make_room(_KEPT, MOST_KEPT)
            found = _KEPT[policy.hash] = Bulk(policy.rules)
    return found


def _make_room(kept: dict[Any, Any], most: int) -> None:
    """What was made first goes first, so that memory stays what it is however many policies and shapes come along."""
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)


class Program:
    """The program of one policy for columns of one shape."""

    def __init__(self, rules: ResolvedRules, people: Population, wish: Wish) -> None:
        self._writer = Writer()
        self._results: list[Result] = []
        self._scope = Scope(rules, people, self._writer)
        self._assemble = self._written(rules, wish)
        self.text = self._writer.text(self._results)
        del self._scope  # it knows the people for whom the program was written, and the program outlives them
        self._tables = self._writer.tables
        self._run = _compiled(self.text, self._writer.wide)

    # -- writing --------------------------------------------------------------------------------------------------

    def _written(self, rules: ResolvedRules, wish: Wish) -> "Callable[[list[Array]], Decided]":
        found = {rule.id: self._scope.truth(rule.when) for rule in rules.rules.values()}
        verdicts = {id_: self._answers(truth) for id_, truth in found.items()}
        outcome = self._answers(outcome_of(rules, found, self._writer))
        amount = self._bounds(self._scope.number(rules.amount)) if rules.amount else None
        why = {rule.id: self._why(rule) for rule in rules.rules.values()} if wish.why else {}
        named = {name: self._named(self._scope.by_name(name)) for name in wish.named}
        heard = [self._answers(each) for each in self._scope.heard] if wish.heard else []

        def assemble(results: list[Array]) -> Decided:
            return Decided(
                {id_: results[place] for id_, place in verdicts.items()},
                results[outcome],
                amount and amount(results),
                {id_: results[place] for id_, place in why.items()},
                {name: make(results) for name, make in named.items()},
                [results[place] for place in heard],
            )

        return assemble

    def _result(self, result: Result) -> int:
        self._results.append(result)
        return len(self._results) - 1

    def _answers(self, truth: Truth) -> int:
        if truth.mask:
            return self._result(Result((truth.code,), np.uint8, "np.subtract(2, {0}.view(np.uint8), out={out})"))
        return self._result(Result((truth.code,), np.uint8))

    def _bounds(self, number: Num) -> "Callable[[list[Array]], Bounds]":
        found = normal(number, self._writer)
        self._writer.reaches(found.reach)
        low = self._result(Result((found.low,), None))
        high = low if found.exact else self._result(Result((found.high,), None))
        kinds = self._result(Result((found.kinds,), np.uint8))
        return lambda results: Bounds(results[low], results[high], results[kinds], found.denominator)

    def _named(self, value: Value) -> "Callable[[list[Array]], Named]":
        if isinstance(value, Truth):
            place = self._answers(value)
            return lambda results: results[place]
        if isinstance(value, Num):
            return self._bounds(value)
        if isinstance(value, Items) or not isinstance(value, Member):
            raise TypeError("Lists and refs have no column of results.")
        codes = self._result(Result((value.code,), _kind_of(value)))
        kinds = self._result(Result((value.kinds,), np.uint8))
        return lambda results: Sets(value.members, results[codes], results[kinds], value.single)

    def _why(self, rule: Rule) -> int:
        found = [self._scope.truth(each) for each in conditions(rule.when, self._scope.rules)]
        return self._result(standing(found, self._writer))

    # -- running --------------------------------------------------------------------------------------------------

    def decide(self, people: Population, rows: int) -> Decided:
        results = [self._room(each, people.size) for each in self._results]
        refs = [np.array([people.refs.get(ref, -1 - number)]) for number, ref in enumerate(self._writer.refs)]
        for start in range(0, people.size, rows):
            some = people.rows(start, start + rows)
            inputs = [_input(some, key) for key in self._writer.inputs]
            self._run(inputs, self._tables, refs, [result[start : start + rows] for result in results])
        return self._assemble(results)

    def _room(self, result: Result, size: int) -> Array:
        """What is the same for all is held once."""
        kind = result.dtype or self._writer.wide
        if result.constant is None:
            return np.empty(size, kind)
        return np.broadcast_to(np.array(result.constant, kind), size)


def _kind_of(value: Member) -> type[np.generic]:
    if value.single:
        return np.uint8 if len(value.members) <= ONE_BYTE else np.int64
    return np.int64 if len(value.members) <= MOST_BITS else np.object_


Run = Callable[[list[Array], list[Array], list[Array], list[Array]], None]


def _compiled(text: str, wide: type[np.signedinteger[Any]]) -> Run:
    pick = numpy_logic.picked_small if wide is np.int32 else np.where
    names = {**WORDS, WIDE: wide, "pick": pick, HIGHEST.text: wide(np.iinfo(wide).max)}
    exec(compile(text, "<numpy program>", "exec"), names)  # noqa: S102 - written by numpy_text, without a policy's words
    run: Run = names["decide"]
    return run


def _input(people: Population, key: Key) -> Array:  # noqa: PLR0911 one line per column
    *path, which = key
    column = people.column(path)
    match column:
        case Numbers():
            found = column.low if which == "low" else column.high
            return found if found.dtype.kind == "i" else found.astype(np.int64)
        case Choices() if which == "places":
            return column.values.astype(np.uint8, copy=False)
        case Truths() | Choices():
            return column.values
        case Ids() if column.known is not None and which == "known":
            return column.known
        case Ids():
            return column.values
        case Lists() if column.more is not None and which == "more":
            return column.more
        case Lists():
            return column.there
    raise TypeError("The program was written for other columns.")


def outcome_of(rules: ResolvedRules, found: Mapping[str, Truth], writer: Writer) -> Truth:
    """Some ground if there are any, every condition, no exclusion; of a policy of paths alone, whether one is open."""
    role = {role: [found[rule.id] for rule in rules.rules.values() if rule.role is role] for role in Role}
    if role[Role.PATH] and not (role[Role.GROUND] or role[Role.CONDITION] or role[Role.EXCLUSION]):
        return any_of(role[Role.PATH], writer)
    grounds = any_of(role[Role.GROUND], writer) if role[Role.GROUND] else certainly(YES)
    conditions = all_of(role[Role.CONDITION], writer)
    exclusions = all_of([turned(answer, writer) for answer in role[Role.EXCLUSION]], writer)
    return joined("and", joined("and", grounds, conditions, writer), exclusions, writer)


def conditions(when: Expr, rules: ResolvedRules) -> list[Expr]:
    """What must all be so for something to be so, in the order in which it is written."""
    match when:
        case And(parts):
            return [condition for part in parts for condition in conditions(part, rules)]
        case Path((name,), Means.PART):
            return conditions(rules.parts[name].be, rules)
    return [when]


def standing(found: Sequence[Truth], writer: Writer) -> Result:
    """How many conditions stand before the first that surely fails."""
    count: Operand = 0
    stands: Operand = 1
    last: Arr | None = None
    for condition in found:
        if condition.mask or condition.constant == YES:
            holds: Operand = 1 if condition.constant == YES else condition.code
        else:
            fails = exactly_no(condition, writer)
            holds = 1 - fails if isinstance(fails, int) else writer.let("~{0}", fails)
        stands = mask_and(stands, holds, writer)
        if isinstance(stands, int):
            count = writer.let("{0} + {1}", count, stands)
            continue
        if last is not None:
            count = _plus(count, last, writer)
        last = stands
    if last is None:
        return Result((count,), np.int8)
    return Result((count, last), np.int8, "np.add({0}, {1}.view(np.int8), out={out})")


def _plus(count: Operand, mask: Operand, writer: Writer) -> Operand:
    one = writer.let("{0}.view(np.int8)", mask)
    return one if count == 0 else writer.let("{0} + {1}", count, one)
