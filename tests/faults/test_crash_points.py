"""A writer dies at every point of a step, before and after each statement: nothing of it is left, or all, once."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine, event, select

from activities.bootstrap import Station, load_policies
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.intake import read_registration
from activities.records import Records
from cases.commands import command
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination
from cases.hardship.needing import OpenNeed
from cases.hardship.placing import RecordPlacement
from cases.hardship.progress import policies_due
from cases.hardship.referring import RecordReferral
from cases.steps import PolicyStep, Step, StepDone
from store.engine import read, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from store.tables.base import METADATA
from tests.faults.lives import AGE, CASEWORKER, OFFICER, TERMS, a_worker, known_facts
from tests.registrations import a_registration

pytestmark = [pytest.mark.slow]

NOW = datetime.now(UTC)
TODAY = day_of(NOW)
Written = TypeVar("Written")


class Died(BaseException):
    """The process is gone: no handler of the product sees this."""


@dataclass
class Death:
    """Comes at one of the points that a transaction passes: before or after a statement, before its commit."""

    at: int
    passed: int = 0

    def point(self, *passing: object) -> None:
        if any(isinstance(each, str) and each.startswith(("PRAGMA", "BEGIN")) for each in passing):
            return  # how a transaction begins is the engine's affair; dying there, it has not
        self.passed += 1
        if self.passed == self.at:
            raise Died


@contextmanager
def deadly(engine: Engine, death: Death) -> Iterator[None]:
    points = ("before_cursor_execute", "after_cursor_execute", "commit")
    for name in points:
        event.listen(engine, name, death.point)
    try:
        yield
    finally:
        for name in points:
            event.remove(engine, name, death.point)


@dataclass
class Writer:
    """Writes steps of one case, dying on the way as often as there are points to die at."""

    station: Station
    rules: EngineProcess
    case: HardshipCase
    deaths: list[int] = field(default_factory=list)

    def has_done(self, act: Act, actor: str) -> None:
        wanted = command(f"key-{self.case.revision}", act, actor)
        step = Step(self.case, f"{self.case.id}/act/{wanted.key}", wanted, NOW)
        records = Records(self.station.engine, self.station.keyring, self.station.policies)
        self.writes(lambda: records.commit_step(step))

    def determines(self) -> None:
        determining = Determining(self.station.engine, self.station.keyring, self.station.policies, self.rules)
        for policy in tuple(policies_due(self.case)):
            key = f"{self.case.id}/determination/{policy}/{self.case.facts_seen}"
            step = PolicyStep(self.case, key, policy, NOW)
            self.writes(lambda step=step: determining.determine(step))  # type: ignore[misc]  # bound in the loop

    def writes(self, try_it: Callable[[], StepDone]) -> None:
        before = everything(self.station.engine)
        done, deaths = dying(self.station.engine, try_it)
        self.deaths.append(deaths)
        assert done.receipt
        assert done.receipt.revision == self.case.revision + 1
        # It died after the commit, before it could say so; and is tried again.
        written = everything(self.station.engine)
        assert try_it() == done
        assert everything(self.station.engine) == written != before
        self.case = done.case_as(HardshipCase)


def dying(engine: Engine, try_it: Callable[[], Written]) -> tuple[Written, int]:
    """Let a writer die at one point after the other, until it comes through: what it wrote, and its deaths."""
    before, deaths = everything(engine), 0
    gc.freeze()  # so that what a death leaves behind is found quickly
    try:
        while True:
            try:
                with deadly(engine, Death(deaths + 1)):
                    return try_it(), deaths
            except Died:
                deaths += 1
            engine.dispose()
            gc.collect()  # its connections end with it, the one whose transaction is open too
            assert everything(engine) == before
    finally:
        gc.unfreeze()


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with read(engine) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


@pytest.fixture
def writer(engine: Engine, keyring: KeyRing, tmp_path: Path) -> Iterator[Writer]:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW - AGE - timedelta(days=10))
    station = Station(engine, keyring, load_policies(), FileStore(tmp_path / "papers"))
    fields = a_registration(worker=a_worker(1), facts=known_facts(TODAY, in_work=False))
    with EngineProcess() as rules:
        yield Writer(station, rules, station.intake.open_case(read_registration(fields), CASEWORKER, NOW - AGE))


def test_a_step_is_written_whole_or_not_at_all(writer: Writer) -> None:
    """Determinations with their records, a decision with its leaf, clocks, papers, messages."""
    writer.determines()
    writer.has_done(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER)
    writer.has_done(OpenNeed("孩子放学后无人看管"), CASEWORKER)
    writer.has_done(RecordReferral("vacancy-1", TODAY), CASEWORKER)
    writer.has_done(RecordPlacement("employer-1", TODAY - timedelta(days=60), TERMS), CASEWORKER)
    assert min(writer.deaths) > 10


def test_an_opening_is_written_whole_or_not_at_all(writer: Writer) -> None:
    engine, intake = writer.station.engine, writer.station.intake
    fields = a_registration(worker=a_worker(2), facts=known_facts(TODAY, in_work=False))
    registration, before = read_registration(fields), everything(engine)
    case, deaths = dying(engine, lambda: intake.open_case(registration, CASEWORKER, NOW - AGE))
    assert deaths > 20
    written = everything(engine)
    assert intake.open_case(registration, CASEWORKER, NOW - AGE) == case
    assert everything(engine) == written != before
