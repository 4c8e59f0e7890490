"""A counter for subsidies without a workflow engine: acts one after the other, with what time brings on the way."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from activities.determining import Determining
from activities.records import Records
from activities.subsidy_intake import read_application
from activities.subsidy_record import StoredSubsidyRecord
from cases.commands import command
from cases.determinations import Determination
from cases.facts import SourceKind
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.delivering import RecordDelivery
from cases.subsidy.determining import AdoptDetermination, RecordFact
from cases.subsidy.engine import KeepPaper
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import AcceptUnverified, OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.progress import next_dated, papers_due, policies_due
from cases.subsidy.stages import DeliveryWay, Stage
from store.determinations import determination_record
from store.engine import read
from store.person_keys import person_key
from tests.activities.chosen import in_a_file, on_a_list
from tests.activities.office import Office
from tests.applications import an_application


@dataclass
class SubsidyOffice:
    """Shares its day and its record with the office beside it."""

    office: Office
    _case: SubsidyCase | None = field(default=None, repr=False)

    @property
    def case(self) -> SubsidyCase:
        assert self._case, "apply first"
        return self._case

    def applies(self, worker: str, *months: str, actor: str = "caseworker-1", **changes: Any) -> SubsidyCase:
        application = read_application(an_application(worker, *months, **changes))
        self._case = self.office.station.subsidy_intake.apply(application, actor, self.office.now)
        self._determine()
        return self.case

    def does(self, act: Act, actor: str = "caseworker-1") -> SubsidyCase:
        key, station = uuid4().hex, self.office.station
        records = Records(station.engine, station.keyring, station.policies)
        step = Step(self.case, f"{self.case.id}/act/{key}", command(key, act, actor), self.office.now)
        done = records.commit_step(step)
        if done.refusals:
            raise Refused(done.refusals)
        self._case = done.case_as(SubsidyCase)
        self._determine()
        return self.case

    def later(self, days: int) -> None:
        until = self.office.now + timedelta(days=days)
        while (dated := next_dated(self.case)) and dated.at <= until:
            self.office.now = max(self.office.now, dated.at)
            self.does(dated.act, Role.ENGINE)
        self.office.now = until

    def learns(self, name: str, value: object, actor: str = "officer-1") -> None:
        self.does(RecordFact(name, value, SourceKind.FINDING, self.office.today, "核定材料"), actor)

    def is_granted(self) -> None:
        assert self.case.standing
        self.does(AdoptDetermination(self.case.standing.id), "officer-1")

    def is_printed(self) -> None:
        """Its papers are kept, as if they had been made."""
        for paper in papers_due(self.case):
            self.does(KeepPaper(paper.id, "a" * 64, "b" * 64, 1), Role.ENGINE)

    def is_told(self, kind: str) -> None:
        """The papers of the case are made, and the latest of a kind is handed over."""
        self.is_printed()
        told = next(paper.id for paper in reversed(self.case.papers) if paper.kind == kind)
        self.does(RecordDelivery(told, DeliveryWay.IN_PERSON, self.office.today))

    def is_shown(self) -> SubsidyCase:
        """On a list that it was chosen for."""
        notice = on_a_list(self.office.station.engine, self.case, self.office.now)
        return self.does(PublishNotice(notice), "officer-1")

    def is_sent(self) -> str:
        """With a file that its payment was chosen for; the payment's id."""
        payment = self.case.payments[-1].id
        batch = in_a_file(self.office.station.engine, self.case, payment, self.office.now)
        self.does(SendPayment(payment, batch), "officer-2")
        return payment

    def is_paid(self) -> None:
        """Granted, shown to the public, checked again on the day, ordered by another officer, and paid by the bank."""
        self.is_ordered()
        payment = self.is_sent()
        self.does(SettlePayment(payment, paid=True, settled_on=self.office.today), "officer-2")
        assert self.case.stage in (Stage.RUNNING, Stage.CLOSED)

    def is_ordered(self) -> None:
        self.is_granted()
        self.is_shown()
        self.later(14)
        self.does(Recheck())
        while waiting := self.unaccepted():
            self.does(AcceptUnverified(waiting[0], "示例区自行采用"), "officer-2")
        self.does(OrderPayment(), "officer-2")

    def unaccepted(self) -> list[str]:
        station = self.office.station
        with read(station.engine) as connection:
            record = StoredSubsidyRecord(connection, station.keyring, station.policies)
            accepted = {each.id for each in self.case.acceptances}
            return [value for value in record.unverified_values(self.case) if value not in accepted]

    @property
    def made(self) -> Determination:
        """The determination that stands."""
        station = self.office.station
        assert self.case.standing
        with read(station.engine) as connection:
            key = person_key(connection, station.keyring, self.case.person)
            return determination_record(connection, key, self.case.id, self.case.standing.id)

    def _determine(self) -> None:
        station = self.office.station
        determining = Determining(station.engine, station.keyring, station.policies, self.office.rule_engine)
        while policy := next(policies_due(self.case), None):
            key = f"{self.case.id}/determination/{policy}/{self.case.facts_seen}"
            done = determining.determine(PolicyStep(self.case, key, policy, self.office.now))
            self._case = done.case_as(SubsidyCase)
