"""One case while facts are tried out for it: what has been found for some values is not reckoned again."""

from collections.abc import Mapping, Sequence

from rules.atoms import atoms_of, joined
from rules.intervals import Answers, Value
from rules.outcome import targets
from rules.reckoner import Reckoner
from rules.schema import ResolvedRules, Rule
from rules.tree import Expr

Targets = tuple[Answers, ...]
Combination = tuple[Value, ...]


class Case:
    """What is known of it, what that comes to, and which rules it leaves open."""

    def __init__(
        self, rules: ResolvedRules, known: Mapping[str, Value], found: Mapping[str, Answers], undecided: Sequence[Rule]
    ) -> None:
        self.rules = rules
        self.known = known
        self._found = found
        self._undecided = {rule.id: rule for rule in undecided}
        self.atoms = atoms_of([rule.when for rule in undecided], rules)
        self._read_by_atom = {id(atom.node): atom.facts for atom in self.atoms}
        self._read_by_rule = {
            rule.id: tuple({fact for atom in atoms_of([rule.when], rules) for fact in atom.facts}) for rule in undecided
        }
        self._of_atoms: dict[tuple[int, Combination], Answers] = {}
        self._of_rules: dict[tuple[str, Combination], Answers] = {}
        self._of_all: dict[tuple[Answers, ...], Targets] = {}

    def targets(self, values: Mapping[str, Value]) -> Targets:
        """What the outcome and each path come to for these values of unknown facts."""
        answers = tuple(self._rule(rule, values) for rule in self._undecided)
        if answers not in self._of_all:
            found = {**self._found, **dict(zip(self._undecided, answers, strict=True))}
            self._of_all[answers] = targets(self.rules, found)
        return self._of_all[answers]

    def _rule(self, rule: str, values: Mapping[str, Value]) -> Answers:
        key = (rule, tuple(values[fact] for fact in self._read_by_rule[rule] if fact in values))
        if key not in self._of_rules:
            when = self._undecided[rule].when
            self._of_rules[key] = joined(when, self.rules, lambda node: self._atom(node, values))
        return self._of_rules[key]

    def _atom(self, node: Expr, values: Mapping[str, Value]) -> Answers:
        key = (id(node), tuple(values[fact] for fact in self._read_by_atom[id(node)] if fact in values))
        if key not in self._of_atoms:
            self._of_atoms[key] = Reckoner(self.rules, {**self.known, **values}).truth(node)
        return self._of_atoms[key]
