"""What a changed policy file changes, in words: versions, values, rules, examples, and the places that feel it."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Frozen
from dataclasses import dataclass
from datetime import date, timedelta

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
    "facts": Wording("事实", "fact"),
}


@dataclass(frozen=True)
class Change:
    """One thing that differs. `line` is where the new file says it; 0 where it no longer does."""

    what: str  # version-added, version-removed, added, changed, removed, repealed, ends, published, examples
    since: date | None
    section: str
    id: str
    wording: Wording
    line: int = 0


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
        if (plain(was) if was else None) != (plain(now) if now else None):
            yield change_of(None, "facts", name, was, now)


def _of_files(old: PolicyFile | None, new: PolicyFile) -> Iterator[Change]:
    yield from _of_heads(old.header if old else {}, new.header)
    was = {version.since: version for version in old.versions} if old else {}
    now = {version.since: version for version in new.versions}
    for since in sorted({*was, *now}):
        if since not in now:
            text = Wording(f"不再有{since}版", f"There is no version of {since} any more")
            yield Change("version-removed", since, "", "", text)
            continue
        version = now[since]
        if since not in was:
            text = Wording(f"新增{since}版", f"A version of {since} is added")
            yield Change("version-added", since, "", "", text, version.place.line)
        yield from _of_days(was.get(since), version)
        yield from _of_items(_before(old, version, was), version)
        yield from _of_repeals(was.get(since), version)
        yield from _of_examples(was.get(since), version)


def _of_heads(old: Frozen[str, Node], new: Frozen[str, Node]) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if old and key != "versions" and _told(was) != _told(now):
            text = f"{_told(was) or '—'} → {_told(now) or '—'}"
            yield Change(
                "head", None, "head", key, Wording(f"{key}：{text}", f"{key}: {text}"), now.place.line if now else 0
            )


def _of_days(old: Version | None, new: Version) -> Iterator[Change]:
    for what, zh, en in (("published", "公布日期", "day of publication"), ("ends", "最后有效日", "last day")):
        was, now = getattr(old, what, None), getattr(new, what)
        if was != now:
            text = Wording(f"{zh}：{was or '无'} → {now or '无'}", f"{en}: {was or 'none'} → {now or 'none'}")
            yield Change(what, new.since, "", what, text, new.place.line)


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
                yield _repealed(item, version.since)
        elif was is None or plain(was.node) != plain(item.node) or was.over != item.over:
            yield change_of(version.since, item.section, item.id, was.node if was else None, item.node)
    same_version = {each.since for each in said.values()} == {version.since}
    for key, was in said.items():
        if same_version and key not in {item.key for item in version.items}:
            yield change_of(version.since, was.section, was.id, was.node, None)


def _of_repeals(old: Version | None, new: Version) -> Iterator[Change]:
    was = {(each.policy, each.clause) for each in old.repeals} if old else set()
    for each in new.repeals:
        if (each.policy, each.clause) not in was:
            what = f"{each.policy} {'.'.join(each.clause)}" if each.clause else each.policy
            clause = f"{each.authority.clause} ({each.authority.tag.value})"
            text = Wording(f"废止{what}，依据{clause}", f"{what} is repealed, by {clause}")
            yield Change("repealed", new.since, "repeals", what, text, each.place.line)


def _repealed(item: Item, since: date) -> Change:
    name, by = _name(item.section, item.id), item.removed_by
    clause = f"{by.clause} ({by.tag.value})" if by else ""
    text = Wording(f"废止{name.zh}，依据{clause}", f"{name.en} is repealed, by {clause}")
    return Change("repealed", since, item.section, item.id, text, item.place.line)


def change_of(since: date | None, section: str, id_: str, was: Node | None, now: Node | None) -> Change:
    """What one clause said, and says now; None where there is none."""
    name = _name(section, id_)
    if now is None:
        text = Wording(f"删去{name.zh}：{_told(was)}", f"{name.en} is left out: {_told(was)}")
        return Change("removed", since, section, id_, text)
    if was is None:
        text = Wording(f"新增{name.zh}：{_told(now)}", f"{name.en} is added: {_told(now)}")
        return Change("added", since, section, id_, text, now.place.line)
    old, new = _only_what_differs(was, now)
    text = Wording(f"{name.zh}：{old} → {new}", f"{name.en}: {old} → {new}")
    return Change("changed", since, section, id_, text, now.place.line)


def _of_examples(old: Version | None, new: Version) -> Iterator[Change]:
    was, now = ([str(plain(node)) for node in version.examples] if version else [] for version in (old, new))
    added, gone = len(set(now) - set(was)), len(set(was) - set(now))
    if added or gone:
        text = Wording(
            f"示例：新写{added}个，不再有{gone}个", f"Examples: {added} written anew, {gone} no longer there"
        )
        yield Change("examples", new.since, "examples", "", text, new.place.line)


def _name(section: str, id_: str) -> Wording:
    kind = SECTIONS.get(section, Wording(section, section))
    return Wording(f"{kind.zh}“{id_}”", f"{kind.en} '{id_}'")


def _only_what_differs(was: Node, now: Node) -> tuple[str, str]:
    """Of two mappings the entries that differ, and a value's clause with it; of anything else the whole."""
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return _told(was), _told(now)
    keys = [
        key
        for key in dict.fromkeys((*was.entries, *now.entries))
        if key in ("authority", "tag") or _told(was.entries.get(key)) != _told(now.entries.get(key))
    ]
    return _entries(was, keys), _entries(now, keys)


def _entries(node: Mapping, keys: list[str]) -> str:
    return ", ".join(f"{key}: {_told(node.entries[key])}" for key in keys if key in node.entries)


def _told(node: Node | None) -> str:
    match node:
        case Scalar(text):
            return " ".join(text.split())
        case Sequence(items):
            return f"[{', '.join(map(_told, items))}]"
        case Mapping(entries):
            return f"{{{_entries(node, list(entries))}}}"
        case _:
            return ""
