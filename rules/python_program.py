"""The program of one policy: source text, compiled once, and the functions that it makes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from rules.durable_compiler import Asked
from rules.durable_sides import ALWAYS
from rules.policies import ResolvedPolicy
from rules.python_expressions import FACTS, Expressions
from rules.python_numbers import compared, times
from rules.python_runtime import CALLABLE, Flaw
from rules.python_scope import flawed, lifted
from rules.python_writer import NOTHING, Here, Said, said
from rules.reads import mentioned
from rules.schema import ResolvedRules, Role, Rule
from rules.tree import And, Compare, Expr, Means, Path
from rules.types import Records, Series

Plain: TypeAlias = int | str | bool | tuple["PlainRow", ...]
PlainRow: TypeAlias = tuple[Plain, ...]
PlainFacts: TypeAlias = Mapping[str, Plain]
Fields: TypeAlias = dict[str, int | str]
Made = TypeVar("Made")

# What a case came to, as numbers: the outcome, the amount, of every rule its code, of every part and value what it
# came to, every fact that was read, and of every list with columns the columns of each item.
Trace: TypeAlias = tuple[
    bool | Flaw,
    int | Flaw | None,
    tuple[int, ...],
    tuple[object, ...],
    tuple[Plain, ...],
    tuple[tuple[tuple[object, ...], ...], ...],
]


def conditions(node: Expr, rules: ResolvedRules) -> tuple[Expr, ...]:
    """What must all hold for a rule to hold, in order: a trace says by number which was the first that did not."""
    match node:
        case And(parts):
            return tuple(inner for part in parts for inner in conditions(part, rules))
        case Path((name,), Means.PART):
            inside = conditions(rules.parts[name].be, rules)
            return inside if len(inside) > 1 else (node,)
    return (node,)


def facts_read(rules: ResolvedRules) -> tuple[str, ...]:
    """The facts that some expression reads, in declared order; what else is declared need not be known."""
    read = mentioned(rules)
    return tuple(name for name in rules.facts if name in read)


@dataclass(frozen=True)
class Source:
    """A function as text, and what it is handed by name."""

    text: str
    constants: Mapping[str, object]

    def made(self) -> Callable[..., object]:
        # Nothing but what CALLABLE lists can be reached: no builtins, no imports, and no name from the policy's text.
        names: dict[str, object] = {"__builtins__": {}, **CALLABLE, **self.constants}
        exec(compile(self.text, "<policy>", "exec"), names)  # noqa: S102 - we wrote the text, see above
        function = names["decide"]
        if not callable(function):
            raise TypeError("A program has no function.")
        return function


@dataclass(frozen=True)
class PythonProgram:
    """Made when first asked for; the functions are pure and take complete facts in plain form."""

    rules: ResolvedRules

    @cached_property
    def reads(self) -> tuple[str, ...]:
        return facts_read(self.rules)

    @cached_property
    def traced(self) -> Callable[[PlainFacts], Trace]:
        return traced(self.rules).made()  # type: ignore[return-value]  # as `traced` writes it

    def values(self, *names: str) -> Callable[[PlainFacts], tuple[object, ...]]:
        """Only what these parts and values come to, and no trace."""
        return untraced(self.rules, names).made()  # type: ignore[return-value]  # as `untraced` writes it

    def engine_fields(self, asked: Asked) -> Callable[[PlainFacts], Fields]:
        """What the rule engine is asked about a case."""
        return fields(self.rules, asked).made()  # type: ignore[return-value]  # as `fields` writes it


MOST_KEPT = 200
_KEPT: dict[str, PythonProgram] = {}


def program_of(policy: ResolvedPolicy) -> PythonProgram:
    """One for each policy hash, which covers all that a program is written from."""
    if policy.hash not in _KEPT:
        while len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[policy.hash] = PythonProgram(policy.rules)
    return _KEPT[policy.hash]


def _function(expressions: Expressions) -> Source:
    lines = [f"def decide({FACTS}):", *(f" {line}" for line in expressions.writer.root.lines)]
    return Source("\n".join(lines) + "\n", expressions.constants)


def _tuple(texts: Sequence[str]) -> str:
    return f"({''.join(f'{text}, ' for text in texts)})"


# -- with a full trace ----------------------------------------------------------------------------------------------


def traced(rules: ResolvedRules) -> Source:
    expressions = Expressions(rules, eager=True)
    listed = {of for of, _ in rules.columns}
    loaded = {name: expressions.load(name) for name in facts_read(rules)}
    facts = [f"{FACTS}[{name!a}]" if name in listed else variable for name, variable in loaded.items()]
    codes = {rule.id: _code(place, rule, expressions) for place, rule in enumerate(rules.rules.values())}
    parts = [_kept(name, expressions) for name in (*rules.parts, *rules.values)]
    amount = "None"
    if rules.amount:
        expressions.ready([rules.amount])
        amount = expressions.value(rules.amount, Here()).text
    columns = list(_columns(expressions))
    outcome = _outcome(rules, codes, expressions)
    read = [_tuple(list(codes.values())), _tuple(parts), _tuple(facts), _tuple(columns)]
    expressions.writer.line(f"return ({outcome}, {amount}, {', '.join(read)})")
    return _function(expressions)


def _kept(name: str, expressions: Expressions) -> str:
    """Of a list only how many items it holds: which they are its condition says."""
    variable, part = expressions.reckon(name), expressions.rules.parts.get(name)
    return f"len({variable})" if part and isinstance(part.be.type, Records | Series) else variable


def _code(place: int, rule: Rule, expressions: Expressions) -> str:
    """0 where a rule holds, else the number of the first of its conditions that does not."""
    code, writer, rules = f"v{place}", expressions.writer, expressions.rules
    parts = conditions(rule.when, rules)
    expressions.ready(parts)
    if any(flawed(part, expressions, Here()) for part in parts):
        answers = [expressions.truth(part, Here()).text for part in parts]
        writer.bind(code, said(f"coded({', '.join(answers)})", NOTHING))
        return code
    named = rule.when.names[0] if isinstance(rule.when, Path) and rule.when.means is Means.PART else ""
    if len(parts) == 1 or (named and expressions.knows(named)):
        whole = expressions.truth(rule.when, Here()).text
        writer.bind(code, said(f"0 if {whole} else {_first_not(parts[:-1], expressions)}{len(parts)}", NOTHING))
        return code
    writer.bind(code, said(f"{_first_not(parts, expressions)}0", NOTHING))
    if named:
        expressions.take(named, f"not {code}")
    return code


def _first_not(parts: Sequence[Expr], expressions: Expressions) -> str:
    texts, bound = list[str](), Here().bound
    for number, part in enumerate(parts, 1):
        found = expressions.truth(part, Here(bound))
        texts.append(f"{number} if not {found.text} else ")
        bound = found.yes
    return "".join(texts)


def _outcome(rules: ResolvedRules, codes: Mapping[str, str], expressions: Expressions) -> str:
    of = {role: [codes[rule.id] for rule in rules.rules.values() if rule.role is role] for role in Role}
    deciding = [rule for rule in rules.rules.values() if rule.role is not Role.PATH]
    doubtful = any(flawed(rule.when, expressions, Here()) for rule in deciding or rules.rules.values())
    if not deciding and of[Role.PATH]:
        return f"any_of({_tuple(of[Role.PATH])})" if doubtful else f"not ({' and '.join(of[Role.PATH])})"
    if doubtful:
        return f"summed_up({', '.join(_tuple(of[role]) for role in (Role.GROUND, Role.CONDITION, Role.EXCLUSION))})"
    needed = [f"not ({' and '.join(of[Role.GROUND])})"] if of[Role.GROUND] else []
    needed += [f"not ({' or '.join(of[Role.CONDITION])})"] if of[Role.CONDITION] else []
    needed += [f"{code} != 0" for code in of[Role.EXCLUSION]]
    return " and ".join(needed) or "True"


def _columns(expressions: Expressions) -> Iterator[str]:
    for of in dict.fromkeys(of for of, _ in expressions.rules.columns):
        places = [expressions.column(of, name) for list_, name in expressions.rules.columns if list_ == of]
        row = "".join(f"each[{place}], " for place in places)
        yield f"(*[({row}) for each in {expressions.load(of)}],)"


# -- without one ----------------------------------------------------------------------------------------------------


def untraced(rules: ResolvedRules, names: Sequence[str]) -> Source:
    expressions = Expressions(rules, eager=False)
    found = [expressions.reckon(name) for name in names]
    expressions.writer.line(f"return {_tuple(found)}")
    return _function(expressions)


# -- for the rule engine --------------------------------------------------------------------------------------------


def fields(rules: ResolvedRules, asked: Asked) -> Source:
    """What is flawed is left out: the engine then finds neither yes nor no."""
    expressions = Expressions(rules, eager=True)
    surely, perhaps, bound = [f"{ALWAYS!a}: 1"], list[str](), Here().bound
    for comparison, name in asked.differences.items():
        lo, hi = ascii(f"{name}_lo"), ascii(f"{name}_hi")
        found = _difference(comparison, expressions, Here(bound))
        if flawed(comparison, expressions, Here()):
            perhaps.append(f"if ({name} := {found.text}).__class__ is not Flaw: found[{lo}] = found[{hi}] = {name}")
        else:
            first, again = expressions.writer.once(found.text)
            surely.append(f"{lo}: {first}, {hi}: {again}")
        bound = found.after
    for fact, name in asked.texts.items():
        text = expressions.fact(fact, Here(bound))
        bound = text.after
        surely.append(f"{name!a}: {text.text}")
    for condition, name in asked.flags.items():
        expressions.ready([condition])
        flag = expressions.truth(condition, Here(bound))
        if flawed(condition, expressions, Here()):
            perhaps.append(f"if ({name} := {flag.text}).__class__ is not Flaw: found[{name!a}] = 1 if {name} else 0")
        else:
            surely.append(f"{name!a}: 1 if {flag.text} else 0")
        bound = flag.after
    expressions.writer.line(f"found = {{{', '.join(surely)}}}")
    for line in perhaps:
        expressions.writer.line(line)
    expressions.writer.line("return found")
    return _function(expressions)


def _difference(comparison: Compare, expressions: Expressions, here: Here) -> Said:
    """Left minus right, as its sign: the engine asks for no more, and every digit goes through two processes."""
    left, right = comparison.left, comparison.right
    expressions.ready([left, right])
    ways = compared(left, right)

    def formula(a: tuple[str, str], b: tuple[str, str]) -> str:
        first, again = expressions.writer.once(f"({times(a[0], ways[0])} - {times(b[0], ways[1])})")
        return f"(1 if {first} > 0 else -1 if {again} else 0)"

    return lifted([left, right], expressions, here, formula)
