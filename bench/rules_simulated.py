"""A whole simulation on a million invented people: the snapshot read from its sealed file, decided twice, and reported.

The snapshot is written before the clock starts; how long that takes is told beside. Reading the record takes longer
than either: `yizhan policy snapshot` says how far it is.
"""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from activities.simulation_law import SetParameter, TwoLaws
from activities.simulation_report import Question
from activities.simulation_run import Run
from activities.snapshot_file import WORKERS, Contents, SnapshotFile, Writer
from activities.snapshots import IN_A_PART
from bench.rules_bulk import MILLION, ORDER
from bench.rules_measuring import Row
from bench.rules_population import columns
from rules.loading import load
from rules.policies import PolicyBook
from rules.population import Array, smallest
from rules.simulated_columns import Values
from rules.simulated_effects import Effect
from rules.simulated_law import with_parameter
from rules.simulated_protection import protected
from rules.types import Choice, Truth, Type
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.simulation_facts import Gone

POLICY: Final = "bench-subsidies"
ON: Final = date(2026, 6, 1)
STATIONS: Final = 40
SECONDS: Final = 2.0  # of compute for reading, deciding twice and reporting
QUESTION: Final = Question(POLICY, "cn", SetParameter("male_age", "540"))
GAIN: Final = 25_682  # people; a change of the program must not change them


def rows() -> Iterator[Row]:
    document = load((Path(__file__).parent / "policies" / "subsidies.yaml").read_text(encoding="utf-8"), "subsidies")
    before = PolicyBook.of(document)
    after = PolicyBook.of(*with_parameter([document], before.resolve(POLICY, "cn", ON), "male_age", "540"))
    laws = TwoLaws(POLICY, before, after, ON, ON)
    facts = {name: fact.type for name, fact in before.resolve(POLICY, "cn", ON).rules.facts.items()}
    with TemporaryDirectory() as folder:
        keyring = open_or_create_key_ring(Path(folder) / "keys" / "master.key")
        path = Path(folder) / "population.snapshot"
        began = time.process_time()
        _write(path, keyring, facts)
        wrote, took = time.process_time() - began, []
        for _ in range(3):
            began = time.process_time()
            gained = _simulate(path, keyring, laws, facts)
            took.append(time.process_time() - began)
            assert gained == GAIN, f"the change of the law came out otherwise: {gained}"
        size = path.stat().st_size / MILLION
    seconds = median(took)
    note = f"{seconds:.2f} s of compute ({min(took):.2f} - {max(took):.2f}), aim {SECONDS}: {GAIN:,} people gain; "
    note += f"{size:.0f} bytes each in the sealed file, written in {wrote:.1f} s"
    yield Row("bulk, simulation on 1,000,000 from the file", 1 / seconds, rate_aim=1 / SECONDS, note=note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("bulk, most memory of the process after it", peak, note="MB")


def _simulate(path: Path, keyring: KeyRing, laws: TwoLaws, facts: dict[str, Type]) -> int:
    snapshot = SnapshotFile.opened(path, keyring)
    stations = {station: place for station, place in snapshot.contents.offices if station}
    found = Run(QUESTION, laws, stations, snapshot).report(facts, lambda _done, _of: None)
    return protected(found.effects).effects[Effect.GAINS].value or 0


def _write(path: Path, keyring: KeyRing, facts: dict[str, Type]) -> None:
    found = columns(MILLION)
    offices = tuple((f"station-{number}", "cn") for number in range(STATIONS))
    start = Contents("bench", ON, datetime(2026, 6, 1, tzinfo=UTC), Gone(0, 0), facts, offices, ("",))
    codes = np.random.default_rng(7).integers(0, STATIONS, MILLION)
    with Writer(path, keyring, start) as writer:
        for begin in range(0, MILLION, IN_A_PART):
            some = slice(begin, begin + IN_A_PART)
            kept = {name: Values(smallest(_codes(name, found[name][some], type_))) for name, type_ in facts.items()}
            writer.add(WORKERS, kept, codes[some], np.zeros(len(codes[some]), np.int64))
        writer.finish(offices)


def _codes(name: str, values: Array, type_: Type) -> Array:
    match type_:
        case Choice(members):
            return np.array([members.index(member) for member in ORDER[name]])[values]
        case Truth():
            return values.astype(np.int64)
    return values
