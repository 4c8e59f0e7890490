"""One run of a simulation: the snapshot part by part, everybody under the law of their place, and the sums."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from activities.simulation_law import TwoLaws
from activities.simulation_report import LawOfPlace, Question, Report
from activities.snapshot_file import EMPLOYERS, WORKERS, Several, SnapshotFile
from rules.policies import ResolvedPolicy
from rules.population import Array
from rules.simulated_categories import categories, labels
from rules.simulated_effects import Dimension
from rules.simulated_people import People
from rules.simulated_protection import FEWEST
from rules.simulating import Pair, Simulation
from rules.types import Type

SAMPLE: Final = 200  # so many are decided by the evaluator too


class Run:
    """`stations`: those that are counted, each with its place."""

    def __init__(self, question: Question, laws: TwoLaws, stations: Mapping[str, str], snapshot: SnapshotFile) -> None:
        self._question, self._laws, self._stations, self._snapshot = question, laws, stations, snapshot
        self._offices = snapshot.contents.offices
        self._pairs = {place: laws.pair(place) for place in sorted(set(stations.values()))}
        self._ungoverned = 0

    def report(self, facts: Mapping[str, Type], progress: Callable[[int, int], None]) -> Report:
        question, contents = self._question, self._snapshot.contents
        told = {name: sum(contents.told[of].get(name, 0) for of in contents.told) for name in facts}
        of = question.of or self._known_best(facts)
        simulation, done = self._simulation(of), 0
        parts = sum(part.subject == of for part in contents.parts)
        for number, some in enumerate(self._snapshot.each(of)):
            dice = np.random.default_rng((question.seed, number))
            self._add(simulation, of, some, dice, -(-SAMPLE // max(1, parts)))
            done += some.people.size
            progress(done, contents.people(of))
        return Report(
            policy=question.policy,
            jurisdiction=question.jurisdiction,
            change={name: str(value) for name, value in question.change.plain().items()},
            as_of=self._laws.as_of,
            of=of,
            snapshot_day=contents.day,
            snapshot_hash=contents.hash,
            laws=tuple(_compared(place, pair) for place, pair in sorted(self._pairs.items())),
            stations=tuple(sorted(self._stations)),
            compared=simulation.compared,
            ungoverned=self._ungoverned,
            not_kept=tuple(sorted(name for name, count in told.items() if not count)),
            effects=simulation.found(FEWEST),
        )

    def _known_best(self, facts: Mapping[str, Type]) -> str:
        """Whoever the record knows more of these facts of."""
        known = {
            of: sum(bool(self._snapshot.contents.told[of].get(name)) for name in facts) for of in (WORKERS, EMPLOYERS)
        }
        return EMPLOYERS if known[EMPLOYERS] > known[WORKERS] else WORKERS

    def _simulation(self, of: str) -> Simulation:
        self._places = sorted({place for _, place in self._offices})
        names: dict[Dimension, Sequence[str]] = {Dimension.PLACE: self._places}
        if of == WORKERS:
            names[Dimension.STATION] = [station for station, _ in self._offices]
            names |= labels(self._snapshot.contents.types)
            names[Dimension.TRADE] = self._snapshot.contents.trades
        return Simulation(names, dict(self._offices))

    def _add(self, simulation: Simulation, of: str, some: Several, dice: np.random.Generator, sample: int) -> None:
        counted = np.flatnonzero(np.array([self._counts(of, *office) for office in self._offices])[some.offices])
        picked = np.zeros(some.people.size, np.bool_)
        picked[dice.permutation(counted)[:sample]] = True
        for place, rows in self._by_law(some, counted):
            pair = self._pair(place)
            if pair.before is None and pair.after is None:
                self._ungoverned += len(rows)
                continue
            people = some.people if len(rows) == some.people.size else some.people.taken(rows)
            codes = self._codes(of, some, rows, people)
            simulation.add(people, pair, codes, np.flatnonzero(picked[rows]).tolist())

    def _by_law(self, some: Several, counted: Array) -> Iterator[tuple[str, Array]]:
        """Those who live under the same two laws together, with one of their places."""
        places = [place for _, place in self._offices]
        codes = some.offices[counted]
        groups: dict[tuple[str, str], list[int]] = {}
        for office in np.unique(codes).tolist():
            groups.setdefault(_key(self._pair(places[office])), []).append(office)
        for offices in groups.values():
            yield places[offices[0]], counted[np.isin(codes, offices)]

    def _codes(self, of: str, some: Several, rows: Array, people: People) -> dict[Dimension, Array]:
        offices = some.offices[rows]
        places = np.array([self._places.index(place) for _, place in self._offices])
        found = {Dimension.PLACE: places[offices]}
        if of == WORKERS:
            found |= {Dimension.STATION: offices, Dimension.TRADE: some.trades[rows], **categories(people)}
        return found

    def _counts(self, of: str, station: str, place: str) -> bool:
        """Whether somebody of this office is counted; employers of a place around a station that is, too."""
        if of == WORKERS:
            return station in self._stations
        here = within(place, self._question.jurisdiction)
        return not station and here and any(within(each, place) for each in self._stations.values())

    def _pair(self, place: str) -> Pair:
        if place not in self._pairs:
            self._pairs[place] = self._laws.pair(place)
        return self._pairs[place]


def within(place: str, jurisdiction: str) -> bool:
    return place == jurisdiction or place.startswith(f"{jurisdiction}-")


def _hash(policy: ResolvedPolicy | None) -> str:
    return policy.hash if policy else ""


def _key(pair: Pair) -> tuple[str, str]:
    return _hash(pair.before), _hash(pair.after)


def _compared(place: str, pair: Pair) -> LawOfPlace:
    before, after = ((policy.version if policy else "") for policy in (pair.before, pair.after))
    return LawOfPlace(place, before, _hash(pair.before), after, _hash(pair.after))
