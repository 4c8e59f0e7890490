"""The decision log: what a leaf costs beside a bare row of the same database, and what the tree costs by itself.

make bench ARGS="log"                        (docs/decision-log.md says how to read it)
python -m bench.log --leaves 1000000 --rows 2000 --rounds 5 --databases sqlite postgres --json
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, Text, insert

from bench.processes import leave
from cases.log_check import LogCheck
from cases.merkle import TiledTree, includes
from store.decision_log import Leaf, OfPerson, log_persons
from store.engine import make_engine, read, write
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.log_export import export_lines
from store.log_reading import LogTree, newest_checkpoint, units
from store.log_sequence import sequence, waiting
from store.log_signing import log_origin, signers, verifies
from store.migrate import upgrade
from store.person_keys import make_person_key
from tests.databases import postgres_cluster

BARE: Final = Table("bench_bare", MetaData(), Column("id", Text, primary_key=True), Column("content", LargeBinary))
CONTENT: Final = bytes(500)
BATCH: Final = 50
LINES: Final = (
    *(f'"fact_{number}":{number}'.encode() for number in range(15)),
    *(f'{{"rule":"rule-{number}","verdict":"yes","read":[["fact_1","1"]]}}'.encode() for number in range(10)),
)
NOW: Final = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Result:
    """`ratios` of each round, a bare row's time over what is measured: 1 is as fast as the row."""

    database: str
    ratios: Mapping[str, tuple[float, ...]]
    per_second: Mapping[str, float]


def tree_alone(leaves: int) -> Mapping[str, float]:
    """The tree in memory."""
    heads = [sha256(number.to_bytes(8, "big")).digest() for number in range(min(leaves, 1 << 16))]
    tree, began = TiledTree(256), time.perf_counter()
    for number in range(leaves):
        tree.append(heads[number & 0xFFFF])
    assert tree.head
    seconds = time.perf_counter() - began
    return {"tree of leaves, leaves/s": leaves / seconds}


def measured(name: str, url: str, rows: int, rounds: int, folder: Path) -> Result:
    engine, keyring = make_engine(url), open_or_create_key_ring(folder / f"{name}.key")
    upgrade(engine)
    with write(engine) as connection:
        BARE.create(connection)
        key = make_person_key(connection, keyring, "person-1", NOW)
    ids = iter(range(10**9))

    def bare(batch: int) -> None:
        with write(engine) as connection:
            for _ in range(batch):
                connection.execute(insert(BARE), {"id": str(next(ids)), "content": CONTENT})

    def leaf(batch: int) -> None:
        made = [Leaf(f"leaf-{next(ids)}", "determination", NOW, {}, LINES) for _ in range(batch)]
        with write(engine) as connection:
            log_persons(connection, keyring, [OfPerson("person-1", key, each) for each in made])

    ratios: dict[str, list[float]] = {"a leaf, one by one": [], "a leaf, in fifties": [], "sequencing": []}
    rates: dict[str, float] = {}
    for _ in range(rounds):
        one, many = _seconds(bare, 1, rows // 4), _seconds(bare, BATCH, rows)
        ratios["a leaf, one by one"].append(one / _seconds(leaf, 1, rows // 4))
        ratios["a leaf, in fifties"].append(many / _seconds(leaf, BATCH, rows))
        sequenced = _sequenced(engine, keyring)
        ratios["sequencing"].append(many * sequenced[0] / rows / sequenced[1])
        rates["sequenced, leaves/s"] = sequenced[0] / sequenced[1]
    rates |= _proofs(engine) | _exported(engine, keyring)
    engine.dispose()
    return Result(name, {what: tuple(found) for what, found in ratios.items()}, rates)


def _seconds(work: Callable[[int], None], batch: int, rows: int) -> float:
    began = time.perf_counter()
    for _ in range(rows // batch):
        work(batch)
    return time.perf_counter() - began


def _sequenced(engine: Engine, keyring: KeyRing) -> tuple[int, float]:
    with read(engine) as connection:
        count = waiting(connection)
    began = time.perf_counter()
    while True:
        with write(engine) as connection:
            if not sequence(connection, keyring).taken:
                return count, time.perf_counter() - began


def _proofs(engine: Engine, count: int = 200) -> dict[str, float]:
    """Proofs read from the database, each checked."""
    with read(engine) as connection:
        newest = newest_checkpoint(connection)
        assert newest
        tree, step, began = LogTree(connection), max(newest.size // count, 1), time.perf_counter()
        for index in range(0, step * count, step):
            [leaf] = units(connection, 0, index % newest.size, index % newest.size + 1)
            proof = tree.inclusion(index % newest.size, newest.size)
            assert includes(newest.root, newest.size, index % newest.size, leaf, proof)
        return {f"proofs of a log of {newest.size}, per s": count / (time.perf_counter() - began)}


def _exported(engine: Engine, keyring: KeyRing) -> dict[str, float]:
    with read(engine) as connection:
        signing, began = signers(keyring, log_origin(connection)), time.perf_counter()
        lines = [written.line for written in export_lines(connection, signing, datetime.now(UTC))]
        exporting = time.perf_counter() - began
    checking, began = LogCheck(verifies), time.perf_counter()
    for line in lines:
        checking.feed(line)
    assert checking.done() == []
    seconds = time.perf_counter() - began
    return {"exported, leaves/s": checking.count / exporting, "checked, leaves/s": checking.count / seconds}


@contextmanager
def _databases(wanted: Sequence[str], folder: Path) -> Iterator[dict[str, str]]:
    if "postgres" not in wanted:
        yield {"sqlite": f"sqlite:///{folder / 'bench.db'}"}
        return
    with postgres_cluster() as cluster:
        urls = {"sqlite": f"sqlite:///{folder / 'bench.db'}", "postgres": cluster.empty_database()}
        yield {name: urls[name] for name in wanted}


def _shown(alone: Mapping[str, float], results: Sequence[Result]) -> Iterator[str]:
    for what, rate in alone.items():
        yield f"{what}: {rate:,.0f}"
    for result in results:
        yield f"\n{result.database}"
        for what, ratios in result.ratios.items():
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            yield f"  {what} · as fast as a bare row times {median(ratios):.2f} ({spread})"
        for what, rate in result.per_second.items():
            yield f"  {what}: {rate:,.0f}"


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.log")
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    alone = tree_alone(asked.leaves)
    with TemporaryDirectory() as folder, _databases(asked.databases, Path(folder)) as urls:
        results = [measured(name, url, asked.rows, asked.rounds, Path(folder)) for name, url in urls.items()]
    if asked.json:
        sys.stdout.write(json.dumps({"tree": alone, "databases": [asdict(each) for each in results]}, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_shown(alone, results)) + "\n")
    return 0


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
