"""What a changed policy file changes, in words: versions, values, rules, examples, and the places that feel it."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Frozen
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.authorities import Authority
from cases.wording import Wording
from rules.documents import Item, PolicyFile, Version
from rules.layers import holds_in, in_force
from rules.loading import Mapping, Node, Scalar, Sequence
from rules.policies import PolicyBook
from rules.publishable import Resolution, coming_changes, file_in
from rules.shelf import FileKey
from rules.written import plain

SECTIONS = {
    "parameters": Wording("参数", "parameter"),
    "rules": Wording("规则", "rule"),
    "amount": Wording("金额", "amount"),
    "items": Wording("服务项目", "service"),
    "clocks": Wording("时限", "clock"),
    "reasons": Wording("情形", "reason"),
    "tables": Wording("标准表", "table"),
    "bands": Wording("分档", "band"),
    "derive": Wording("推算", "derived part"),
    "values": Wording("取值", "value"),
    "columns": Wording("列", "column"),
    "plan": Wording("方案", "plan"),
    "hints": Wording("提示", "hint"),
    "limits": Wording("限度", "limit"),
    "bodies": Wording("机构", "body"),
    "payment": Wording("拨付要求", "condition of payment"),
    "subsidies": Wording("补贴的办理", "how a subsidy is handled"),
    "facts": Wording("事实", "fact"),
    "head": Wording("文件头", "head of the file"),
    "examples": Wording("示例", "examples"),
    "repeals": Wording("条款", "clause"),
    "version": Wording("版本", "version"),
    "published": Wording("公布日期", "day of publication"),
    "ends": Wording("最后有效日", "last day"),
}


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    REPEALED = "repealed"

    @property
    def label(self) -> Wording:
        return _WHAT[self]


_WHAT = {
    What.ADDED: Wording("新增", "added"),
    What.CHANGED: Wording("改变", "changed"),
    What.REMOVED: Wording("删去", "left out"),
    What.REPEALED: Wording("废止", "repealed"),
}


@dataclass(frozen=True)
class Change:
    """One thing that differs, as the files write it. `line`: where the new file says it; 0 where it no longer does."""

    what: What
    since: date | None  # the version; None: the file as a whole
    section: str
    id: str
    was: str = ""
    now: str = ""
    line: int = 0

    @property
    def kind(self) -> Wording:
        return SECTIONS.get(self.section, Wording(self.section, self.section))

    @property
    def wording(self) -> Wording:
        """All of it in one sentence."""
        day = f"{self.since} " if self.since else ""
        name = f" {self.id}" if self.id else ""
        values = " → ".join(filter(None, (self.was, self.now)))
        said = f": {values}" if values else ""
        kind, what = self.kind, self.what.label
        return Wording(f"{day}{kind.zh}{name} {what.zh}{said}", f"{day}{kind.en}{name} {what.en}{said}")


@dataclass(frozen=True)
class FileChanges:
    """`layers`: the places within whose files build upon this one."""

    file: str
    changes: tuple[Change, ...]
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """`resolved`: whose policies change, and from when on."""

    files: tuple[FileChanges, ...]
    resolved: tuple[Resolution, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for file in self.files for change in file.changes)


def differences(before: PolicyBook, after: PolicyBook, keys: Iterable[FileKey]) -> Differences:
    files = tuple(_of_key(before, after, key) for key in keys)
    return Differences(files, tuple(coming_changes(before, after)))


def _of_key(before: PolicyBook, after: PolicyBook, key: FileKey) -> FileChanges:
    old, new = file_in(before, key), file_in(after, key)
    within = [
        file.jurisdiction
        for file in after.files.get(key.policy, ())
        if new and file.jurisdiction != key.jurisdiction and holds_in(new, file.jurisdiction)
    ]
    changes = _of_files(old, new) if new else _of_facts(before, after)
    return FileChanges(key.name, tuple(changes), tuple(within))


def _of_facts(before: PolicyBook, after: PolicyBook) -> Iterator[Change]:
    """A file of facts has no versions: what it declares stands from now on."""
    for name in dict.fromkeys((*before.facts_written, *after.facts_written)):
        was, now = before.facts_written.get(name), after.facts_written.get(name)
        if _plain(was) != _plain(now):
            yield _change(None, "facts", name, was, now)


def _of_files(old: PolicyFile | None, new: PolicyFile) -> Iterator[Change]:
    yield from _of_heads(old.header if old else {}, new.header)
    was = {version.since: version for version in old.versions} if old else {}
    now = {version.since: version for version in new.versions}
    for since in sorted({*was, *now}):
        if since not in now:
            yield Change(What.REMOVED, since, "version", "")
            continue
        version = now[since]
        if since not in was:
            yield Change(What.ADDED, since, "version", "", line=version.place.line)
        yield from _of_days(was.get(since), version)
        yield from _of_items(_before(old, version, was), version)
        yield from _of_repeals(was.get(since), version)
        yield from _of_examples(was.get(since), version)


def _of_heads(old: Frozen[str, Node], new: Frozen[str, Node]) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if old and key != "versions" and as_written(was) != as_written(now):
            yield _change(None, "head", key, was, now)


def _of_days(old: Version | None, new: Version) -> Iterator[Change]:
    for section in ("published", "ends"):
        was, now = getattr(old, section, None), getattr(new, section)
        if was != now:
            what = What.CHANGED if was and now else (What.ADDED if now else What.REMOVED)
            yield Change(what, new.since, section, "", str(was or ""), str(now or ""), new.place.line)


def _before(old: PolicyFile | None, version: Version, was: dict[date, Version]) -> dict[tuple[str, str], Item]:
    """What the same version said; of a new one, what was in force the day before it begins."""
    if version.since in was:
        return {item.key: item for item in was[version.since].items}
    layer = in_force(old, version.since - timedelta(days=1), None) if old else None
    return {item.key: item for item in layer.items} if layer else {}


def _of_items(said: dict[tuple[str, str], Item], version: Version) -> Iterator[Change]:
    for item in version.items:
        was = said.get(item.key)
        if item.removed_by:
            if was is None or was.removed_by != item.removed_by:
                place = item.place.line
                by = _clause(item.removed_by)
                yield Change(
                    What.REPEALED,
                    version.since,
                    item.section,
                    item.id,
                    as_written(was.node if was else None),
                    by,
                    place,
                )
        elif was is None or plain(was.node) != plain(item.node) or was.over != item.over:
            yield _change(version.since, item.section, item.id, was.node if was else None, item.node)
    same_version = {each.since for each in said.values()} == {version.since}
    for key, was in said.items():
        if same_version and key not in {item.key for item in version.items}:
            yield _change(version.since, was.section, was.id, was.node, None)


def _of_repeals(old: Version | None, new: Version) -> Iterator[Change]:
    was = {(each.policy, each.clause) for each in old.repeals} if old else set()
    for each in new.repeals:
        if (each.policy, each.clause) not in was:
            name = " ".join((each.policy, "/".join(each.clause or ()))).strip()
            by, line = _clause(each.authority), each.place.line
            yield Change(What.REPEALED, new.since, "repeals", name, now=by, line=line)


def _of_examples(old: Version | None, new: Version) -> Iterator[Change]:
    was, now = ([str(plain(node)) for node in version.examples] if version else [] for version in (old, new))
    if was != now:
        what = What.CHANGED if was else What.ADDED
        yield Change(what, new.since, "examples", "", str(len(was)), str(len(now)), new.place.line)


def _change(since: date | None, section: str, id_: str, was: Node | None, now: Node | None) -> Change:
    if was is None or now is None:
        what = What.ADDED if was is None else What.REMOVED
        return Change(what, since, section, id_, as_written(was), as_written(now), now.place.line if now else 0)
    return Change(What.CHANGED, since, section, id_, *_only_what_differs(was, now), now.place.line)


def _clause(by: Authority) -> str:
    return f"{by.clause} ({by.tag.value})"


def _plain(node: Node | None) -> object:
    return plain(node) if node else None


def _only_what_differs(was: Node, now: Node) -> tuple[str, str]:
    """Of two mappings the entries that differ, and a value's clause with it; of anything else the whole."""
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return as_written(was), as_written(now)
    keys = [
        key
        for key in dict.fromkeys((*was.entries, *now.entries))
        if key in ("authority", "tag") or as_written(was.entries.get(key)) != as_written(now.entries.get(key))
    ]
    return _entries(was, keys), _entries(now, keys)


def _entries(node: Mapping, keys: list[str]) -> str:
    return ", ".join(f"{key}: {as_written(node.entries[key])}" for key in keys if key in node.entries)


def as_written(node: Node | None) -> str:
    """A clause in one line, as its file writes it."""
    match node:
        case Scalar(text):
            return " ".join(text.split())
        case Sequence(items):
            return f"[{', '.join(map(as_written, items))}]"
        case Mapping(entries):
            return f"{{{_entries(node, list(entries))}}}"
        case _:
            return ""
