"""Everyone entitled (应享尽享): a sweep that lists who probably could have a subsidy and has not applied.

Batch by batch, so that memory stays what it is; what a batch came to is written before the next is read, so that a
sweep that was broken off has lost nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, Engine

from activities.entitled_facts import BESIDE, Knowing, Place, facts_for
from activities.policies import Policies
from activities.subsidy_admission import not_in_force
from activities.subsidy_record import PROCESS, processes_of
from cases.canonical import Json
from cases.days import day_of
from cases.refusals import Refused, refusal
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.stages import Applicant, Each, Per
from cases.wording import Wording
from rules.entitled import Remembered, Stands, standings
from rules.given import Facts
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.schema import About
from store.engine import read, write
from store.entitlement_people import Candidate, Names, employers_in, hires_in, how_many, nodes_of_employers, workers_in
from store.entitlements import Entitled, forget_before, replace_found
from store.keys import KeyRing
from store.organisation import jurisdiction, station_jurisdiction
from store.simulation_facts import places
from store.subsidy_claims import Claimed, claimed_by_many
from store.tables.entitlements import Standing

AT_ONCE: Final = 500
LISTED: Final = {Stands.QUALIFIES: Standing.QUALIFIES, Stands.WITH_FACTS: Standing.WITH_FACTS}
APPLIED: Final = "applied"
Progress = Callable[[int, int], None]  # how many are done, and of how many


def _unseen(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Offer:
    """A subsidy that is to be had in a place, and how."""

    policy: ResolvedPolicy
    process: SubsidyProcess


@dataclass(frozen=True)
class Off:
    """A subsidy that a place has a policy for, and that nobody can have there today; `why` says what is missing."""

    policy: str
    jurisdiction: str
    why: Wording


@dataclass(frozen=True)
class Swept:
    """`counts`: by subsidy, how many stand how; those who applied already count as such. `off`: what was not asked."""

    people: int
    counts: Mapping[str, Mapping[str, int]]
    off: tuple[Off, ...]


@dataclass(frozen=True)
class Entitlements:
    engine: Engine
    keyring: KeyRing
    policies: Policies
    batch: int = field(default=AT_ONCE)

    def sweep(
        self, now: datetime, policy: str | None = None, station: str | None = None, progress: Progress = _unseen
    ) -> Swept:
        """Of everybody, or of one station's; of every subsidy, or of one. Raises Refused for what there is not."""
        with read(self.engine) as connection:
            law = _Law(self.policies, day_of(now), policy)
            stations = _stations(connection, station)
            nodes = _nodes(connection, None if station is None else set(stations.values()))
            total = how_many(connection, Applicant.WORKER, stations) + how_many(connection, Applicant.EMPLOYER, nodes)
        sweeping = _Sweeping(self, law, now, total, progress)
        sweeping.go(Applicant.WORKER, stations)
        sweeping.go(Applicant.EMPLOYER, nodes)
        if policy is None and station is None:
            with write(self.engine) as connection:
                forget_before(connection, now)
        return Swept(sweeping.done, {each: dict(counts) for each, counts in sweeping.counts.items()}, law.off)


class _Law:
    """What is to be had in each place on a day."""

    def __init__(self, policies: Policies, on: date, policy: str | None) -> None:
        book = policies.book
        subsidies = [each for each, files in book.files.items() if files[0].kind is Kind.SUBSIDY]
        if policy is not None and policy not in subsidies:
            raise Refused((refusal("not-a-subsidy", f"没有补贴“{policy}”。", f"There is no subsidy {policy}."),))
        self._book, self._on = book, on
        self.wanted: tuple[str, ...] = (policy,) if policy else tuple(sorted(subsidies))
        self._offers: dict[str, tuple[Place, tuple[Offer, ...]]] = {}
        self._off: list[Off] = []

    @property
    def off(self) -> tuple[Off, ...]:
        return tuple(sorted(self._off, key=lambda each: (each.policy, each.jurisdiction)))

    def at(self, jurisdiction: str) -> tuple[Place, tuple[Offer, ...]]:
        if jurisdiction not in self._offers:
            self._offers[jurisdiction] = self._found(jurisdiction)
        return self._offers[jurisdiction]

    def _found(self, jurisdiction: str) -> tuple[Place, tuple[Offer, ...]]:
        try:
            processes = processes_of(self._book.resolve(PROCESS, jurisdiction, self._on, self._on))
        except NoPolicyInForce as none:
            self._off.append(Off(PROCESS, jurisdiction, not_in_force(none).wording))
            return Place(jurisdiction, {}), ()
        return Place(jurisdiction, processes), tuple(self._each(jurisdiction, processes))

    def _each(self, jurisdiction: str, processes: Mapping[str, SubsidyProcess]) -> Iterator[Offer]:
        for policy in self.wanted:
            made_here = any(
                jurisdiction == place or jurisdiction.startswith(f"{place}-") for place in self._book.places(policy)
            )
            if not made_here:
                continue
            try:
                found = self._book.resolve(policy, jurisdiction, self._on, self._on)
            except NoPolicyInForce as none:
                self._off.append(Off(policy, jurisdiction, not_in_force(none).wording))
                continue
            if policy in processes:
                yield Offer(found, processes[policy])


