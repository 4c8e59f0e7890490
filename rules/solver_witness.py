"""A witness as it is kept and shown, and what the evaluator makes of exactly that: the proof of a finding."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from cases.canonical import Json, canonical, from_canonical
from cases.wording import Wording
from rules.evaluate import Evaluation, evaluate_known
from rules.facts import StoredFact, read_facts
from rules.given import Given, Listed
from rules.intervals import CONFLICT, GAP, NO, YES, Answers
from rules.reckoner import Reckoner, known_facts
from rules.schema import Fact, ResolvedRules
from rules.shown import shown
from rules.solver_findings import FactTold
from rules.types import Records, Type
from rules.units import YearMonth

ANSWERS: Mapping[Answers, Wording] = {
    YES: Wording("成立", "yes"),
    NO: Wording("不成立", "no"),
    GAP: Wording("法规未规定", "a gap of the law"),
    CONFLICT: Wording("规定冲突", "a conflict of the law"),
}


def written(facts: Mapping[str, Given]) -> str:
    """As the record keeps facts, and as `yizhan policy explain --facts` takes them: YAML reads JSON."""
    return canonical({name: _json(value) for name, value in facts.items()})


def _json(value: Given) -> Json:
    match value:
        case Listed(items):
            rows: list[Json] = [{name: _json(each) for name, each in item.items()} for item in items]
            return {"complete": True, "items": rows}
        case date() | YearMonth():
            return str(value)
        case bool() | int() | str():
            return value
        case Fraction():
            return str(value)
    raise TypeError("A witness knows every fact.")


class Proof:
    """A witness, read back from what was written and decided by the evaluator."""

    def __init__(self, rules: ResolvedRules, witness: str) -> None:
        stored = {name: StoredFact(canonical(value)) for name, value in _object(witness).items()}
        self.known = known_facts(rules, read_facts(stored, rules.facts).facts)
        self.evaluation: Evaluation = evaluate_known(rules, self.known)
        self.reckoner = Reckoner(rules, self.known)
        self.answers = {result.rule.id: result.answers for result in self.evaluation.results}

    @property
    def outcome(self) -> Answers:
        return self.evaluation.outcome

    @property
    def amount(self) -> Answers:
        """Whether the amount is ordinary (`YES`), a gap or a conflict."""
        return self.evaluation.amount.kinds if self.evaluation.amount else YES


Proves = Callable[[Proof], bool]


def told(witness: str, declared: Mapping[str, Fact]) -> Iterator[FactTold]:
    for name, value in _object(witness).items():
        fact = declared[name]
        if isinstance(fact.type, Records):
            yield from _items(name, value, fact)
        else:
            yield FactTold(name, fact.label, _text(value, fact.type, fact.given_in))


def _items(name: str, value: Json, fact: Fact) -> Iterator[FactTold]:
    """A list item by item; one without items says so."""
    items = value["items"] if isinstance(value, dict) else []
    if not isinstance(items, list) or not items:
        yield FactTold(name, fact.label, Wording("没有", "none"))
        return
    units = {field.name: field for field in fact.fields}
    for number, item in enumerate(items, 1):
        for field, each in item.items() if isinstance(item, dict) else ():
            one = units[field]
            label = Wording(f"{fact.label.zh}（{number}）：{one.label.zh}", f"{fact.label.en} {number}: {one.label.en}")
            yield FactTold(f"{name}[{number}].{field}", label, _text(each, one.type, one.given_in))


def _text(value: Json, type_: Type, given_in: str) -> Wording:
    """A list inside a list is shown as it is written."""
    if isinstance(value, Mapping):
        return Wording(canonical(value), canonical(value))
    return shown(type_, str(value).lower() if isinstance(value, bool) else str(value), given_in)


def _object(witness: str) -> dict[str, Json]:
    found = from_canonical(witness)
    if not isinstance(found, dict):
        raise TypeError("A witness is an object of facts.")
    return found
