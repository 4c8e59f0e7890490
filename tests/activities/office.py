"""A station without a workflow engine: acts are written one after the other, and time is what a test says it is."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from activities.bootstrap import Station
from activities.composing.desk import compose
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.intake import read_registration
from activities.records import Records
from cases.case_parts import PaperState
from cases.commands import command
from cases.days import day_of
from cases.facts import SourceKind
from cases.hardship.acts import Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase
from cases.hardship.determining import AdoptDetermination, RecordFact
from cases.hardship.progress import next_dated, policies_due
from cases.hardship.referring import DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTrainingResult
from cases.hardship.stages import ReferralOutcome, TrainingResult
from cases.papers import Paper
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step
from store.engine import read
from tests.builders import OPENED_AT
from tests.registrations import a_registration


@dataclass
class Office:
    """Does what the workflow does: writes acts, determines what is due, rings alarms."""

    station: Station
    rule_engine: EngineProcess
    now: datetime = OPENED_AT
    _case: HardshipCase | None = field(default=None, repr=False)

    @property
    def case(self) -> HardshipCase:
        assert self._case, "register first"
        return self._case

    @property
    def today(self) -> date:
        return day_of(self.now)

    def register(self, **changes: Any) -> None:
        registration = read_registration(a_registration(**changes))
        self._case = self.station.intake.open_case(registration, "caseworker-1", self.now)
        self._determine()

    def does(self, act: Act, actor: str = "caseworker-1") -> HardshipCase:
        key = uuid4().hex
        records = Records(self.station.engine, self.station.keyring, self.station.policies)
        step = Step(self.case, f"{self.case.id}/act/{key}", command(key, act, actor), self.now)
        done = records.commit_step(step)
        if done.refusals:
            raise Refused(done.refusals)
        self._case = done.case_as(HardshipCase)
        self._determine()
        return self.case

    def refused(self, act: Act) -> list[str]:
        try:
            self.does(act)
        except Refused as refused:
            return [reason.code for reason in refused.refusals]
        return []

    def later(self, days: int) -> None:
        self.now += timedelta(days=days)
        while (dated := next_dated(self.case)) and dated.at <= self.now:
            self.does(dated.act, Role.ENGINE)

    def recognised(self, *, difficulty: bool = False) -> None:
        self.register(facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
        self.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
        if difficulty:
            self.does(AdoptDetermination(f"{DIFFICULTY}-1"), "officer-1")

    def refers(self, number: int, outcome: ReferralOutcome, reason: str = "") -> None:
        self.does(RecordReferral(f"vacancy-{number}", self.today))
        referral = self.case.referrals[-1].id
        self.does(DeliverReferral(referral, self.today, "当面"))
        self.does(RecordReferralOutcome(referral, outcome, self.today, reason))

    def gives_everything(self) -> None:
        """Every item of the plan, and the term over."""
        self.does(RecordGuidance(self.today, "谈了择业方向", "guide-1"))
        for number in (1, 2, 3):
            self.refers(number, ReferralOutcome.NOT_HIRED)
        self.does(EnrolTraining("course-1", self.today))
        self.later(10)
        self.does(RecordAttendance("training-1", 40))
        self.does(RecordTrainingResult("training-1", TrainingResult.COMPLETED, self.today))
        self.later(91)

    def fails_on_the_market(self) -> None:
        self.gives_everything()
        self.does(AdoptDetermination(f"{PUBLIC_POST}-1"), "officer-1")

    def paper(self, kind: str) -> PaperState:
        return next(paper for paper in reversed(self.case.papers) if paper.kind == kind)

    def composes(self, kind: str) -> Paper:
        with read(self.station.engine) as connection:
            return compose(connection, self.station, self.case, self.paper(kind))

    def learns(self, name: str, value: object) -> None:
        self.does(RecordFact(name, value, SourceKind.FINDING, self.today, "核定材料"), "officer-1")

    def _determine(self) -> None:
        station = self.station
        determining = Determining(station.engine, station.keyring, station.policies, self.rule_engine)
        while policy := next(policies_due(self.case), None):
            key = f"{self.case.id}/determination/{policy}/{self.case.facts_seen}"
            done = determining.determine(PolicyStep(self.case, key, policy, self.now))
            self._case = done.case_as(HardshipCase)


def a_fact(name: str, *, value: object) -> dict[str, Any]:
    on = day_of(OPENED_AT).isoformat()
    return {"name": name, "value": value, "source": "record", "established_on": on, "detail": "联网核验"}
