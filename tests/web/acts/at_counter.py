"""A hardship worker's case, and what people type into its forms."""

import re
from dataclasses import dataclass

from activities.engine_process import EngineProcess
from cases.days import day_of
from cases.hardship.case import HardshipCase
from store.cases import load_case
from store.drafts import drafts_under
from store.engine import read
from store.since import Happened, happened_since
from store.tables.access import DraftState
from tests.activities.office import Office
from tests.web.counter import Browser, Counter

SAYING = "谈了择业方向，准备简历"


@dataclass
class AtCounter:
    counter: Counter
    case_id: str

    @property
    def case(self) -> HardshipCase:
        with read(self.counter.office.station.engine) as connection:
            return load_case(connection, self.case_id)

    @property
    def path(self) -> str:
        return f"/cases/{self.case_id}"

    def form(self, kind: str) -> str:
        return f"{self.path}/do/{kind}"

    def filled(self, browser: Browser, kind: str, *, about: str = "", **typed: str) -> dict[str, str]:
        """What the form sends: its hidden fields as the page has them, and what is typed."""
        page = browser.get(self.form(kind) + (f"?about={about}" if about else "")).text
        return {name: hidden(page, name) for name in ("key", "revision")} | {"press": "save"} | typed

    def guidance(self, browser: Browser, content: str = SAYING) -> dict[str, str]:
        return self.filled(browser, "record-guidance", guide="guide-1", content=content, **self.today("held_on"))

    def today(self, name: str) -> dict[str, str]:
        on = day_of(self.counter.hands())
        return {f"{name}-year": str(on.year), f"{name}-month": str(on.month), f"{name}-day": str(on.day)}

    def drafts(self, owner: str = "caseworker-1") -> list[tuple[str, DraftState]]:
        """What somebody left, and in which state: the last part of its address says of which form."""
        station = self.counter.office.station
        with read(station.engine) as connection:
            found = drafts_under(connection, station.keyring, owner, f"{self.path}/")
        return [(each.form.removeprefix(self.path), each.state) for each in found]

    def happened(self, kind: str) -> tuple[Happened, ...]:
        with read(self.counter.office.station.engine) as connection:
            return tuple(step for step in happened_since(connection, self.case_id, -1) if step.kind == kind)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found[1]


def in_help(counter: Counter, rule_engine: EngineProcess) -> AtCounter:
    """A case whose help has begun, as the record has it; its workflow starts when a worker comes."""
    life = Office(counter.office.station, rule_engine, counter.hands())
    life.recognised()
    return AtCounter(counter, life.case.id)
