"""Recorded decisions against a bare row of the same database: what it costs that a determination can be proved.

A recorded determination is the row that keeps it sealed, and its pending leaf of the decision log with a commitment to
every fact and finding, which waits for its index from then on. The bare row holds as many bytes as these take together,
in the clear, and nothing else; it is written as SQLAlchemy writes rows.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import psycopg
from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, Text, insert, select

from activities.engine_process import EngineProcess
from activities.leaves import Made, record_determination, record_determinations
from bench.processes import cpu_seconds
from bench.rules_agreed import a_shipped_policy
from bench.rules_measuring import Row, Work, against, each, rate
from cases.canonical import canonical
from cases.determinations import Determination
from cases.hardship.case import HardshipCase
from rules.decisions import determine
from rules.facts import StoredFact
from rules.policies import ResolvedPolicy
from store.aead import Key
from store.engine import make_engine, read, write
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.migrate import upgrade
from store.person_keys import person_key
from store.seed import plant_examples
from store.tables.cases import determination_record, log_pending
from store.ulids import new_id
from tests.databases import postgres_cluster
from tests.rules.quick_policies import kept_facts, some_facts
from tests.store.casework import opened_case

AIM: Final = 0.5
DIFFERENT: Final = 200  # determinations, told again and again under new ids
AT_ONCE: Final = 500  # rows in a transaction
CHUNK: Final = 200
BARE: Final = Table("bench_bare", MetaData(), Column("id", Text, primary_key=True), Column("payload", LargeBinary))


@dataclass(frozen=True)
class Desk:
    """A case in a database, and determinations of it to be recorded."""

    engine: Engine
    keyring: KeyRing
    case: HardshipCase
    key: Key
    made: Sequence[Determination]
    payload: bytes

    def bare(self) -> None:
        with write(self.engine) as connection:
            connection.execute(insert(BARE), {"id": new_id(_now()), "payload": self.payload})

    def bare_together(self, number: int) -> None:
        with write(self.engine) as connection:
            rows = [{"id": new_id(_now()), "payload": self.payload} for _ in range(number)]
            connection.execute(insert(BARE), rows)

    def recorded(self, made: Determination) -> None:
        at = _now()
        step = new_id(at)
        with write(self.engine) as connection:
            record_determination(connection, self.keyring, Made(self.case, step, made, step, self.key), at)

    def recorded_together(self, made: Sequence[Determination]) -> None:
        at = _now()
        ids = [new_id(at) for _ in made]
        with write(self.engine) as connection:
            many = [Made(self.case, id_, each, id_, self.key) for id_, each in zip(ids, made, strict=True)]
            record_determinations(connection, self.keyring, many, at)


def rows(chunks: int) -> Iterator[Row]:
    made = determinations()
    yield _deciding()
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with TemporaryDirectory(prefix="yizhan-bench-") as folder, database(Path(folder)) as url:
            desk = _desk(url, Path(folder), made)
            yield from _against_bare(name, desk, chunks)
            desk.engine.dispose()


def _against_bare(name: str, desk: Desk, chunks: int) -> Iterator[Row]:
    ways: tuple[tuple[str, Work, Work], ...] = (
        ("one by one", _times(desk.bare, CHUNK), each(desk.recorded, desk.made[:CHUNK])),
        (
            f"{AT_ONCE} in a transaction",
            lambda: _done(desk.bare_together, AT_ONCE),
            lambda: _done(lambda number: desk.recorded_together(_cycled(desk.made, number)), AT_ONCE),
        ),
    )
    for way, bare, recorded in ways:
        cpu = _Processor()
        plain, rates, ratio = against(cpu.of(bare), cpu.of(recorded), chunks, time.perf_counter)
        own = cpu.microseconds(bare) / cpu.microseconds(recorded)
        note = f"bare rows of {len(desk.payload):,} bytes: {median(plain):,.0f}/s; "
        note += f"ratio of our processor time {own:.2f}"
        yield Row(f"recorded, {name}, {way}", median(rates), ratio, AIM, note=note)


class _Processor:
    """What each kind of work takes of our own processor time, beside what it takes on the wall."""

    def __init__(self) -> None:
        self._taken: dict[int, list[float]] = {}

    def of(self, work: Work) -> Work:
        taken = self._taken.setdefault(id(work), [])

        def measured() -> int:
            began = time.process_time()
            done = work()
            taken.append((time.process_time() - began) / done)
            return done

        return measured

    def microseconds(self, work: Work) -> float:
        return 1e6 * median(self._taken[id(work)])


def _deciding() -> Row:
    """For comparison: coming to a whole determination, with its questions, shortfalls and turning day."""
    policy, stored = _told()
    with EngineProcess(children=1) as engine:
        determined = each(lambda facts: determine(policy, facts, engine.verdicts), stored)
        rates = [rate(determined, lambda: cpu_seconds(os.getpid())) for _ in range(3)]
    return Row("a whole determination, not recorded", median(rates), note="a second and core")


def determinations() -> list[Determination]:
    policy, stored = _told()
    with EngineProcess(children=1) as engine:
        return [determine(policy, each, engine.verdicts) for each in stored]


def _told() -> tuple[ResolvedPolicy, list[Mapping[str, StoredFact]]]:
    policy, _ = a_shipped_policy()
    types = {name: fact.type for name, fact in policy.rules.facts.items()}
    random = Random(7)  # noqa: S311 - dice
    told = [kept_facts(some_facts(random, types), types) for _ in range(DIFFERENT)]
    return policy, [{name: StoredFact(canonical(value)) for name, value in facts.items()} for facts in told]


def _desk(url: str, folder: Path, made: Sequence[Determination]) -> Desk:
    engine, keyring = make_engine(url), open_or_create_key_ring(folder / "master.key")
    upgrade(engine)
    with write(engine) as connection:
        BARE.create(connection)
        plant_examples(connection, keyring, _now())
        case = opened_case(connection, keyring)
        key = person_key(connection, keyring, case.worker_id)
    desk = Desk(engine, keyring, case, key, made, b"")
    desk.recorded_together(made)
    return replace(desk, payload=secrets.token_bytes(_bytes_each(engine)))


def _bytes_each(engine: Engine) -> int:
    """How much a recorded determination takes, without the ids and instants that a bare row has too or are few."""
    with read(engine) as connection:
        sealed = connection.execute(select(determination_record.c.detail_sealed)).scalars().all()
        leaves = connection.execute(select(log_pending.c.record, log_pending.c.leaf, log_pending.c.receipt)).all()
    taken = sum(map(len, sealed)) + sum(len(row.record.encode()) + len(row.leaf) + len(row.receipt) for row in leaves)
    return taken // len(sealed)


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/recorded.db"


@contextmanager
def _postgres(_: Path) -> Iterator[str]:
    """A cluster that flushes every commit, as one in use does and the tests' own does not."""
    with postgres_cluster() as cluster:
        url = cluster.empty_database()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = on")
            connection.execute("ALTER SYSTEM SET full_page_writes = on")
            connection.execute("SELECT pg_reload_conf()")
        yield url


def _now() -> datetime:
    return datetime.now(UTC)


def _times(one: Callable[[], None], number: int) -> Work:
    def work() -> int:
        for _ in range(number):
            one()
        return number

    return work


def _done(together: Callable[[int], None], number: int) -> int:
    together(number)
    return number


def _cycled(made: Sequence[Determination], number: int) -> list[Determination]:
    return [made[place % len(made)] for place in range(number)]
