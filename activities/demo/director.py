"""Lets every life of the demonstration happen, one act after another, in the order of time.

Each act is written as the desk's would be, and what the engine does by itself follows it as the workflow does it:
determinations at once, alarms at their instants. So a case stands in the end as its own workflow would have left it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.demo.days import Days
from activities.demo.lives import CASTS, By, Life, Moment, Scene
from activities.demo.people import Invented, registration
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.intake import read_registration
from activities.records import commit
from cases.commands import Command, body_of
from cases.days import day_of
from cases.hardship.case import HardshipCase
from cases.hardship.progress import Dated, next_dated, policies_due
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step
from store.seed_past import DEMO_KEY

Progress = Callable[[int, int], None]
JURISDICTIONS: Final = {"station-1": "cn-50-99", "station-2": "cn-50-99", "station-3": "cn-42-02-99"}


class LifeRefused(Exception):
    """An act of a life was refused: the life, or the law it was written for, has changed."""

    def __init__(self, life: Life, refused: Refused) -> None:
        super().__init__(f"{life.name}: {'; '.join(f'{each.code}: {each.wording.en}' for each in refused.refusals)}")


@dataclass
class Lived:
    """A life, the instants of its registration and of its moments, and the case as far as it has come."""

    life: Life
    person: Invented
    instants: Sequence[datetime]
    case: HardshipCase | None = None
    written_at: datetime | None = None  # the latest step but for those of the rules

    @property
    def now(self) -> datetime:
        return self.written_at or self.instants[0]

    def the_case(self) -> HardshipCase:
        if self.case is None:
            raise LookupError(self.life.name)
        return self.case


@dataclass
class Director:
    station: Station
    connection: Connection
    rule_engine: EngineProcess
    days: Days
    workers: dict[str, str] = field(default_factory=dict)  # the ids that the ledger gave to the invented people

    def play(self, lives: Sequence[Life], people: Mapping[str, Invented], progress: Progress) -> None:
        all_lived = [self._plan(life, people[life.person]) for life in lives]
        acts = [(at, n, place) for n, lived in enumerate(all_lived) for place, at in enumerate(lived.instants)]
        for done, (at, n, place) in enumerate(sorted(acts), start=1):
            self._perform(all_lived[n], place, at)
            progress(done, len(acts))
        for lived in all_lived:
            self._ring(lived, self.days.now)

    def _plan(self, life: Life, person: Invented) -> Lived:
        terms = self.station.policies.law(JURISDICTIONS[person.station], self.days.today).terms
        begins = self.days.begins(life.begins, terms)
        wanted = [begins + timedelta(day) for day in (life.registered, *(moment.day for moment in life.moments))]
        random = Random(life.name)  # noqa: S311  # the same hours every time, and nothing secret
        return Lived(life, person, self.days.instants(wanted, begins, random))

    def _perform(self, lived: Lived, place: int, at: datetime) -> None:
        try:
            if place == 0:
                self._register(lived, at)
            else:
                self._ring(lived, at)
                self._act(lived, place, lived.life.moments[place - 1], at)
        except Refused as refused:
            raise LifeRefused(lived.life, refused) from refused
        self._determine(lived, at)

    def _register(self, lived: Lived, at: datetime) -> None:
        life, person = lived.life, lived.person
        fields = registration(person, f"{DEMO_KEY}{life.name}", day_of(at), self.days.today)
        for fact in fields["facts"]:
            fact["value"] = life.known.get(fact["name"], fact["value"])
        lived.case = self.station.intake.open_within(self.connection, read_registration(fields), life.caseworker, at)
        self.workers[person.id] = lived.case.worker_id

    def _act(self, lived: Lived, place: int, moment: Moment, at: datetime) -> None:
        case = lived.the_case()
        act = moment.act(Scene(case, at, self.days))
        actor = self._actor(lived, moment.by)
        key = f"{DEMO_KEY}{lived.life.name}/{place}"
        self._write(lived, Command(key, act.KIND, actor, body_of(act)), at, "act", key)

    def _actor(self, lived: Lived, by: By | str) -> str:
        case = lived.the_case()
        match by:
            case By.WORKER:
                return case.worker_id
            case By.CASEWORKER:
                return case.caseworker or lived.life.caseworker
            case By():
                return CASTS[case.station_id][by]
            case _:
                return by

    def _ring(self, lived: Lived, until: datetime) -> None:
        """All that time brings on the way, at its instant, as the case's timer would have brought it."""
        while (dated := next_dated(lived.the_case())) and dated.at <= until:
            at = max(dated.at, lived.now)  # a day that was over when it was found is seen to at once
            self._engine(lived, dated, at)
            self._determine(lived, at)

    def _engine(self, lived: Lived, dated: Dated, at: datetime) -> None:
        act = dated.act
        self._write(lived, Command("/".join(dated.key), act.KIND, Role.ENGINE, body_of(act)), at, *dated.key)

    def _write(self, lived: Lived, command: Command, at: datetime, *key: str) -> None:
        case = lived.the_case()
        step = Step(case, "/".join((case.id, *key)), command, at)
        done = commit(self.connection, self.station.keyring, self.station.policies, step, case)
        lived.case = done.case_as(HardshipCase)
        lived.written_at = at

    def _determine(self, lived: Lived, at: datetime) -> None:
        station = self.station
        determining = Determining(station.engine, station.keyring, station.policies, self.rule_engine)
        while policy := next(policies_due(lived.the_case()), None):
            case = lived.the_case()
            key = f"{case.id}/determination/{policy}/{case.facts_seen}"
            done = determining.determine_within(self.connection, PolicyStep(case, key, policy, at))
            lived.case = done.case_as(HardshipCase)
