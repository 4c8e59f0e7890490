"""Likely duplicates: people of the ledger who may be the one at the counter, shown before anything is written.

A caseworker looks at each and may go on with a reason. Those outside the reader's scope are said to exist and no more.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, select

from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.case_reading import station_names
from store.people import PerhapsRegistered
from store.search import Sought
from store.tables.people import worker
from store.worker_file import ABOUT
from store.worker_list import workers_with_cases
from web.case.speech import speech_of
from web.forms import REQUIRED, Form
from web.people.rows import shown_rows
from web.visit import Visit

DIGEST, LOOKED, REASON = "alike", "other_people", "other_reason"
AUDIT: Final = "not-the-same-person"
_LENGTH: Final = 16
LOOK: Final = Wording(
    "请先核对下面的人是否同一人；确实不是，打勾并写明理由",
    "See first whether it is one of these people; if not, tick and say why",
)


class Match(StrEnum):
    IDENTITY = "identity"
    PHONE = "phone"
    NAME = "name"
    SOUND = "sound"


MATCHES: Final[Mapping[Match, Wording]] = {
    Match.IDENTITY: Wording("证件号码相同", "same identity number"),
    Match.PHONE: Wording("电话相同", "same phone"),
    Match.NAME: Wording("姓名相同", "same name"),
    Match.SOUND: Wording("名字读音相同", "name sounds the same"),
}
OF_SOUGHT: Final = {Sought.IDENTITY: Match.IDENTITY, Sought.PHONE: Match.PHONE, Sought.NAME: Match.NAME}


@dataclass(frozen=True)
class Likely:
    """Who may be meant, and by what each matches."""

    matched: Mapping[str, frozenset[Match]]

    @property
    def digest(self) -> str:
        """Names these people and no others: whoever is found later was not looked at."""
        return hashlib.sha256("\0".join(sorted(self.matched)).encode()).hexdigest()[:_LENGTH]

    def looked_at(self, form: Form) -> bool:
        """Whether the form says that they were looked at, and why they are other people."""
        if not self.matched:
            return True
        if form.value(DIGEST) != self.digest or form.value(LOOKED) != "yes":
            form.wrong(LOOKED, LOOK)
            return False
        if not form.text(REASON):
            form.wrong(REASON, REQUIRED)
            return False
        return True


def likely_of(perhaps: PerhapsRegistered) -> Likely:
    return Likely(
        {
            each.worker_id: frozenset(OF_SOUGHT[sought] for sought in each.matched if sought in OF_SOUGHT)
            for each in perhaps.candidates
        }
    )


def shown_likely(visit: Visit, connection: Connection, likely: Likely) -> dict[str, object]:
    """Those within the reader's scope, masked, with what matches; of the others, what matches."""
    seen = select(worker.c.id).where(worker.c.id.in_(list(likely.matched)), visit.scope.has_worker())
    ids = sorted(connection.scalars(seen), key=lambda id_: (-len(likely.matched[id_]), id_))
    listed = workers_with_cases(connection, visit.office.station.keyring, visit.scope, ids)
    stations = station_names(connection, {each.person.station_id for each in listed})
    elsewhere = [matches for id_, matches in likely.matched.items() if id_ not in ids]
    return {
        "digest": likely.digest,
        "people": [
            row | {"matched": _words(visit, likely.matched[str(row["id"])])} for row in shown_rows(listed, stations)
        ],
        "elsewhere": [_words(visit, matches) for matches in elsewhere],
    }


def note_other_people(visit: Visit, connection: Connection, worker_id: str, station_id: str, form: Form) -> None:
    """That the likely duplicates were looked at, and why they are other people, in the transaction that goes on."""
    event = AuditEvent(
        AUDIT,
        visit.me.staff_id,
        visit.now,
        about_kind=ABOUT,
        about_id=worker_id,
        station_id=station_id,
        note=form.text(REASON),
    )
    record_audit(connection, visit.office.station.keyring, event)


def _words(visit: Visit, matches: frozenset[Match]) -> str:
    speech = speech_of(visit)
    return speech.list([speech.w(MATCHES[match]) for match in Match if match in matches])
