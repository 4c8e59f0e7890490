"""`make bench ARGS=subsidies`: a month's applications, from the file to the bank file, killed on the way.

    python -m bench subsidies [--applications 50000] [--kills 4] [--seed N] [--folder FOLDER]

Held against deciding the same people by the bulk back end alone, in the same run; and what came out is counted.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final, cast

from sqlalchemy import Engine, func, select

from activities.bootstrap import POLICIES, load_policies
from activities.subsidy_month import CHUNK
from activities.subsidy_month_lines import lines_of
from bench.subsidies_month import MONTH, OPENED, PLACE, POLICY, written
from cases.canonical import Json, canonical
from rules.facts import StoredFact
from rules.numpy_bulk import bulk
from rules.population_facts import population_of_stored
from store.engine import make_engine, read
from store.settings import Settings
from store.tables.bank_batches import subsidy_batch
from store.tables.subsidies import claim, payment, subsidy_case

PHASES: Final = (
    "people",
    "taken and determined",
    "adopted",
    "notice list",
    "days of notice",
    "accepted",
    "checked and ordered",
    "bank file",
)
SAMPLE: Final = 10_000  # people of the bare bulk run
MOST_GROWTH_MB: Final = 40.0  # from a tenth of the applications on


@dataclass
class Watched:
    """What the child said: seconds and processor time of each phase over all its lives, and how its memory went."""

    took: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0


def main(words: Iterable[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench subsidies")
    parser.add_argument("--applications", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None)
    asked = parser.parse_args(list(words))
    with TemporaryDirectory(prefix="yizhan-bench-") as made:
        folder = asked.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        watched = lived(folder, asked.applications, asked.kills, random.Random(asked.seed))  # noqa: S311  # no secret
        return told(watched, folder, asked.applications, time.perf_counter() - began)


def lived(folder: Path, number: int, kills: int, dice: random.Random) -> Watched:
    """One life after another until the month is done; each but the last is killed at a line that it says."""
    watched, heard = Watched(), 0
    said = (number // CHUNK + 1) * len(PHASES)  # about as many lines as there are chunks
    per_life = sorted(dice.sample(range(10, 10 + said), kills))
    for at in [*per_life, None]:
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.subsidies_month", str(folder), "--applications", str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        if child.stdout is None:
            raise RuntimeError("The child has no output.")
        heard = _heard(child, child.stdout, watched, heard, at)
        if at is None and child.wait() != 0:
            raise RuntimeError("The last life did not come to its end; it said why above.")
    return watched


def _heard(child: "subprocess.Popen[str]", said: IO[str], watched: Watched, heard: int, kill_at: int | None) -> int:
    for text in said:
        line = json.loads(text)
        heard += 1
        _note(watched, line)
        if line["done"] and "took" not in line and heard % 20 == 0:
            sys.stdout.write(f"  {line['what']}: {line['done']:,} ({line['mb']:.0f} MB)\n")
            sys.stdout.flush()
        if kill_at is not None and heard >= kill_at:
            child.send_signal(signal.SIGKILL)
            child.wait()
            sys.stdout.write(f"  killed while {line['what']}: {line['done']:,}\n")
            break
    return heard


def _note(watched: Watched, line: Mapping[str, Any]) -> None:
    what = line["what"]
    if what.startswith("refused"):
        watched.refused += 1
    elif "took" in line:
        watched.took[what] = watched.took.get(what, 0.0) + line["took"]
        watched.cpu[what] = watched.cpu.get(what, 0.0) + line["cpu"]
    else:
        watched.memory.setdefault(what, []).append(line["mb"])


def told(watched: Watched, folder: Path, number: int, seconds: float) -> int:
    """The table; whether everything came out as it must is the exit code."""
    out = sys.stdout.write
    for phase in PHASES:
        took, cpu = watched.took.get(phase, 0.0), watched.cpu.get(phase, 0.0)
        rate = number / took if took else 0.0
        out(f"{phase:24} {took:8.1f} s  {cpu:8.1f} s of our processor  {rate:9.0f} a second\n")
    bare = bare_rate(folder, min(number, SAMPLE))
    whole = sum(watched.cpu.get(phase, 0.0) for phase in PHASES if phase != "people")
    ours = number / whole if whole else 0.0
    out(f"of our processor, from the file to the bank file: {ours:.0f} a second and core\n")
    out(f"the bulk back end alone, on the same people: {bare:,.0f} a second; ratio {ours / bare:.6f}\n")
    growth = max(grown(watched))
    out(f"memory grew by {growth:.1f} MB at most in a phase; in all {seconds:.0f} s, the lives that were killed too\n")
    engine = make_engine(Settings(data=folder).database_url)
    wrong = list(mistakes(engine, number))
    engine.dispose()
    if growth > MOST_GROWTH_MB:
        wrong.append(f"memory grew by {growth:.1f} MB")
    for each in wrong:
        out(f"WRONG: {each}\n")
    out("every application once, every payment once, the file adds up\n" if not wrong else "")
    return 1 if wrong else 0


def grown(watched: Watched) -> Iterator[float]:
    """Of each phase: its last tenth against its first, once it is warm."""
    for megabytes in watched.memory.values():
        tenth = max(1, len(megabytes) // 10)
        yield max(megabytes[-tenth:]) - max(megabytes[: tenth * 2])


def bare_rate(folder: Path, number: int) -> float:
    """Decisions a second of generated numpy over the same facts, columns in memory."""
    policies = load_policies(POLICIES)
    on = OPENED.date()
    resolved = policies.book.resolve(POLICY, PLACE, on, on)
    people = population_of_stored(resolved.rules, list(_facts(written(folder, number), number, on)))
    program = bulk(resolved.rules)
    program.decide(people)
    began = time.perf_counter()
    program.decide(people)
    return people.size / (time.perf_counter() - began)


def _facts(path: Path, number: int, on: date) -> Iterator[Mapping[str, StoredFact]]:
    for line in lines_of(path):
        if line.number > number:
            return
        if line.application:
            known = {fact.name: StoredFact(canonical(cast("Json", fact.value))) for fact in line.application.facts}
            yield known | {"applied_on": StoredFact(canonical(on.isoformat()))}


def mistakes(engine: Engine, number: int) -> Iterator[str]:
    """What a kill could spoil: an application lost or taken twice, a payment ordered twice, a sum that is off."""
    with read(engine) as connection:
        count = select(func.count())
        cases = connection.scalar(count.select_from(subsidy_case))
        claims = connection.scalar(count.select_from(claim).where(claim.c.id == MONTH))
        payments = connection.execute(select(func.count(), func.sum(payment.c.amount_fen))).one()
        twice = connection.scalar(
            select(func.count()).select_from(
                select(payment.c.case_id).group_by(payment.c.case_id).having(func.count() > 1).subquery()
            )
        )
        batches = connection.execute(
            select(func.count(), func.sum(subsidy_batch.c.payments), func.sum(subsidy_batch.c.total_fen))
        ).one()
    if cases != number or claims != number:
        yield f"{number:,} applications, {cases:,} cases, {claims:,} claims"
    if twice:
        yield f"{twice} cases have more than one payment"
    if tuple(batches)[1:] != tuple(payments):
        yield f"payments {tuple(payments)}, in {batches[0]} bank files {tuple(batches)[1:]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
