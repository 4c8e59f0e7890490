"""The policies of a book one after another: what the analysis of each comes to, and which files it covers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.wording import Wording
from rules.errors import PolicyError
from rules.examples import stored_facts
from rules.facts import FactRefused, read_facts
from rules.given import Facts
from rules.kinds import Kind as PolicyKind
from rules.layers import holds_in
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reading import any_mapping, text
from rules.solver_findings import Analysis, Finding, Open, Shortened, Why
from rules.types import LAST_DAY, Records

OPEN: Final = ("gap", "conflict", "unsettled")  # what an example says where the law has no answer, or two


@dataclass(frozen=True)
class Asked:
    """One resolved policy, and the days on which it is the one that governs, both included."""

    policy: ResolvedPolicy
    since: date
    until: date


@dataclass(frozen=True)
class LeftOut:
    """A file that nothing could be asked about."""

    policy: str
    jurisdiction: str
    why: Wording


def asked_of(
    book: PolicyBook, ids: Collection[str] = (), jurisdiction: str = "", on: date | None = None
) -> list[Asked]:
    """Every version in every place that a file names, once each; with a day only what is in force on it."""
    found: dict[str, Asked] = {}
    for id_, files in book.files.items():
        if (ids and id_ not in ids) or files[0].kind is PolicyKind.AMOUNTS:
            continue
        read = {file.jurisdiction for each in files for name in each.reads for file in book.files[name]}
        places = [jurisdiction] if jurisdiction else sorted({file.jurisdiction for file in files} | read)
        for place in places:
            for each in _in_turn(book, id_, place):
                if on is None or each.since <= on <= each.until:
                    found.setdefault(each.policy.hash, each)
    return list(found.values())


def _in_turn(book: PolicyBook, id_: str, place: str) -> Iterator[Asked]:
    turns = book.turns(book.files[id_])
    for number, day in enumerate(turns):
        policy = _resolved(book, id_, place, day)
        if policy is None:
            continue
        following = next(
            (later for later in turns[number + 1 :] if _hash(book, id_, place, later) != policy.hash), None
        )
        until = following - timedelta(days=1) if following else date.fromordinal(LAST_DAY)
        yield Asked(policy, day, until)


def _resolved(book: PolicyBook, id_: str, place: str, on: date) -> ResolvedPolicy | None:
    try:
        return book.resolve(id_, place, on)
    except NoPolicyInForce:
        return None


def _hash(book: PolicyBook, id_: str, place: str, on: date) -> str:
    found = _resolved(book, id_, place, on)
    return found.hash if found else ""


def examples_of(book: PolicyBook, policy: ResolvedPolicy) -> Iterator[tuple[str, Facts]]:
    """The situations of which the files that hold in a place say themselves that the law leaves them open."""
    for file in book.files[policy.policy]:
        for version in file.versions if holds_in(file, policy.jurisdiction) else ():
            for node in version.examples:
                entries = any_mapping(node).entries
                if "facts" not in entries or not _says_open(entries):
                    continue
                with suppress(PolicyError, FactRefused):
                    stored = stored_facts(any_mapping(entries["facts"]), book.facts)
                    yield text(entries["name"]), read_facts(stored, policy.rules.facts).facts


def _says_open(entries: Mapping[str, Node]) -> bool:
    said = [entries[key] for key in ("conclusion", "amount") if key in entries]
    if isinstance(parts := entries.get("parts"), MappingNode):
        said += parts.entries.values()
    return any(isinstance(each, Scalar) and each.text in OPEN for each in said)


def analysed(book: PolicyBook, asked: Asked) -> Analysis:
    from rules.solver_analyst import ITEMS, Analyst, Example  # noqa: PLC0415 - z3 is an optional extra
    from rules.solver_contradictions import contradictions  # noqa: PLC0415 - z3 is an optional extra
    from rules.solver_gaps import gaps  # noqa: PLC0415 - z3 is an optional extra
    from rules.solver_questions import Period  # noqa: PLC0415 - z3 is an optional extra
    from rules.solver_rows import idle_clauses, overlaps, unreached  # noqa: PLC0415 - z3 is an optional extra
    from rules.solver_scope import Untranslated  # noqa: PLC0415 - z3 is an optional extra

    policy = asked.policy
    period = Period(policy.selected_by, asked.since.toordinal(), asked.until.toordinal())
    examples = tuple(Example(*each) for each in examples_of(book, policy))
    analyst, whole = Analyst(policy.rules, period, examples), Analyst(policy.rules, None)
    findings, open_ = list(overlaps(policy.rules)), list[Open]()
    try:
        analyst.what_can_never_be()
        idle_clauses(analyst)
        contradictions(analyst)
        gaps(analyst)
        unreached(whole)
    except (Untranslated, RecursionError) as error:
        asked_ = Wording(f"翻译：{error}", f"the translation: {error}")
        open_.append(Open(policy.policy, asked_, Why.UNTRANSLATED))
    both = (analyst, whole)
    return Analysis(
        policy=policy.policy,
        title=policy.title,
        jurisdiction=policy.jurisdiction,
        version=policy.version,
        hash=policy.hash,
        since=asked.since.isoformat(),
        until=asked.until.isoformat(),
        rules=len(policy.rules.rules),
        questions=sum(each.questions for each in both),
        items=ITEMS[0],
        shortened=tuple(_shortened(policy, analyst.shortened)),
        findings=(*findings, *_once(each for one in both for each in one.findings)),
        open=(*open_, *(each for one in both for each in one.open)),
    )


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    yield from dict.fromkeys(findings)


def _shortened(policy: ResolvedPolicy, names: Collection[str]) -> Iterator[Shortened]:
    for name in names:
        type_ = policy.rules.facts[name].type if name in policy.rules.facts else None
        if isinstance(type_, Records):
            yield Shortened(name, type_.most)


def left_out(book: PolicyBook, asked: Iterable[Asked], ids: Collection[str] = ()) -> Iterator[LeftOut]:
    """The files that are in none of these policies, and why: a table of amounts is in those that look it up."""
    there = {(layer.file.id, layer.file.jurisdiction) for each in asked for layer in each.policy.merged.layers}
    for id_, files in book.files.items():
        for file in files if not ids or id_ in ids else ():
            if (id_, file.jurisdiction) not in there and file.kind is not PolicyKind.AMOUNTS:
                try:
                    book.resolve(id_, file.jurisdiction, file.versions[-1].since)
                except NoPolicyInForce as none:
                    yield LeftOut(id_, file.jurisdiction, none.wording)
