"""What the numpy program says of many cases is what the evaluator says of each, bounds and flaws included."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from rules.given import Facts
from rules.intervals import NO, PLAIN, Options, Span, Value
from rules.numpy_bulk import Bulk, bulk, conditions
from rules.numpy_decided import Bounds, Decided, Named, Sets
from rules.outcome import outcome_of, verdicts
from rules.population_facts import population_of
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from rules.types import Records, Ref, Series, Type
from tests.rules.quick_policies import some_facts

KNOWN = (1.0, 0.85, 0.6)


def drawn(random: Random, rules: ResolvedRules, number: int) -> tuple[list[Facts], list[Facts]]:
    """Cases of which everything is known, and cases of which not."""
    types = {name: fact.type for name, fact in rules.facts.items()}
    whole: list[Facts] = [some_facts(random, types) for _ in range(number)]
    return whole, [some_facts(random, types, KNOWN[turn % len(KNOWN)]) for turn in range(number)]


def with_columns(rules: ResolvedRules) -> list[str]:
    """Parts and values that are no lists and no refs."""
    types: dict[str, Type] = {name: part.be.type for name, part in rules.parts.items()}
    types |= {name: value.clauses[0].be.type for name, value in rules.values.items()}
    return [name for name, type_ in types.items() if not isinstance(type_, Records | Series | Ref)]


def decided(rules: ResolvedRules, cases: Sequence[Facts], program: Bulk | None = None) -> Decided:
    people = population_of(rules, cases)
    return (program or bulk(rules)).decide(people, why=True, named=with_columns(rules), rows=1 + len(cases) // 2)


def differences(
    rules: ResolvedRules, cases: Sequence[Facts], program: Bulk | None = None
) -> Iterator[tuple[int, str, object, object]]:
    """The case, what of it, what the evaluator says, what numpy says."""
    found = decided(rules, cases, program)
    for number, facts in enumerate(cases):
        reckoner = Reckoner(rules, known_facts(rules, facts))
        answers = verdicts(reckoner)
        pairs: list[tuple[str, object, object]] = [
            (rule, answer, int(found.verdicts[rule][number])) for rule, answer in answers.items()
        ]
        pairs.append(("outcome", outcome_of(rules, answers), int(found.outcome[number])))
        if rules.amount and found.amount:
            pairs.append(("amount", reckoner.span(rules.amount), _at(found.amount, number)))
        for name, column in found.named.items():
            pairs.append((name, _plain(reckoner.named(name)), _at(column, number)))
        for rule in rules.rules.values():
            each = [reckoner.truth(condition) for condition in conditions(rule.when, rules)]
            standing = next((place for place, answer in enumerate(each) if answer == NO), len(each))
            pairs.append((f"why {rule.id}", standing, int(found.why[rule.id][number])))
        yield from ((number, what, ours, theirs) for what, ours, theirs in pairs if ours != theirs)


def _plain(value: Value) -> object:
    if isinstance(value, Options):
        return (value.among if value.kinds & PLAIN else None, value.kinds)
    return value


def _at(column: Named, number: int) -> Any:
    match column:
        case Bounds(low, high, kinds, denominator):
            least, most = (Fraction(int(end[number]), denominator) for end in (low, high))
            return Span(least, most, int(kinds[number]))
        case Sets(members, codes, kinds, single):
            code = int(codes[number])
            among = {members[code]} if single else {member for place, member in enumerate(members) if code >> place & 1}
            return (frozenset(among) if kinds[number] & PLAIN else None, int(kinds[number]))
    return int(column[number])
