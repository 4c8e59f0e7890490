"""Every page that a browser can open, with whoever reads it: made from the routes, so that no new page is left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, select
from starlette.routing import BaseRoute

from cases.hardship.case import HardshipCase
from cases.roles import Role
from cases.subsidy.stages import Stage
from store.engine import read, write
from store.links import make_link
from store.tables.bank_batches import subsidy_batch
from store.tables.cases import decision, determination_record, paper
from store.tables.courses import course
from store.tables.employers import employer
from store.tables.subsidies import subsidy_case
from store.tables.subsidy_notices import subsidy_notice
from store.tables.vacancies import vacancy
from tests.browser.still import VISITOR, WORKER, Still
from tests.policy_drafts import PROPOSAL
from tests.simulations_planted import SIMULATION
from web.roles import Access
from web.serving import Page

PART: Final = re.compile(r"{(\w+)(?::\w+)?}")
READERS: Final = {
    Role.CASEWORKER: "caseworker-1",
    Role.GUIDE: "guide-1",
    Role.OFFICER: "officer-1",
    Role.SUPERVISOR: "supervisor-1",
    Role.MANAGER: "manager-1",
    Role.AUDITOR: "auditor-2",
    Role.ADMINISTRATOR: "administrator-1",
    Role.POLICY_OFFICER: "policy-officer-2",
}
LIFE: Final = "one-does-not-count"  # whose parts stand in the addresses
# Who can do which act in which life; each act has a form of its own.
ACTS: Final = {
    "record-fact": ("caseworker-4", "facts-missing"),
    "adopt-determination": ("officer-1", "new"),
    "depart-from-determination": ("officer-1", "new"),
    "confirm-departure": ("officer-1", "departure-waits"),
    "reject-departure": ("officer-1", "departure-waits"),
    "record-guidance": ("guide-1", "first-contact-due"),
    "record-policy-briefing": ("caseworker-1", LIFE),
    "record-service": ("caseworker-1", LIFE),
    "record-talk": ("caseworker-1", LIFE),
    "enrol-training": ("caseworker-1", "first-contact-due"),
    "record-attendance": ("caseworker-1", "training-under-way"),
    "record-training-result": ("caseworker-1", "training-under-way"),
    "record-referral": ("caseworker-1", LIFE),
    "deliver-referral": ("caseworker-3", "not-delivered"),
    "answer-referral": ("caseworker-1", LIFE),
    "record-referral-outcome": ("caseworker-1", "referral-outcome-overdue"),
    "open-need": ("caseworker-1", LIFE),
    "answer-need": ("caseworker-4", "facts-missing"),
    "settle-need": ("caseworker-4", "facts-missing"),
    "record-placement": ("caseworker-1", LIFE),
    "record-follow-up": ("caseworker-1", "follow-up-overdue"),
    "assign": ("supervisor-1", "closing-waits"),
    "propose-transfer": ("caseworker-1", LIFE),
    "accept-transfer": ("supervisor-1", "moving"),
    "decline-transfer": ("supervisor-1", "moving"),
    "make-appointment": ("caseworker-1", LIFE),
    "keep-appointment": ("caseworker-1", LIFE),
    "pause": ("caseworker-1", LIFE),
    "resume": ("caseworker-1", "paused"),
    "propose-exit": ("caseworker-1", LIFE),
    "ask-review": ("caseworker-1", LIFE),  # says why it cannot be done
    "decide-review": ("officer-1", "exit-review-asked"),
    "hand-over": ("caseworker-1", LIFE),
    "propose-closure": ("caseworker-5", "market-failed"),
    "approve-closure": ("supervisor-1", "closing-waits"),
    "return-closure": ("supervisor-1", "closing-waits"),
    "reopen": ("caseworker-4", "closed-declined"),
    "waive-paper": ("supervisor-1", "closed-placed"),
    "ask-anew": ("caseworker-4", "closed-declined"),  # says why it cannot be done
}
# Acts of a subsidy case whose forms have what no other form has: a sum, months, an event, a value that nobody verified.
OF_SUBSIDIES: Final = {
    "depart-from-determination": "officer-1",
    "record-stop-event": "caseworker-1",
    "accept-unverified": "officer-2",
}
# Pages that differ so much by their reader that each reader's is looked at.
SEEN_BY_ALL: Final = ("/policies/proposals/{proposal_id}", "/queue", "/cases/{case_id}", "/workers/{worker_id}")
# Addresses that say no page of their own: they lead elsewhere, are fetched by the script, or follow a form.
ACT: Final = "/cases/{case_id}/do/{act}"
SUBSIDY: Final = "/subsidies/{subsidy_id}"
NO_PAGE: Final = (
    ACT,  # one of each act instead
    "/",
    "/audit",
    "/still-here",
    f"{ACT}/check",
    f"{ACT}/confirm",
    "/cases/{case_id}/sent/{key}",
    # The same pages as of a hardship case, by the same templates.
    *(f"{SUBSIDY}/{page}" for page in ("do/{act}", "do/{act}/check", "do/{act}/confirm", "sent/{key}", "timeline")),
    *(f"{SUBSIDY}/{page}" for page in ("timeline/{revision}", "clocks", "papers", "determinations")),
    *(f"{SUBSIDY}/determinations/{page}" for page in ("compare", "{determination_id}/today")),
    # Nothing was sought, and nobody of the demonstration's hardship cases has a subsidy.
    "/subsidies/apply/find",
    "/subsidies/apply/form/confirm",
    "/w/subsidies/{subsidy}",
)
FILES: Final = ("/papers/{", "/export", "/template", "/checkpoint", "/table.csv", "/sheets/{")
# What an address asks for besides its parts; and whose life it needs, where the usual one has no such page.
ASKED: Final = {
    "/subsidies/apply": "?worker={worker_id}&station={station_id}",
    "/subsidies/apply/form": "?worker={worker_id}&station={station_id}&policy=flexible-insurance",
    "/subsidies/apply/hired": "?employer={employer_id}&station={station_id}&policy=employer-insurance",
    "/subsidies/apply/several": "?employer={employer_id}&station={station_id}&policy=employer-insurance"
    "&people={worker_id}",
    "/policies/resolve": "?policy=employment-difficulty&place=cn-50-99",
    "/policies/propose": "?policy=hardship-worker&jurisdiction=cn-50-99",
    "/cases/{case_id}/determinations/compare": "?a={determination_id}&b={other_determination_id}",
}
LIVES: Final = {"/w/review": "exit-told"}
# The unmasked fields of an employer have names of their own.
FIELD_OF_EMPLOYERS: Final = "/employers/{employer_id}/reveal/{field}"


@dataclass(frozen=True)
class Seen:
    """A page as one reader sees it: its pattern, and which life of the demonstration fills the parts of its address."""

    reader: str
    pattern: str
    life: str = LIFE

    def __str__(self) -> str:
        of = "" if self.life == LIFE else f"-{self.life}"
        return f"{self.pattern}-{self.reader}{of}"

    def path(self, samples: Mapping[str, str]) -> str:
        pattern = self.pattern + ASKED.get(self.pattern, "")
        if self.pattern == FIELD_OF_EMPLOYERS:
            pattern = pattern.replace("{field}", "phone")
        own = {"determination_id": "flexible-insurance-1"} if pattern.startswith(SUBSIDY) else {}
        return PART.sub(lambda part: {**samples, **own}[part[1]], pattern)


def pages(routes: Sequence[BaseRoute]) -> Iterator[Seen]:
    for act, (reader, life) in ACTS.items():
        yield Seen(reader, ACT.replace("{act}", act), life)
    for act, reader in OF_SUBSIDIES.items():
        yield Seen(reader, f"{SUBSIDY}/do/{act}")
    for route in routes:
        if isinstance(route, Page) and "GET" in (route.methods or ()) and _shows(route.path):
            who = readers(route.access)
            for reader in who if route.path in SEEN_BY_ALL else who[:1]:
                yield Seen(reader, route.path, LIVES.get(route.path, LIFE))


def readers(access: Access) -> list[str]:
    if access.public:
        return [VISITOR]
    if access.linked:
        return [WORKER]
    return [reader for role, reader in READERS.items() if role in access.roles]


def _shows(pattern: str) -> bool:
    return pattern not in NO_PAGE and not any(file in pattern for file in FILES)


def samples_of(still: Still, life: str) -> dict[str, str]:
    """What stands for each part of an address; all of the case of one life, or of its place."""
    case = still.case(life)
    with read(still.station.engine) as connection:
        found = {
            "determination_id": _first(
                connection, determination_record.c.id, determination_record.c.case_id == case.id
            ),
            "other_determination_id": _last(
                connection, determination_record.c.id, determination_record.c.case_id == case.id
            ),
            "leaf_id": quote(_first(connection, decision.c.id, decision.c.case_id == case.id), safe=""),
            "subsidy_id": _first(connection, subsidy_case.c.id, subsidy_case.c.stage == Stage.RUNNING),
            "notice_id": _first(connection, subsidy_notice.c.id, subsidy_notice.c.station_id == case.station_id),
            "batch_id": _first(connection, subsidy_batch.c.id, subsidy_batch.c.station_id == case.station_id),
            "paper_id": _first(connection, paper.c.id, paper.c.case_id == case.id),
            "vacancy_id": _first(connection, vacancy.c.id, vacancy.c.station_id == case.station_id),
            "course_id": _first(connection, course.c.id, course.c.station_id == case.station_id),
            "employer_id": _first(connection, employer.c.id, employer.c.node_id == "cn-50-99"),
        }
    return found | {
        "case_id": case.id,
        "worker_id": case.worker_id,
        "station_id": case.station_id,
        "staff_id": "caseworker-1",
        "field": "identity",
        "act": "record-guidance",
        "revision": "1",
        "what": "open",
        "policy": "hardship-worker",
        "jurisdiction": "cn-50-99",
        "proposal_id": PROPOSAL,
        "simulation_id": SIMULATION,
        "referral": case.referrals[0].id if case.referrals else "",
        "token": token_of(still, case),
    }


def token_of(still: Still, case: HardshipCase) -> str:
    """A link that the worker has not opened yet."""
    with write(still.station.engine) as connection:
        return make_link(
            connection, still.station.keyring, case.id, case.worker_id, "", "caseworker-1", still.now
        ).token


def _first(connection: Connection, column: ColumnElement[str], where: ColumnElement[bool]) -> str:
    return str(connection.scalar(select(column).where(where).order_by(column).limit(1)))


def _last(connection: Connection, column: ColumnElement[str], where: ColumnElement[bool]) -> str:
    return str(connection.scalar(select(column).where(where).order_by(column.desc()).limit(1)))
