"""The book of policies: which rules are in force for a place on a day, all layers under one hash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cases.authorities import Authority
from cases.wording import Wording
from rules import repeals
from rules.amounts import check_amounts, rows_known, with_amounts
from rules.check import check
from rules.declared_facts import evidence_declared, evidence_problems, facts_declared
from rules.documents import Item, PolicyFile, policy_file
from rules.durable_compiler import EnginePolicy, compiled
from rules.durable_limits import UnsafeForEngine
from rules.errors import PolicyError, PolicyRefused, nearest
from rules.kinds import Kind
from rules.layers import Layer, Merged, holds_in, in_force, is_left_open, merge, unlike_layers
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar, load_file
from rules.merged_schema import schema_of
from rules.no_policy import (
    NoPolicyInForce,
    ValuesLeftOpen,
    made_elsewhere,
    not_in_force,
    only_looked_up,
    values_left_open,
)
from rules.places import Place
from rules.reading import Errors, any_mapping, authority, mapping
from rules.schema import Fact, ResolvedRules
from rules.touched import policies_touched
from rules.written import content_of

__all__ = ["NoPolicyInForce", "PolicyBook", "ResolvedPolicy", "ValuesLeftOpen"]

Names = tuple[str, ...]  # of a policy and all layers that it is resolved from, perhaps with a place before them


@dataclass(frozen=True)
class ResolvedPolicy:
    """`version` names every layer, outermost first.

    `content` writes out all that can change an outcome, its wording or its authorities, and `hash` is its SHA-256:
    `rules.content.from_content` builds the policy again from it.
    """

    policy: str
    title: Wording
    kind: Kind
    jurisdiction: str
    version: str
    content: str
    hash: str
    selected_by: str
    rules: ResolvedRules
    merged: Merged

    def items(self, section: str) -> list[Item]:
        return self.merged.section(section)

    def beaten(self, section: str, id_: str) -> list[Authority]:
        """The outer clauses that a nearer one replaced."""
        item = self.merged.items[section, id_]
        return [authority(outer.node) for outer in self.merged.beaten(item) if isinstance(outer.node, MappingNode)]

    @cached_property
    def engine(self) -> EnginePolicy:
        return compiled(self.rules)


@dataclass(frozen=True)
class _OfLayers:
    """What layers come to, made once for all places that have no others."""

    resolved: ResolvedPolicy
    left_open: tuple[Item, ...]

    def of(self, jurisdiction: str) -> ResolvedPolicy:
        if self.left_open:
            raise values_left_open(self.resolved.policy, jurisdiction, self.left_open)
        return replace(self.resolved, jurisdiction=jurisdiction)


@dataclass
class PolicyBook:
    """All policy files of an installation. Loading it checks every version in every place it names."""

    files: dict[str, list[PolicyFile]]
    facts: Mapping[str, Fact]
    facts_written: Mapping[str, Node]
    calendar_hash: str = ""
    evidence: Mapping[str, Wording] = field(default_factory=dict)
    acts: tuple[repeals.Act, ...] = ()  # every repeal that a policy of the book says
    _resolved: dict[Names, ResolvedPolicy] = field(default_factory=dict, repr=False)
    _of_layers: dict[Names, _OfLayers] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, *paths: Path, calendar_hash: str = "") -> "PolicyBook":
        """From files and folders; `calendars` folders hold something else. PolicyRefused with all that is wrong."""
        errors = Errors()
        documents: list[MappingNode] = []
        for path, name in _files(paths):
            with errors.gather():
                documents.append(load_file(path, name))
        errors.refuse()
        return cls.of(*documents, calendar_hash=calendar_hash)

    @classmethod
    def of(cls, *documents: MappingNode, calendar_hash: str = "", earlier: "PolicyBook | None" = None) -> "PolicyBook":
        """`earlier`: a book of mostly the same files; what was resolved there and is the same here is not made anew."""
        book, errors = cls({}, {}, {}, calendar_hash), Errors()
        errors.each(documents, book.add)
        errors.refuse()
        if earlier:
            book._resolved, book._of_layers = earlier.same_in(book)
        book.check()
        return book

    def same_in(self, other: "PolicyBook") -> tuple[dict[Names, ResolvedPolicy], dict[Names, _OfLayers]]:
        """What was resolved here and would come out the same there."""
        touched = policies_touched(self, other)
        resolved = {key: made for key, made in self._resolved.copy().items() if key[1] not in touched}
        return resolved, {key: made for key, made in self._of_layers.copy().items() if key[0] not in touched}

    def add(self, document: MappingNode) -> None:
        if isinstance(kind := document.entries.get("kind"), Scalar) and kind.text == "facts":
            self._declare(mapping(document, ("kind", "evidence", "facts"), ("facts",)))
            return
        file = policy_file(document)
        self._declare(document)
        self.files.setdefault(file.id, []).append(file)
        self.files[file.id].sort(key=lambda each: (each.jurisdiction.count("-"), each.jurisdiction, each.place.file))
        self.acts = repeals.acts_of(self.files)

    def _declare(self, document: MappingNode) -> None:
        """The facts and kinds of evidence that a file declares; each stands in one place only."""
        if "evidence" in document.entries:
            kinds = evidence_declared(document.entries["evidence"])
            twice = sorted(set(kinds) & set(self.evidence))
            if twice:
                raise PolicyError(f"the evidence '{twice[0]}' is declared twice", document.entries["evidence"].place)
            self.evidence = {**self.evidence, **kinds}
        if "facts" not in document.entries:
            return
        found = any_mapping(document.entries["facts"])
        declared = facts_declared(found)
        if again := [fact for fact in declared if fact.name in self.facts]:
            raise PolicyRefused(
                PolicyError(f"the fact '{fact.name}' is also declared at {self.facts[fact.name].place}", fact.place)
                for fact in again
            )
        self.facts = {**self.facts, **{fact.name: fact for fact in declared}}
        self.facts_written = {**self.facts_written, **found.entries}

    def check(self) -> None:
        """Resolve every policy in every place and on every day on which something begins or ends."""
        errors = Errors()
        errors.found += [*unlike_layers(self.files), *repeals.problems(self.files)]
        errors.found += evidence_problems(self.facts.values(), self.evidence)
        errors.refuse()
        for id_, files in self.files.items():
            if files[0].kind is Kind.AMOUNTS:
                with errors.gather():
                    check_amounts(files)
                continue
            for place in {file.jurisdiction for file in files}:
                for day in self.turns(files):
                    with errors.gather():
                        try:
                            _check_engine(self.resolve(id_, place, day))
                        except NoPolicyInForce:
                            continue
        errors.refuse()

    def turns(self, files: Iterable[PolicyFile]) -> list[date]:
        """The days on which something of a policy begins, or is over."""
        versions = [version for file in files for version in file.versions]
        days = {version.since for version in versions}
        days |= {version.ends + repeals.ONE_DAY for version in versions if version.ends}
        return sorted(days | {act.since for act in self.acts if any(map(act.reaches, files))})

    def resolve(self, policy: str, jurisdiction: str, on: date, decided_on: date | None = None) -> ResolvedPolicy:
        """The policy that governs a place on a day, as it could be known on the day of the decision."""
        files = self._holding(policy, jurisdiction, decided_on)
        if files and files[0].kind is Kind.AMOUNTS:
            raise only_looked_up(policy)
        if not files:
            raise made_elsewhere(policy, jurisdiction, self.places(policy))
        layers = tuple(layer for file in files if (layer := in_force(file, on, decided_on)))
        if not layers or layers[0].file.jurisdiction != files[0].jurisdiction:
            raise not_in_force(policy, files[0], on, decided_on)
        amounts = self._amounts(layers, jurisdiction, decided_on)
        read = [layer for _, rows in amounts for layer in rows]
        names: Names = (policy, *(f"{each.file.place.file} {each.name} {each.versions}" for each in (*layers, *read)))
        if (here := (jurisdiction, *names)) not in self._resolved:
            if names not in self._of_layers:
                self._of_layers[names] = self._resolve(layers, amounts)
            self._resolved[here] = self._of_layers[names].of(jurisdiction)
        return self._resolved[here]

    def _holding(self, policy: str, jurisdiction: str, decided_on: date | None) -> list[PolicyFile]:
        files = [file for file in self._named(policy) if holds_in(file, jurisdiction)]
        return [repeals.after_repeals(file, self.acts, decided_on) for file in files]

    def _amounts(
        self, layers: Iterable[Layer], jurisdiction: str, decided_on: date | None
    ) -> list[tuple[str, tuple[Layer, ...]]]:
        """The tables that these layers read from files of amounts, as known on the day of the decision."""
        read: dict[str, Place] = {id_: layer.file.place for layer in layers for id_ in layer.file.reads}
        found: list[tuple[str, tuple[Layer, ...]]] = []
        for id_, place in read.items():
            if id_ not in self.files or self.files[id_][0].kind is not Kind.AMOUNTS:
                tables = [name for name, files in self.files.items() if files[0].kind is Kind.AMOUNTS]
                problem = f"'{id_}' is no policy of the kind 'amounts', so it cannot be read"
                raise PolicyError(problem, place, suggestion=nearest(id_, tables))
            rows = [rows_known(file, decided_on) for file in self.files[id_] if holds_in(file, jurisdiction)]
            found.append((id_, tuple(layer for layer in rows if layer)))
        return found

    def places(self, policy: str) -> list[str]:
        return [file.jurisdiction for file in self._named(policy)]

    def _named(self, policy: str) -> list[PolicyFile]:
        if policy not in self.files:
            meant = nearest(policy, self.files)
            zh, en = (f"是否指“{meant}”？", f" Did you mean '{meant}'?") if meant else ("", "")
            raise NoPolicyInForce(f"没有政策“{policy}”。{zh}", f"There is no policy '{policy}'.{en}")
        return self.files[policy]

    def _resolve(self, layers: tuple[Layer, ...], amounts: Iterable[tuple[str, tuple[Layer, ...]]]) -> _OfLayers:
        merged, innermost = with_amounts(merge(layers), amounts), layers[-1].file
        schema = schema_of(merged, self.facts)
        rules = check(schema)
        left_open = tuple(item for item in merged.items.values() if is_left_open(item))
        content = self._content(innermost.id, merged, [fact.name for fact in schema.facts])
        resolved = ResolvedPolicy(
            policy=innermost.id,
            title=layers[0].file.title,
            kind=innermost.kind,
            jurisdiction=innermost.jurisdiction,
            version=" ".join(layer.name for layer in layers),
            content=content,
            hash=sha256(content.encode()).hexdigest(),
            selected_by=innermost.selected_by,
            rules=rules,
            merged=merged,
        )
        return _OfLayers(resolved, left_open)

    def _content(self, policy: str, merged: Merged, facts: Iterable[str]) -> str:
        calendar = self.calendar_hash if merged.section("clocks") else ""
        written = [(name, self.facts_written[name]) for name in facts]
        return content_of(policy, merged, written, calendar)


def _check_engine(policy: ResolvedPolicy) -> None:
    """What the rule engine cannot be trusted with is refused now, and not when somebody waits for a decision."""
    if not policy.rules.rules:
        return
    try:
        policy.engine  # noqa: B018 - compiled and kept
    except UnsafeForEngine as unsafe:
        place = policy.merged.layers[-1].file.place
        raise PolicyRefused(PolicyError(problem, place) for problem in unsafe.problems) from None


def _files(paths: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, path.name
            continue
        for file in sorted(path.rglob("*.yaml")):
            if "calendars" not in file.relative_to(path).parts:
                yield file, file.relative_to(path).as_posix()
