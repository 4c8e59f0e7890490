"""The snapshot of the population (人口快照): the facts of everybody as columns, without names or numbers of anybody.

There is one at a time, of a day. It is made anew on another day, for facts that it lacks, and at once when somebody was
erased or restricted since: then the old one is removed first, so that nothing of them survives in it.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np
from sqlalchemy import Engine

from activities.snapshot_file import EMPLOYERS, WORKERS, Contents, SnapshotFile, Writer
from cases.canonical import Json
from cases.days import day_of
from cases.failures import Failed
from rules.facts import FactRefused, given
from rules.given import Given
from rules.policies import NoPolicyInForce, PolicyBook
from rules.simulated_columns import Kept, keep
from rules.types import Type
from store.aead import SealBroken
from store.engine import read
from store.keys import KeyRing
from store.organisation import jurisdiction
from store.simulation_facts import (
    Subject,
    employers_after,
    gone,
    listed_trades,
    places,
    population,
    workers_after,
)
from store.ulids import new_id

FOLDER, FILE = "snapshots", "population.snapshot"  # in the data folder
AT_ONCE: Final = 500  # read of the record
IN_A_PART: Final = 16_384
TRIES: Final = 3  # while people are erased meanwhile
NO_TRADE: Final = 0  # also a trade in somebody's own words
Progress = Callable[[int, int], None]  # how many are done, and of how many


def _unseen(_done: int, _of: int) -> None:
    """Nobody watches."""


class SnapshotUnusable(Failed):
    """The file is not as it was written, so that nothing is reckoned with it."""


@dataclass(frozen=True)
class Snapshots:
    """`folder`: where the file lies; each machine has its own."""

    engine: Engine
    keyring: KeyRing
    folder: Path
    part: int = field(default=IN_A_PART)

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def current(self, types: Mapping[str, Type], now: datetime, progress: Progress = _unseen) -> SnapshotFile:
        """That of the day with these facts, made now if there is none. Raises SnapshotUnusable."""
        with self._alone():
            found = self._found()
            if found is None:
                return self._make(types, now, progress)
            with read(self.engine) as connection:
                forgotten = gone(connection) != found.contents.gone
            if forgotten:
                self.remove()
            elif found.contents.day == day_of(now) and set(types) <= set(found.contents.types):
                return found
            return self._make({**found.contents.types, **types}, now, progress)

    def make(self, types: Mapping[str, Type], now: datetime, progress: Progress = _unseen) -> SnapshotFile:
        """A new one, in the place of the one before."""
        with self._alone():
            return self._make(types, now, progress)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _found(self) -> SnapshotFile | None:
        try:
            return SnapshotFile.opened(self.path, self.keyring)
        except FileNotFoundError:
            return None
        except SealBroken as broken:
            raise unusable(broken) from None

    def _make(self, types: Mapping[str, Type], now: datetime, progress: Progress) -> SnapshotFile:
        for _ in range(TRIES):
            made = _Making(self, types, now, progress).made()
            if made is not None:
                return SnapshotFile(self.path, self.keyring, made)
        raise SnapshotUnusable(
            "制作人口快照期间一再有人被删除，请稍后再试。",
            "People were erased again and again while the snapshot was being made: try again in a while.",
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes it, looks at it, or removes it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def unusable(broken: SealBroken) -> SnapshotUnusable:
    return SnapshotUnusable(
        f"人口快照文件与写入时不同，不能使用（{broken}）。请运行 yizhan policy snapshot 重新制作。",
        f"The snapshot of the population is not as it was written, so it is not used ({broken}) "
        "Make it anew: yizhan policy snapshot.",
    )


def facts_read(book: PolicyBook) -> dict[str, Type]:
    """The declared facts that some policy of the book reads, in some version and place."""
    found: dict[str, Type] = {}
    for files in book.files.values():
        for file in files:
            for version in file.versions:
                try:
                    rules = book.resolve(file.id, file.jurisdiction, version.since).rules
                except NoPolicyInForce:
                    continue
                found |= {name: fact.type for name, fact in rules.facts.items() if not fact.moves}
    return dict(sorted(found.items()))


class _Making:
    def __init__(self, snapshots: Snapshots, types: Mapping[str, Type], now: datetime, progress: Progress) -> None:
        self._snapshots, self._types, self._now, self._progress = snapshots, types, now, progress
        self._refs: dict[str, int] = {}  # numbers for ids; forgotten with this object
        self._codes: dict[tuple[str, str], int] = {}
        self._offices: list[tuple[str, str]] = []

    def made(self) -> Contents | None:
        """None: somebody was erased meanwhile, and would have stayed in it."""
        engine, day = self._snapshots.engine, day_of(self._now)
        with read(engine) as connection:
            before, trades, total = gone(connection), listed_trades(connection), sum(population(connection))
            for station, place in places(connection):
                self._code(WORKERS, station, (station, place))
        start = Contents(new_id(self._now), day, self._now, before, self._types, (), ("", *trades))
        numbered = {trade: number for number, trade in enumerate(trades, NO_TRADE + 1)}
        with Writer(self._snapshots.path, self._snapshots.keyring, start) as writer:
            done = 0
            for subject in (WORKERS, EMPLOYERS):
                for some in self._gathered(subject, day):
                    offices = np.array([self._codes[subject, each.office] for each in some])
                    codes = np.array([numbered.get(each.trade, NO_TRADE) for each in some])
                    writer.add(subject, self._columns(some), offices, codes)
                    done += len({each.id for each in some})
                    self._progress(done, total)
            with read(engine) as connection:
                return writer.finish(self._offices) if gone(connection) == before else None

    def _gathered(self, subject: str, day: date) -> Iterator[Sequence[Subject]]:
        """As many as a part holds."""
        waiting: list[Subject] = []
        for some in self._read(subject, day):
            waiting += some
            if len(waiting) >= self._snapshots.part:
                yield waiting
                waiting = []
        if waiting:
            yield waiting

    def _read(self, subject: str, day: date) -> Iterator[Sequence[Subject]]:
        following = workers_after if subject == WORKERS else employers_after
        names, most, last = frozenset(self._types), min(AT_ONCE, self._snapshots.part), ""
        while True:
            with read(self._snapshots.engine) as connection:
                some = following(connection, self._snapshots.keyring, last, most, names, day)
                for office in {each.office for each in some}:
                    if (subject, office) not in self._codes:
                        self._code(subject, office, ("", jurisdiction(connection, office) or ""))
            if not some:
                return
            yield some
            last = some[-1].id

    def _code(self, subject: str, office: str, told: tuple[str, str]) -> None:
        self._codes[subject, office] = len(self._offices)
        self._offices.append(told)

    def _columns(self, some: Sequence[Subject]) -> dict[str, Kept]:
        return {
            name: keep(type_, [_value(name, each.facts.get(name), type_) for each in some], self._refs)
            for name, type_ in self._types.items()
        }


def _value(name: str, plain: Json, type_: Type) -> Given:
    """What does not fit its declaration is not known, as it would be to a determination that could not be made."""
    try:
        return None if plain is None else given(name, plain, type_)
    except FactRefused:
        return None
