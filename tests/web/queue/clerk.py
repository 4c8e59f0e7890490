"""Cases to have in a queue: lived at the counter of the examples, without a workflow engine."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update

from activities.engine_process import EngineProcess
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.determining import AdoptDetermination
from store.engine import read, write
from store.tables.cases import audit_event
from store.tables.organisation import staff
from tests.activities.office import Office, a_fact
from tests.registrations import a_registration
from tests.web.counter import Counter

OWN: Final = ("take", "put-back", "export", "leave-cover")


@dataclass
class Clerk:
    counter: Counter
    rule_engine: EngineProcess
    offices: list[Office] = field(default_factory=list)

    def determined(self, name: str = "向晨", **changes: Any) -> Office:
        """A case that waits for its officer."""
        office = Office(self.counter.office.station, self.rule_engine, self.counter.hands())
        worker = a_registration()["worker"] | {"name": name}
        facts = [a_fact("in_work", value=False), a_fact("disabled", value=True)]
        office.register(worker=worker, facts=facts, **changes)
        self.offices.append(office)
        return office

    def in_help(self, name: str = "向晨") -> Office:
        office = self.determined(name)
        for policy in (HARDSHIP, DIFFICULTY):
            made = office.case.current(policy)
            assert made
            office.does(AdoptDetermination(made.id), "officer-1")
        return office

    def audit_kinds(self) -> list[str]:
        """Outside the steps of cases, in order."""
        query = select(audit_event.c.kind).where(audit_event.c.kind.in_(OWN)).order_by(audit_event.c.id)
        with read(self.counter.office.station.engine) as connection:
            return list(connection.scalars(query))

    def forget_audit(self) -> None:
        with write(self.counter.office.station.engine) as connection:
            connection.execute(delete(audit_event).where(audit_event.c.kind.in_(OWN)))

    def leaves(self, staff_id: str) -> None:
        yesterday = self.counter.hands.today - timedelta(days=1)
        with write(self.counter.office.station.engine) as connection:
            connection.execute(update(staff).where(staff.c.id == staff_id).values(left_on=yesterday))
