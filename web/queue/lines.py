"""The rows of the queue as a page shows them: who, what next, until when, and how far the plan has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from unicodedata import combining, normalize

from sqlalchemy import Connection

from cases.days import day_of
from cases.hardship.buckets import Bucket, Horizon, due_day
from cases.hardship.progress import ACTS
from cases.hardship.queue_words import DueWords, due_words, plan_words, what_next
from cases.identity import Sex
from cases.roles import Role
from cases.wording import Language, Wording
from store.case_reading import staff_names
from store.queue import Entry
from store.worker_lines import WorkerLine
from web.case.person import read_aloud
from web.queue.asked import Address
from web.shown import clock_time, day
from web.visit import Visit
from web.worker_names import named_workers

OPENED: Final = Wording("登记并开案", "registered")
_SEXES: Final = {Sex.FEMALE: Wording("女", ""), Sex.MALE: Wording("男", "")}
ERASED: Final = Wording("（个人信息已删除）", "(erased)")
SIGNS: Final = {
    Bucket.OVERDUE: "overdue",
    Bucket.TODAY: "today",
    Bucket.SOON: "soon",
    Bucket.LATER: "later",
    Bucket.WAITING: "waiting",
    Bucket.RETURNED: "returned",
    Bucket.PAUSED: "waiting",
}
Shown = dict[str, object]


@dataclass(frozen=True)
class Lines:
    """What all rows of one page share."""

    visit: Visit
    horizon: Horizon
    address: Address
    people: Mapping[str, WorkerLine]
    staff: Mapping[str, str]
    start: int

    def groups(self, entries: Iterable[Entry]) -> list[Shown]:
        """The rows under the heads of their buckets, in the order given."""
        groups: list[Shown] = []
        for number, entry in enumerate(entries):
            bucket = self.horizon.bucket(entry.turn, entry.due_at)
            if not groups or groups[-1]["bucket"] is not bucket:
                groups.append({"bucket": bucket, "sign": SIGNS[bucket], "words": bucket.label, "rows": []})
            rows = groups[-1]["rows"]
            if isinstance(rows, list):
                rows.append(self.line(entry, self.start + number))
        return groups

    def line(self, entry: Entry, at: int) -> Shown:
        row = row_id(entry)
        back = self.address.back(at, row)
        case = f"/cases/{entry.case_id}"
        act = entry.act if entry.act and entry.role in self.visit.roles else None
        about = f"about={entry.about}&" if entry.about else ""
        person = self.people.get(entry.worker_id)
        return {
            "id": row,
            "entry": entry,
            "due": self._due(entry),
            "name": person.name if person else self._w(ERASED),
            "sub": self._sub(person),
            "case": f"{case}?back={back}",
            "href": f"{case}/do/{act}?{about}back={back}" if act else f"{case}?back={back}",
            "action": what_next(entry.act, entry.about, entry.waiting_for, entry.progress),
            "reading": _plain(read_aloud(person.name)) if person and self.visit.language is Language.EN else "",
            "last": self._last(entry),
            "last_by": self.staff.get(entry.last_by, ""),
            "groups": [[state.value for state in stop.states] for stop in entry.progress],
            "plan": plan_words(entry.progress),
            "stage": entry.stage.label,
            "days": (self.visit.today - day_of(entry.opened_at)).days + 1,
            "holder": self.staff.get(entry.held_by or "", entry.held_by),
            "covered": entry.role is Role.CASEWORKER and entry.held_by not in (None, self.visit.me.staff_id),
            "back": f"{self.address.with_(page=self.address.given.get('page'))}",
        }

    def _due(self, entry: Entry) -> Shown:
        said = due_words(entry.dated, self.horizon, self.visit.office.station.policies.calendar)
        return {"look": said.look, "words": said.words, "when": self._when(said)}

    def _when(self, said: DueWords) -> str:
        under = self._w(said.under) if said.under else ""
        if said.at is None:
            return under
        if said.look == "returned":
            return self._day(said)
        shown = day(due_day(said.at), self.visit.language, self.visit.today)
        match said.look:
            case "today":
                return f"{shown} {'24:00' if clock_time(said.at) == '00:00' else clock_time(said.at)}"
            case "waiting":
                return self._t(f"{under}，{shown}到期", f"{under}, due {shown}")
            case "overdue":
                return f"{under} {shown}"
        return shown

    def _day(self, said: DueWords) -> str:
        return day(day_of(said.at), self.visit.language, self.visit.today) if said.at else ""

    def _last(self, entry: Entry) -> str:
        act = ACTS.get(entry.last_kind)
        title = self._w(act.TITLE if act else OPENED)
        title = title[:1].lower() + title[1:] if self.visit.language is Language.EN else title
        when = day(day_of(entry.last_at), self.visit.language, self.visit.today)
        return self._t(f"{when}：{title}", f"{when}: {title}")

    def _sub(self, person: WorkerLine | None) -> str:
        if person is None:
            return ""
        if self.visit.language is Language.EN:
            parts = [str(person.age) if person.age is not None else "", f"…{person.phone_tail}"]
        else:
            sex = _SEXES[person.sex].zh if person.sex else ""
            parts = [f"{sex} {person.age}".strip() if person.age is not None else sex, f"尾号 {person.phone_tail}"]
        return " · ".join(filter(None, parts))

    def _w(self, wording: Wording) -> str:
        return wording.within(self.visit.language)

    def _t(self, zh: str, en: str) -> str:
        return zh if self.visit.language is Language.ZH else en


def lines_of(
    visit: Visit, connection: Connection, horizon: Horizon, address: Address, entries: Iterable[Entry], start: int = 0
) -> Lines:
    entries = tuple(entries)
    people = named_workers(visit, connection, {entry.worker_id for entry in entries})
    staff = {who for entry in entries for who in (entry.held_by, entry.last_by) if who}
    return Lines(visit, horizon, address, people, staff_names(connection, staff), start)


def row_id(entry: Entry) -> str:
    """The anchor of a row; a case has one in a list, or one for each role."""
    return entry.case_id if entry.role is Role.CASEWORKER else f"{entry.case_id}-{entry.role}"


def _plain(reading: str) -> str:
    """Pinyin without its tones, as names stand in an English text; ü keeps its dots."""
    apart = normalize("NFD", reading)
    return normalize("NFC", "".join(each for each in apart if each == _DOTS or not combining(each)))


_DOTS: Final = "\u0308"
