"""What was law and is so no longer (废止): a policy or a clause stays in the book, and shows as repealed.

A version of one policy repeals another, or one clause of it, in its own place and in the places within. The repealed
file is never edited: it is read as if its last day were the day before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.authorities import Authority
from cases.wording import Wording
from rules.documents import Item, PolicyFile, Repeal, Version
from rules.errors import PolicyError, nearest
from rules.kinds import Kind
from rules.layers import holds_in, in_force, versions_known
from rules.loading import Mapping as MappingNode
from rules.loading import Scalar
from rules.reading import wording

ONE_DAY = timedelta(days=1)
Files = Mapping[str, Sequence[PolicyFile]]


@dataclass(frozen=True)
class Act:
    """A repeal with the version that says it."""

    repeal: Repeal
    by: PolicyFile
    since: date
    published: date | None

    def reaches(self, file: PolicyFile) -> bool:
        return file.id == self.repeal.policy and holds_in(self.by, file.jurisdiction)


@dataclass(frozen=True)
class Repealed:
    """One policy of a place, or one clause (`rules/long-wait`), with its last day.

    `authority` is the clause that ended it, where one is named.
    """

    policy: str
    title: Wording
    jurisdiction: str
    clause: str
    last_day: date
    authority: Authority | None


def acts_of(files: Files) -> tuple[Act, ...]:
    """Every repeal that any policy of the book says, the earliest first."""
    acts = [
        Act(repeal, file, version.since, version.published)
        for each in files.values()
        for file in each
        for version in file.versions
        for repeal in version.repeals
    ]
    return tuple(sorted(acts, key=lambda act: act.since))


def after_repeals(file: PolicyFile, acts: Iterable[Act], decided_on: date | None) -> PolicyFile:
    """The file as the repeals that reach it leave it; one that was not yet published could not be known."""
    for act in acts:
        if act.reaches(file) and not (decided_on and act.published and act.published > decided_on):
            file = replace(file, versions=tuple(_repealed(file.versions, act)))
    return file


def _repealed(versions: Sequence[Version], act: Act) -> Iterator[Version]:
    before = [version for version in versions if version.since < act.since]
    later = [version for version in versions if version.since >= act.since]
    if not before:
        yield from versions
        return
    last = before[-1]
    if act.repeal.clause is None:
        yield from before[:-1]
        over = not last.ends or last.ends >= act.since
        yield replace(last, ends=act.since - ONE_DAY, ended_by=act.repeal.authority) if over else last
    else:
        yield from before
        yield _without(act, act.repeal.clause, last)
    yield from later


def _without(act: Act, clause: tuple[str, str], last: Version) -> Version:
    """A version that takes the clause back, and runs as long as the one it comes out of."""
    section, id_ = clause
    place = act.repeal.place
    node = MappingNode({}, place)
    gone = Item(section, id_, node, place, act.since, act.by.jurisdiction, removed_by=act.repeal.authority)
    return Version(act.since, (gone,), act.published, last.ends, (), place=place)


def repealed(files: Files, jurisdiction: str, on: date, decided_on: date | None = None) -> tuple[Repealed, ...]:
    """All that was in force in a place and is repealed on a day, by policy and then by last day."""
    found = [each for each, _ in _all_gone(files, jurisdiction, on, decided_on)]
    return tuple(sorted(found, key=lambda each: (each.policy, each.last_day, each.clause)))


def clauses_repealed(files: Files, policy: str, jurisdiction: str, on: date) -> tuple[tuple[Item, Repealed], ...]:
    """The clauses of one policy that are repealed on a day, as they were said."""
    gone = _all_gone({policy: files[policy]}, jurisdiction, on, None, acts_of(files))
    return tuple((item, each) for each, item in gone if item)


def _all_gone(
    files: Files, jurisdiction: str, on: date, decided_on: date | None, acts: Sequence[Act] = ()
) -> Iterator[tuple[Repealed, Item | None]]:
    for policy in files.values():
        for file in policy:
            if holds_in(file, jurisdiction):
                yield from _of_file(after_repeals(file, acts or acts_of(files), decided_on), on, decided_on)


def _of_file(file: PolicyFile, on: date, decided_on: date | None) -> Iterator[tuple[Repealed, Item | None]]:
    known = [version for version in versions_known(file, decided_on) if version.since <= on]
    said: dict[tuple[str, str], Item] = {}
    for version in known:
        for item in version.items:
            if item.removed_by and item.key in said and not item.over:
                gone, last_day = said.pop(item.key), version.since - ONE_DAY
                title, clause = _title(gone, file), "/".join(item.key)
                yield Repealed(file.id, title, file.jurisdiction, clause, last_day, item.removed_by), gone
            elif not item.removed_by:
                said[item.key] = item
        if version.ends and version.ends < on:
            yield Repealed(file.id, file.title, file.jurisdiction, "", version.ends, version.ended_by), None
            said = {}


def _title(item: Item, file: PolicyFile) -> Wording:
    """The sentence that a reader knows a rule by; the policy's title for anything else."""
    entries = item.node.entries if isinstance(item.node, MappingNode) else {}
    sentence = entries.get("reason") or entries.get("title")
    return wording(sentence) if sentence and not isinstance(sentence, Scalar) else file.title


def problems(files: Files) -> Iterator[PolicyError]:
    """Repeals of what is not there, or not theirs to repeal."""
    acts = acts_of(files)
    for act in acts:
        yield from _problem(act, files, acts)


def _problem(act: Act, files: Files, acts: Sequence[Act]) -> Iterator[PolicyError]:
    repeal, place = act.repeal, act.repeal.place
    if repeal.policy not in files:
        yield PolicyError(f"there is no policy '{repeal.policy}' to repeal", place,
                          suggestion=nearest(repeal.policy, files))  # fmt: skip
        return
    if repeal.policy == act.by.id:
        yield PolicyError("a policy ends itself with 'ends', and a clause of its own with 'removed'", place)
        return
    if files[repeal.policy][0].kind is Kind.AMOUNTS:
        yield PolicyError("amounts are not repealed as a whole", place, expected="until: … on each row")
        return
    day_before = act.since - ONE_DAY
    others = [other for other in acts if other.since < act.since]
    reached = [after_repeals(file, others, None) for file in files[repeal.policy] if act.reaches(file)]
    in_force_then = [layer for file in reached if (layer := in_force(file, day_before, None))]
    if not in_force_then:
        where = act.by.jurisdiction
        problem = f"nothing of '{repeal.policy}' in {where} is in force on {day_before}, so nothing is repealed"
        yield PolicyError(problem, place)
    elif repeal.clause and not any(item.key == repeal.clause for layer in in_force_then for item in layer.items):
        known = ["/".join(item.key) for layer in in_force_then for item in layer.items]
        clause = "/".join(repeal.clause)
        yield PolicyError(f"'{repeal.policy}' says no '{clause}' on {day_before}", place,
                          suggestion=nearest(clause, known))  # fmt: skip
