"""Checking an exported decision log: every leaf, every tile, every signed head, and every byte between them.

The export is lines of canonical JSON, read once from first to last, so that ten million leaves need no memory:

    {"type":"log", "format", "origin", "size"}                 first
    {"type":"key", "key"}                                      the public keys that ever signed
    {"type":"entry", "index", "leaf", "record", "sequenced"}   one for each leaf, in order
    {"type":"tile", "level", "index", "root"}                  after the leaf that filled it
    {"type":"checkpoint", "note"}                              after the last leaf that it covers
    {"type":"end", "note"}                                     last: a signature over the digest of all before it
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from cases.canonical import canonical, from_canonical
from cases.checkpoints import Checkpoint, NotACheckpoint, PublicKey, Verifies, opened, public_key
from cases.merkle import Tile, TiledTree, leaf_hash
from cases.wording import Wording

FORMAT: Final = 1
TILE: Final = 256
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "log": frozenset({"format", "origin", "size"}),
    "key": frozenset({"key"}),
    "entry": frozenset({"index", "leaf", "record", "sequenced"}),
    "tile": frozenset({"level", "index", "root"}),
    "checkpoint": frozenset({"note"}),
    "end": frozenset({"note"}),
}


def origin_of_export(origin: str) -> str:
    """Under which name the digest of a whole export is signed: it is no head of the log."""
    return f"{origin}/export"


@dataclass(frozen=True)
class Finding:
    """What is wrong, and at which line."""

    line: int
    wording: Wording


@dataclass
class LogCheck:
    """Fed line by line; `found` grows, `done` says what the end of the file shows.

    `trusted`: the keys that whoever checks has from elsewhere; none: the file's own are taken, which then prove no more
    than that the file agrees with itself. `kept`: checkpoints that they have from before.
    """

    verifies: Verifies
    trusted: Mapping[str, PublicKey] = field(default_factory=dict)
    kept: Sequence[Checkpoint] = ()
    whole: bool = True  # of a file: with its end; a live log has none
    found: list[Finding] = field(default_factory=list)
    line: int = 0
    checkpoints: int = 0
    newest: Checkpoint | None = None
    origin: str = ""
    size: int = 0
    keys: dict[str, PublicKey] = field(default_factory=dict)
    _tree: TiledTree = field(default_factory=lambda: TiledTree(TILE))
    _tiles: list[Tile] = field(default_factory=list)  # filled, and not yet read
    _digest: Any = field(default_factory=sha256)
    _ended: bool = False

    @property
    def count(self) -> int:
        """How many leaves were read."""
        return self._tree.size

    def feed(self, line: bytes) -> None:
        self.line += 1
        if self._ended:
            self._say("在末行之后还有内容", "something stands after the end")
            return
        try:
            kind, said = _read(line)
            self._require_place(kind)
            self._take(kind, said)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            self._say(f"此行无法采信：{error}", f"this line cannot be relied on: {error}")
        self._digest.update(line)

    def done(self) -> list[Finding]:
        """Everything that is wrong."""
        self.line += 1
        if self.whole and not self._ended:
            self._say("文件没有末行：被截断", "the file has no end: it was cut off")
        if self.count != self.size:
            self._say(
                f"应有{self.size}条，实有{self.count}条", f"{self.size} leaves should be there, and {self.count} are"
            )
        if self.size and (self.newest is None or self.newest.size != self.count):
            self._say("最后的叶没有签名的检查点", "no signed checkpoint covers the last leaves")
        self._missing_tiles()
        for kept in self.kept:
            if kept.size > self.count or kept.origin != self.origin:
                self._say(
                    f"比您保存的检查点（{kept.origin}，{kept.size}条）短，或不是同一日志",
                    f"shorter than the checkpoint you keep ({kept.origin}, size {kept.size}), or another log",
                )
        return self.found

    def _require_place(self, kind: str) -> None:
        """The first line and the keys come before any leaf."""
        first = self.line == 1
        if first != (kind == "log") or (kind == "key" and self.count > 0):
            raise ValueError("a line of this kind does not stand here")

    def _take(self, kind: str, said: Mapping[str, Any]) -> None:
        match kind:
            case "log":
                self._header(said)
            case "key":
                self._key(said)
            case "entry":
                self._entry(said)
            case "tile":
                self._tile(said)
            case "checkpoint":
                self._checkpoint(said)
            case _:
                self._end(said)

    def _header(self, said: Mapping[str, Any]) -> None:
        if said["format"] != FORMAT:
            raise ValueError("a format that this version does not know")
        self.origin, self.size = str(said["origin"]), int(said["size"])

    def _key(self, said: Mapping[str, Any]) -> None:
        key = public_key(said["key"])
        if key.spelled != said["key"] or key.name != self.origin:
            raise ValueError("the key is of another log")
        self.keys[key.id] = key

    def _entry(self, said: Mapping[str, Any]) -> None:
        self._missing_tiles()
        record, leaf = said["record"], bytes.fromhex(said["leaf"])
        wrong = []
        if said["index"] != self.count:
            wrong.append(f"index {said['index']} instead of {self.count}")
        if record is None or leaf_hash(record.encode()) != leaf:
            wrong.append("the record is not that of its leaf")
        elif canonical(from_canonical(record)) != record:
            wrong.append("the record is not canonical")
        if datetime.fromisoformat(said["sequenced"]).tzinfo is None:
            wrong.append("no time zone")
        self._grow(leaf)
        if wrong:
            raise ValueError("; ".join(wrong))

    def _grow(self, leaf: bytes) -> None:
        self._tiles += self._tree.append(leaf)
        for kept in self.kept:
            if kept.size == self.count and kept.root != self._tree.head:
                self._say(
                    f"与您保存的检查点（{kept.size}条）不一致：日志被改写过",
                    f"contradicts the checkpoint you keep (size {kept.size}): the log was rewritten",
                )

    def _tile(self, said: Mapping[str, Any]) -> None:
        expected = self._tiles.pop(0) if self._tiles else None
        if Tile(said["level"], said["index"], bytes.fromhex(said["root"])) != expected:
            raise ValueError("the tile is not that of its leaves")

    def _missing_tiles(self) -> None:
        for tile in self._tiles:
            self._say(f"缺少第{tile.level}层第{tile.index}块", f"tile {tile.index} of level {tile.level} is missing")
        self._tiles.clear()

    def _checkpoint(self, said: Mapping[str, Any]) -> None:
        found = self._opened(said["note"])
        self.checkpoints += 1
        before, self.newest = self.newest, found
        if found.origin != self.origin:
            raise ValueError("the checkpoint is of another log")
        if (found.size, found.root) != (self.count, self._tree.head):
            raise ValueError("the checkpoint is not that of the leaves before it")
        if before and (found.size <= before.size or found.at < before.at):
            raise ValueError("the checkpoint is older than the one before it")

    def _end(self, said: Mapping[str, Any]) -> None:
        self._ended = True
        found = self._opened(said["note"])
        if (found.origin, found.size, found.root) != (origin_of_export(self.origin), self.size, self._digest.digest()):
            raise ValueError("the file was changed after it was signed")

    def _opened(self, note: str) -> Checkpoint:
        try:
            return opened(note, self.trusted or self.keys, self.verifies)
        except NotACheckpoint as error:
            raise ValueError(str(error)) from None

    def _say(self, zh: str, en: str) -> None:
        self.found.append(Finding(self.line, Wording(zh, en)))


def _read(line: bytes) -> tuple[str, Mapping[str, Any]]:
    """A line and its kind. Raises ValueError where it is not one, or is written in any other way."""
    said = from_canonical(line.decode())
    if not isinstance(said, Mapping) or said.keys() != FIELDS.get(str(said.get("type")), frozenset()) | {"type"}:
        raise ValueError("not a line of this format")
    if canonical(said).encode() + b"\n" != line:
        raise ValueError("written in another way")
    return str(said["type"]), said
