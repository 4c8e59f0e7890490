"""Cases to have in a queue: lived at the counter of the examples, without a workflow engine."""

from dataclasses import dataclass, field
from typing import Any

from activities.engine_process import EngineProcess
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.determining import AdoptDetermination
from tests.activities.office import Office, a_fact
from tests.registrations import a_registration
from tests.web.counter import Counter


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
