"""A case at the counter, lived without a workflow engine, and the pages that its readers see of it."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any, Final

from httpx2 import Response
from sqlalchemy import select

from activities.engine_process import EngineProcess
from activities.papers_desk import PapersDesk
from cases.hardship.engine import KeepPaper
from cases.roles import Role
from cases.steps import PaperStep
from store.engine import read
from store.tables.cases import audit_event
from tests.activities.office import Office
from tests.web.counter import Browser, Counter

LOOKS: Final = ("case-read", "step-read", "facts-read", "paper-read")
# Every page of a case, besides its overview.
PAGES: Final = ("", "/timeline", "/timeline/0", "/clocks", "/people", "/papers", "/determinations")


@dataclass
class CaseDesk:
    counter: Counter
    office: Office
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/cases/{self.office.case.id}"

    def browser(self, staff: str, language: str = "zh") -> Browser:
        """The same browser for the same person, so that it is one session."""
        self.counter.hands.at = self.office.now
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

    def looks(self) -> list[tuple[str, str, str | None]]:
        """Who looked at what, as the auditors read it: kind, actor, reason."""
        query = (
            select(audit_event.c.kind, audit_event.c.actor, audit_event.c.reason)
            .where(audit_event.c.kind.in_(LOOKS), audit_event.c.case_id == self.office.case.id)
            .order_by(audit_event.c.id)
        )
        with read(self.counter.office.station.engine) as connection:
            return [(row.kind, row.actor, row.reason) for row in connection.execute(query)]

    def prints(self, kind: str, pdf: bytes) -> str:
        """A paper is made, of these bytes; its id."""
        office = self.office
        desk = PapersDesk(office.station, lambda *_: None, lambda _: pdf)  # type: ignore[arg-type]
        made = desk.make_paper(PaperStep(office.case, office.paper(kind)))
        office.does(KeepPaper(made.paper, made.sha256, made.file_sha256, made.file_size), Role.ENGINE)
        return made.paper

    def later(self, days: int) -> None:
        self.office.later(days)
        self._browsers.clear()  # nobody stays signed in that long

    def hours_later(self, hours: int) -> None:
        self.office.now += timedelta(hours=hours)
        self._browsers.clear()


def words(page: str) -> str:
    """What a reader sees between the tags, in one line."""
    body = page[page.index("<main") : page.index("</main>")]
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", body, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


def desk_at(counter: Counter, rule_engine: EngineProcess, **registered: Any) -> CaseDesk:
    """A case that was registered at station 1 by caseworker 1."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register(**registered)
    return CaseDesk(counter, office)
