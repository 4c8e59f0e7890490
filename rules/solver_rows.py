"""Rows of tables that answer for one key and day; rows, steps and clauses that no case can reach."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from cases.canonical import canonical
from cases.wording import Wording
from rules.intervals import GAP, PLAIN, Options, Span, Value
from rules.printer import text_of
from rules.python_program import PythonProgram, Trace
from rules.reckoner import Reckoner
from rules.schema import Band, ByClauses, Clause, ResolvedRules, Row, Table
from rules.solver_analyst import Analyst, Seen
from rules.solver_findings import Finding, Kind
from rules.solver_gaps import flaws_of
from rules.solver_lookups import guards_of, winning
from rules.solver_search import Drawn
from rules.solver_terms import Flag, both, either, opposite
from rules.solver_translation import Translation
from rules.tree import Call, DayLiteral, Expr, Lookup, Means, Path, TruthLiteral
from rules.types import FIRST_DAY, TRUTH, Choice, Day, Month
from rules.units import YearMonth


def overlaps(rules: ResolvedRules) -> Iterator[Finding]:
    """Loading refuses such a table; this looks again, and has each row answer for the same key by itself."""
    for table in rules.tables.values():
        for one, other in combinations(table.rows, 2):
            day = _shared_day(one, other)
            if one.members != other.members or day is None:
                continue
            node = _lookup(table, one.members, day)
            if any(_answer(_only(rules, table, row), node) == GAP for row in (one, other)):
                continue
            said = Wording(
                f"“{table.name}”有两行回答同一项和同一天。", f"Two rows of '{table.name}' answer for one key and day."
            )
            proof = Wording(
                f"评估器：只留其中任何一行，{text_of(node)}都有答案",
                f"the evaluator: with either row alone, {text_of(node)} has an answer",
            )
            keys = {"row": [*one.members, day.isoformat()]}
            yield Finding(
                Kind.OVERLAP,
                table.name,
                (str(one.place), str(other.place)),
                said,
                str(other.place),
                canonical(keys),
                proof=proof,
            )


def _shared_day(one: Row, other: Row) -> date | None:
    """The first day on which both hold; any day where neither says since when."""
    since = max((_first(row) for row in (one, other)), default=FIRST_DAY)
    untils = [_last(row) for row in (one, other) if row.until is not None]
    return date.fromordinal(since) if all(since <= until for until in untils) else None


def _first(row: Row) -> int:
    match row.since:
        case YearMonth() as month:
            return date(month.year, month.month, 1).toordinal()
        case date() as day:
            return day.toordinal()
    return FIRST_DAY


def _last(row: Row) -> int:
    """Of a month its first day is enough: rows begin with months."""
    match row.until:
        case YearMonth() as month:
            return date(month.year, month.month, 1).toordinal()
        case date() as day:
            return day.toordinal()
    raise TypeError("A row without an end has no last day.")


def _lookup(table: Table, members: tuple[str, ...], day: date) -> Lookup:
    enums, keys = iter(members), list[Expr]()
    literal = DayLiteral(day, type=Day(day.toordinal(), day.toordinal()))
    for key in table.keys:
        match key:
            case Choice():
                member = next(enums)
                keys.append(Path((member,), Means.MEMBER, type=Choice((member,))))
            case Month():
                number = YearMonth.of(day).number
                keys.append(Call("month", (literal,), type=Month(number, number)))
            case _:
                keys.append(literal)
    return Lookup(table.name, tuple(keys), type=table.type)


def _only(rules: ResolvedRules, table: Table, row: Row) -> ResolvedRules:
    return replace(rules, tables={**rules.tables, table.name: replace(table, rows=(row,))})


def _answer(rules: ResolvedRules, node: Lookup) -> int:
    found: Value = Reckoner(rules, {}).value(node)
    if isinstance(found, Span | Options):
        return found.kinds
    return GAP if found == GAP else PLAIN


# -- what no case reaches -------------------------------------------------------------------------------------------


def unreached(analyst: Analyst) -> None:
    """Whatever day selects the version: a row of an earlier year is not idle because the policy is younger."""
    for table in analyst.rules.tables.values():
        for place, row in enumerate(table.rows):
            key = "、".join(row.members) or "—"
            said = Wording(
                f"“{table.name}”的一行（{key}，第{row.place.line}行）没有任何情形会用到。",
                f"No case can reach a row of '{table.name}' ({', '.join(row.members) or '-'}, line {row.place.line}).",
            )
            _never(analyst, Finding(Kind.UNREACHED, table.name, row.members, said, str(row.place)), place)
    for band in analyst.rules.bands.values():
        for place, step in enumerate(band.steps, 1):
            if step.value is not None:
                bound = f"{'>=' if step.inclusive else '>'} {step.bound}"
                said = Wording(
                    f"“{band.name}”的一档（{bound}）没有任何情形会用到。",
                    f"No case can reach a step of '{band.name}' ({bound}).",
                )
                _never(analyst, Finding(Kind.UNREACHED, band.name, (bound,), said, str(band.place)), place)


def idle_clauses(analyst: Analyst) -> None:
    """Clauses of a value that never give it: they cannot apply, or are always beaten, or always in conflict."""
    for value in analyst.rules.values.values():
        for place, clause in enumerate(value.clauses):
            said = Wording(
                f"“{value.name}”的“{clause.id}”永远不会给出该值。",
                f"'{clause.id}' of '{value.name}' can never give the value.",
            )
            analyst.never(
                Finding(Kind.NEVER_HOLDS, value.name, (clause.id,), said, str(clause.place)),
                _gives(value, place),
                _differs(analyst, _never_applies(analyst.rules, value, clause)),
                always_seen=False,
            )


def _gives(value: ByClauses, place: int) -> Callable[[Translation], Flag]:
    def flag(translation: Translation) -> Flag:
        wins = winning(value, guards_of(value, translation.top))
        sound = opposite(flaws_of(translation.named(value.name)).conflict)
        return both(wins[place], sound)

    return flag


def _never_applies(rules: ResolvedRules, value: ByClauses, clause: Clause) -> ResolvedRules:
    never = replace(clause, when=TruthLiteral(value=False, type=TRUTH))
    clauses = tuple(never if each is clause else each for each in value.clauses)
    return replace(rules, values={**rules.values, value.name: replace(value, clauses=clauses)})


def _never(analyst: Analyst, finding: Finding, place: int) -> None:
    key = (finding.subject, place)
    if key not in analyst.translation().noted.hits:  # read by nothing here
        return
    analyst.never(
        finding,
        lambda translation: either(*translation.noted.hits.get(key, [])),
        _differs(analyst, _without(analyst.rules, finding.subject, place)),
        always_seen=False,
    )


def _without(rules: ResolvedRules, name: str, place: int) -> ResolvedRules:
    """The same policy whose table lacks the row, or whose band has nothing on the step."""
    if name in rules.tables:
        table = rules.tables[name]
        rows = tuple(row for number, row in enumerate(table.rows) if number != place)
        return replace(rules, tables={**rules.tables, name: replace(table, rows=rows)})
    band: Band = rules.bands[name]
    steps = tuple(replace(step, value=None) if number == place else step for number, step in enumerate(band.steps, 1))
    return replace(rules, bands={**rules.bands, name: replace(band, steps=steps)})


def _differs(analyst: Analyst, other: ResolvedRules) -> Seen:
    """A case reaches what makes a difference to it."""
    program = PythonProgram(other)

    def seen(drawn: Drawn) -> bool:
        return _made(program.traced(analyst.search.plain(drawn.facts))) != _made(drawn.read.trace)

    return seen


def _made(trace: Trace) -> tuple[object, ...]:
    """What was made of the facts; which of them were read may differ."""
    outcome, amount, codes, parts, _, columns = trace
    return outcome, amount, codes, parts, columns
