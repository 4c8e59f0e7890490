"""Expressions of one policy in Python, and what its names stand for while a program is written.

Identifiers are generated. Of the policy's own text only names of facts, members and ids reach the program, as literals
quoted by `ascii`, and whatever else it declares is handed in by name.
"""

from collections import Counter
from collections.abc import Iterable

from rules import python_lists, python_numbers, python_truths
from rules.declared import beaten_by
from rules.flawless import NO_LISTS, Flaws, Lists, clash, columns_in, ranked
from rules.infer import one_type
from rules.places import NOWHERE
from rules.python_scope import flawed
from rules.python_writer import NOTHING, Here, Item, Said, Writer, said
from rules.reads import names_in
from rules.scaled import denominator_of, only_value, scaled
from rules.schema import ByClauses, ResolvedRules
from rules.tree import Call, Expr, Means, Over, Path, walk
from rules.types import Choice, Records, Ref, Series, Truth, Type
from rules.words import ITEM

LIST_CALLS = ("covers", "covered_days", "most_within", "reach", "distinct")
MOST_INLINE = 40  # parts of an expression that may be written where a part is read, instead of before
FACTS = "facts"  # what the generated function calls its argument


class Expressions:
    """The Scope of the modules that write. `eager`: every part stands on a line of its own."""

    def __init__(self, rules: ResolvedRules, *, eager: bool) -> None:
        self.rules = rules
        self.flaws = Flaws(rules)
        self.writer = Writer()
        self.constants: dict[str, object] = {}
        self._eager = eager
        self._facts = {name: f"x{place}" for place, name in enumerate(rules.facts)}
        self._named = {name: f"p{place}" for place, name in enumerate((*rules.parts, *rules.values))}
        self._with_columns = {of for of, _ in rules.columns}
        self._columns: dict[tuple[str, str], int] = {}  # the place of a column in the row
        self._uses = _uses(rules)

    # -- expressions -----------------------------------------------------------------------------------------------

    def truth(self, node: Expr, here: Here) -> Said:
        return python_truths.truth(node, self, here)

    def value(self, node: Expr, here: Here) -> Said:
        match node.type:
            case Truth():
                return self.truth(node, here)
            case Choice() | Ref():
                return self._text(node, here)
            case Records() | Series():
                doubtful = flawed(node, self, here)
                return said((self.pairs if doubtful else self.rows)(node, here), here.bound)
        return python_numbers.number(node, self, here)

    def rows(self, node: Expr, here: Here) -> str:
        return python_lists.rows(node, self, here)

    def pairs(self, node: Expr, here: Here) -> str:
        return python_lists.pairs(node, self, here)

    def _text(self, node: Expr, here: Here) -> Said:
        """A member or an id."""
        if isinstance(node, Path):
            return self.read(node, here)
        return python_numbers.text_of(node, self, here)

    def constant(self, value: object) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    # -- names -----------------------------------------------------------------------------------------------------

    def read(self, path: Path, here: Here) -> Said:
        name = path.names[0]
        match path.means:
            case Means.FACT:
                return self.fact(name, here)
            case Means.PARAMETER:
                return said(self._parameter(name), here.bound)
            case Means.PART | Means.VALUE:
                return self.named(name, here)
            case Means.MEMBER:
                return said(ascii(name), here.bound)
            case Means.ITEM:
                return said(self._field(here.items[name], path.names[1:]), here.bound)
        raise TypeError(f"'{name}' was not resolved before it was read.")

    def fact(self, name: str, here: Here) -> Said:
        variable = self._facts[name]
        if self.writer.knows(variable, here.bound):
            return said(variable, here.bound)
        if self.writer.looping or isinstance(self.rules.facts[name].type, Records):
            return said(self.load(name), here.bound)
        if self._uses[name] == 1:
            return said(f"{FACTS}[{name!a}]", here.bound)
        return said(f"({variable} := {FACTS}[{name!a}])", here.bound | {variable})

    def load(self, name: str) -> str:
        """A fact on a line of its own, before all that is being written; rows that are given columns are copied."""
        variable, loaded = self._facts[name], f"{FACTS}[{name!a}]"
        with self.writer.at_root():
            if not self.writer.knows(variable, NOTHING):
                own = f"[[*each] for each in {loaded}]" if name in self._with_columns else loaded
                self.writer.bind(variable, said(own, NOTHING))
        return variable

    def _parameter(self, name: str) -> str:
        parameter = self.rules.parameters[name]
        value = parameter.value
        if isinstance(value, str | bool):
            return ascii(value)
        if (point := only_value(parameter.type)) is None:
            raise TypeError(f"The set '{name}' is no value.")
        return repr(scaled(point, denominator_of(parameter.type)))

    def _field(self, item: Item, fields: tuple[str, ...]) -> str:
        if not fields:
            return item.variable
        place = self._columns.get((item.of, fields[0]), item.fields.get(fields[0]))
        if place is None:
            raise TypeError(f"'{fields[0]}' was checked to be a field and is not.")
        return f"{item.variable}[{place}]"

    # -- parts and values ------------------------------------------------------------------------------------------

    def named(self, name: str, here: Here) -> Said:
        variable = self._named[name]
        if self.writer.knows(variable, here.bound):
            return said(variable, here.bound)
        if self._eager or self.writer.looping or self._size(name) > MOST_INLINE:
            self.reckon(name)
            return said(variable, here.bound)
        found = self._written(name, here)
        if self._uses[name] == 1 or found.text.isalnum():
            return found
        return Said(f"({variable} := {found.text})", found.yes | {variable}, found.no | {variable})

    def reckon(self, name: str) -> str:
        """A part or value on a line of its own."""
        variable = self._named[name]
        with self.writer.at_root():
            if not self.writer.knows(variable, NOTHING):
                self.writer.bind(variable, self._written(name, Here()))
        return variable

    def take(self, name: str, text: str) -> None:
        """A part is known under another name already."""
        self.writer.bind(self._named[name], said(text, NOTHING))

    def knows(self, name: str) -> bool:
        return self.writer.knows(self._named[name], NOTHING)

    def _written(self, name: str, here: Here) -> Said:
        part = self.rules.parts.get(name)
        if part:
            self.ready([part.be])
            return self.value(part.be, here)
        value = self.rules.values[name]
        self.ready(_trees(value))
        return self._by_clauses(value, here)

    def _by_clauses(self, value: ByClauses, here: Here) -> Said:
        """Where one clause surely wins, the first of the ranked that holds; else who wins is found out first."""
        type_ = one_type(tuple(clause.be for clause in value.clauses), NOWHERE)
        guards = [clause.when for clause in value.clauses if clause.when]
        if clash(value) or any(flawed(guard, self, here) for guard in guards):
            return self._contested(value, type_, here)
        texts, bound, ends = list[str](), here.bound, list[frozenset[str]]()
        for clause in ranked(value):
            guard = self.truth(clause.when, here.knowing(bound)) if clause.when else None
            be = self._be(clause.be, type_, here.knowing(guard.yes if guard else bound))
            ends.append(be.after)
            if guard is None:
                texts.append(be.text)
                break
            texts.append(f"{be.text} if {guard.text} else ")
            bound = guard.no
        return said(f"({''.join(texts)})", frozenset.intersection(*ends))

    def _contested(self, value: ByClauses, type_: Type, here: Here) -> Said:
        beats = self.constant(_places_beaten(value))
        guards = [self.truth(clause.when, here).text if clause.when else "True" for clause in value.clauses]
        winner = self.writer.fresh("w")
        first = f"({winner} := won({beats}, ({''.join(f'{guard}, ' for guard in guards)})))"
        texts = [
            f"{self._be(clause.be, type_, here).text} if {winner if place else first} == {place} else "
            for place, clause in enumerate(value.clauses)
        ]
        return said(f"({''.join(texts)}{winner})", here.bound)

    def _be(self, node: Expr, type_: Type, here: Here) -> Said:
        if python_numbers.is_ordered(type_):
            return python_numbers.over(node, denominator_of(type_), self, here)
        return self.value(node, here)

    def _size(self, name: str) -> int:
        """How much would be written for a part that is not known yet; more than any limit if it takes lines."""
        if self.knows(name):
            return 0
        part = self.rules.parts.get(name)
        trees = [part.be] if part else _trees(self.rules.values[name])
        nodes = [node for tree in trees for node in walk(tree)]
        if any(isinstance(node, Over) or (isinstance(node, Call) and node.name in LIST_CALLS) for node in nodes):
            return MOST_INLINE + 1
        size = len(nodes)
        for node in nodes:
            if isinstance(node, Path) and node.names[0] in self._named and size <= MOST_INLINE:
                size += self._size(node.names[0])
        return size

    # -- columns ---------------------------------------------------------------------------------------------------

    def ready(self, trees: Iterable[Expr], lists: Lists = NO_LISTS) -> None:
        """Every column that these expressions read is in its list before they are written."""
        for tree in trees:
            for of, name in columns_in(tree, self.rules, lists):
                self.column(of, name)

    def column(self, of: str, name: str) -> int:
        """The place of a column in the rows of its list, at whose ends it is written."""
        if (of, name) in self._columns:
            return self._columns[of, name]
        column, type_ = self.rules.columns[of, name], self.rules.facts[of].type
        if not isinstance(type_, Records):
            raise TypeError(f"'{of}' was checked to be a list and is not.")
        self.ready([column.be], {ITEM: of})
        places = {field: place for place, (field, _) in enumerate(type_.fields)}
        place = len(places) + sum(each == of for each, _ in self._columns)
        with self.writer.at_root():
            item = Item(self.writer.fresh("r"), of, places)
            with self.writer.block(f"for {item.variable} in {self.load(of)}:"):
                value = self.value(column.be, Here().binding(ITEM, item)).text
                self.writer.line(f"{item.variable}.append({value})")
        self._columns[of, name] = place
        return place


def _trees(value: ByClauses) -> list[Expr]:
    return [tree for clause in value.clauses for tree in (clause.when, clause.be) if tree]


def _places_beaten(value: ByClauses) -> tuple[frozenset[int], ...]:
    places = {clause.id: place for place, clause in enumerate(value.clauses)}
    beats = beaten_by(value)
    return tuple(frozenset(places[beaten] for beaten in beats[clause.id]) for clause in value.clauses)


def _uses(rules: ResolvedRules) -> Counter[str]:
    """How often each name is written in the policy."""
    trees = [rule.when for rule in rules.rules.values()]
    trees += [part.be for part in rules.parts.values()]
    trees += [tree for value in rules.values.values() for tree in _trees(value)]
    trees += [column.be for column in rules.columns.values()]
    trees += [rules.amount] if rules.amount else []
    return Counter(name for tree in trees for name in names_in(tree))
