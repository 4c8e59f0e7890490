"""A subsidy case lived without a workflow engine, and the pages that its readers see of it."""

from dataclasses import dataclass, field
from typing import Any

from httpx2 import Response

from activities.engine_process import EngineProcess
from cases.subsidy.case import SubsidyCase
from store.engine import read
from store.people import worker
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.web.case.desk import words
from tests.web.counter import Browser, Counter

MONTHS = ("2026-01", "2026-02")


@dataclass
class SubsidyDesk:
    counter: Counter
    office: SubsidyOffice
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def case(self) -> SubsidyCase:
        return self.office.case

    @property
    def name(self) -> str:
        """The applicant's, in full."""
        station = self.counter.office.station
        with read(station.engine) as connection:
            person = worker(connection, station.keyring, self.case.applicant_id)
        assert person
        return person.name

    @property
    def path(self) -> str:
        return f"/subsidies/{self.office.case.id}"

    def browser(self, staff: str, language: str = "zh") -> Browser:
        """The same browser for the same person on one day, so that it is one session."""
        if self.counter.hands.at != self.office.office.now:
            self._browsers.clear()
            self.counter.hands.at = self.office.office.now
        known = self._browsers.get(staff)
        if known is None:
            known = self._browsers[staff] = self.counter.signed_in(staff)
        known.client.cookies.set("yizhan-language", language)
        return known

    def opens(self, staff: str, page: str = "", language: str = "zh") -> Response:
        return self.browser(staff, language).get(self.path + page)

    def reads(self, staff: str, page: str = "", language: str = "zh") -> str:
        """The text of a page, without its marks."""
        answer = self.opens(staff, page, language)
        assert answer.status_code == 200, answer.text
        return words(answer.text)

    def lists(self, staff: str, query: str = "", language: str = "zh") -> str:
        answer = self.browser(staff, language).get(f"/subsidies{query}")
        assert answer.status_code == 200, answer.text
        return words(answer.text)


def applied(counter: Counter, rule_engine: EngineProcess, **changes: Any) -> SubsidyDesk:
    """Applied for at station 1 by a worker whose hardship case is there."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register()
    desk = SubsidyDesk(counter, SubsidyOffice(office))
    desk.office.applies(office.case.worker_id, *MONTHS, **changes)
    return desk