@dataclass
class _Sweeping:
    of: Entitlements
    law: _Law
    now: datetime
    total: int
    progress: Progress
    done: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered)

    def go(self, applicant: Applicant, offices: Mapping[str, str]) -> None:
        """`offices`: the jurisdiction of each."""
        if not offices:
            return
        after, on = "", day_of(self.now)
        following = workers_in if applicant is Applicant.WORKER else employers_in
        at = {office: self.law.at(jurisdiction) for office, jurisdiction in offices.items()}
        names = {name for _, offers in at.values() for offer in offers for name in offer.policy.rules.facts}
        where = {office: place for office, (place, _) in at.items()}
        while True:
            with read(self.of.engine) as connection:
                people = following(
                    connection, self.of.keyring, after, self.of.batch, tuple(offices), {*names, *BESIDE}, on
                )
                if not people:
                    return
                knowing = Knowing(connection, self.of.keyring, self.of.policies, on)
                known = knowing.of_many(applicant, people, where)
                claimed = dict(claimed_by_many(connection, [each.id for each in people]))
                hired = self._hired(connection, applicant, people, names)
                known_of_hired = knowing.of_many(applicant, hired, where) if hired else []
                claimed |= claimed_by_many(connection, [each.person for each in hired])
            found = [
                *self._decided((applicant, Per.APPLICANT), people, known, claimed, at),
                *self._decided((applicant, Per.HIRE), hired, known_of_hired, claimed, at),
            ]
            self._keep(people, found)
            after = people[-1].id
            self.done += len(people)
            self.progress(self.done, self.total)

    def _hired(
        self, connection: Connection, applicant: Applicant, people: Sequence[Candidate], names: Collection[str]
    ) -> Sequence[Candidate]:
        """Of employers those whom they hired: most of their subsidies are had for each of these."""
        if applicant is Applicant.WORKER:
            return ()
        declared, read_ = self.of.policies.book.facts, {*names, *BESIDE}
        of = {about: frozenset(n for n in read_ if n in declared and declared[n].about is about) for about in About}
        by_subject = Names(of[About.PERSON], of[About.EMPLOYER], of[About.EMPLOYMENT])
        return hires_in(connection, self.of.keyring, people, by_subject, day_of(self.now))

    def _decided(
        self,
        whose: tuple[Applicant, Per],
        people: Sequence[Candidate],
        known: Sequence[Mapping[str, Json]],
        claimed: Mapping[tuple[str, str], Claimed],
        at: Mapping[str, tuple[Place, tuple[Offer, ...]]],
    ) -> Iterator[Entitled]:
        """One subsidy of one place after the other, of all who are there."""
        offers = {(o.policy.jurisdiction, o.policy.policy): o for _, found in at.values() for o in found}
        for offer in offers.values():
            if (offer.process.applicant, offer.process.per) != whose:
                continue
            asked: list[Candidate] = []
            facts: list[Facts] = []
            for person, told in zip(people, known, strict=True):
                if at[person.office][0].jurisdiction != offer.policy.jurisdiction:
                    continue
                had = claimed.get((person.person, offer.policy.policy))
                if had and self._has_it(offer.process.each, had):
                    self._count(offer, APPLIED)
                    continue
                asked.append(person)
                facts.append(self._facts(offer, told, had))
            for person, found in zip(asked, standings(offer.policy, facts, self.remembered), strict=True):
                self._count(offer, found.stands)
                if found.stands in LISTED:
                    yield Entitled(
                        offer.process.applicant,
                        person.id,
                        person.hired,
                        person.office,
                        offer.policy.policy,
                        offer.policy.hash,
                        LISTED[found.stands],
                        found.missing,
                        found.amount_fen,
                    )

    def _facts(self, offer: Offer, told: Mapping[str, Json], had: Claimed | None) -> Facts:
        periods = had.periods if had else ()
        return facts_for(offer.policy, told, day_of(self.now), offer.process.months_in, periods)

    def _has_it(self, each: Each, had: Claimed) -> bool:
        """Applied for and not closed yet; or had, where it is had once, or once in the year or month that this is."""
        today = day_of(self.now).isoformat()
        this = {Each.ONCE: had.periods, Each.YEAR: {today[:4]}, Each.MONTH: {today[:7]}}[each]
        return had.case_open or bool(had.periods & this)

    def _count(self, offer: Offer, how: str) -> None:
        self.counts.setdefault(offer.policy.policy, Counter())[how] += 1

    def _keep(self, people: Sequence[Candidate], rows: Sequence[Entitled]) -> None:
        ids = [each.id for each in people]
        with write(self.of.engine) as connection:
            replace_found(connection, ids, self.law.wanted, rows, self.now, day_of(self.now))


def _stations(connection: Connection, station: str | None) -> dict[str, str]:
    """The jurisdiction of each. Raises Refused for a station that there is not."""
    if station is None:
        return dict(places(connection))
    place = station_jurisdiction(connection, station)
    if place is None:
        raise Refused((refusal("unknown", f"没有驿站{station}。", f"There is no station {station}."),))
    return {station: place}


def _nodes(connection: Connection, within: Collection[str] | None) -> dict[str, str]:
    """The nodes at which employers are registered, with the place whose law holds there."""
    found = {node: jurisdiction(connection, node) or "" for node in nodes_of_employers(connection)}
    return {node: place for node, place in found.items() if within is None or place in within}
