"""A spreadsheet of workers: its columns, and each row as a registration, or what is wrong with it cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection

from cases.canonical import canonical, from_canonical
from cases.facts import SourceKind
from cases.identity import IdentityNumber, IdentityRefused, parse_identity
from cases.phones import Phone, PhoneRefused, parse_phone
from cases.registration import FirstFact, Person, Registration, StatedSkill, StatedWish
from cases.wording import Wording
from store.keys import KeyRing
from store.people import candidates
from store.search import Sought
from web.spreadsheets import CellError, Column, Row

MOST_WORKERS: Final = 500
_MOST_TEXT: Final = 200
COLUMNS: Final = (
    Column("name", Wording("姓名", "Name"), needed=True),
    Column(
        "identity", Wording("证件号码", "Identity number"), also=("身份证号", "身份证号码", "ID number"), needed=True
    ),
    Column("phone", Wording("电话", "Phone"), also=("手机", "手机号", "手机号码", "联系电话", "Mobile"), needed=True),
    Column("address", Wording("住址", "Address"), also=("地址", "家庭住址")),
    Column("trade", Wording("会做的工种", "Trade"), also=("工种", "技能", "Skill")),
    Column("level", Wording("程度", "Level"), also=("熟练程度",)),
    Column("wish", Wording("愿意做的工种", "Trade wished for"), also=("求职意向", "Wish")),
    Column("waiting_since", Wording("开始待工日期", "Waiting since"), also=("待工日期",)),
)
TITLES: Final[Mapping[str, Wording]] = {column.name: column.title for column in COLUMNS}
TOO_LONG: Final = Wording(f"最多 {_MOST_TEXT} 个字", f"At most {_MOST_TEXT} characters")
NOT_YET: Final = Wording("日期不能晚于今天", "The day cannot be after today")
ALREADY: Final = Wording("该证件号码已在台账中", "This identity number is in the ledger already")
PHONE_KNOWN: Final = Wording(
    "台账中已有人使用这个电话，请在窗口单独登记并核对",
    "Somebody in the ledger has this phone: register them at the counter, and look first",
)
SKILL_NEEDS_LEVEL: Final = Wording("填了工种就要填程度", "A trade needs its level")


@dataclass(frozen=True)
class Entry:
    """One row that can be read."""

    number: int
    name: str = field(repr=False)
    identity: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    trade: str
    level: str
    wish: str
    waiting_since: str

    def registration(self, key: str, station: str, today: date) -> Registration:
        facts = (
            FirstFact(
                "waiting_since", self.waiting_since, SourceKind.RECORD, today, "批量导入的名册 / imported roster"
            ),
        )
        return Registration(
            key=f"{key}{self.number}",
            station=station,
            worker=Person(self.name, self.identity, self.phone, self.address or None),
            skills=(StatedSkill(self.trade, self.level),) if self.trade else (),
            wishes=(StatedWish(self.wish),) if self.wish else (),
            facts=facts if self.waiting_since else (),
        )

    def kept(self) -> str:
        return canonical(vars(self))


def kept_entry(text: str) -> Entry:
    return Entry(**cast("dict[str, Any]", from_canonical(text)))


def read_entries(rows: Sequence[Row], today: date) -> tuple[tuple[Entry, ...], tuple[CellError, ...]]:
    """The rows that can be read, and what is wrong with the others; values stay out of the errors."""
    read = [(row, _entry(row, today)) for row in rows]
    errors = [error for row, _ in read for error in row.errors]
    entries = [entry for row, entry in read if not row.errors]
    return tuple(entries), (*errors, *_twice(entries))


def known_already(connection: Connection, keyring: KeyRing, entries: Sequence[Entry], today: date) -> list[CellError]:
    """The rows of people whom the ledger has, or whose phone it has."""
    errors = []
    for entry in entries:
        identity, phone = parse_identity(entry.identity, today), parse_phone(entry.phone)
        matched = {s for found in candidates(connection, keyring, entry.name, identity, phone) for s in found.matched}
        if Sought.IDENTITY in matched:
            errors.append(CellError(entry.number, "identity", ALREADY))
        elif Sought.PHONE in matched:
            errors.append(CellError(entry.number, "phone", PHONE_KNOWN))
    return errors


def _entry(row: Row, today: date) -> Entry:
    values = {name: row.text(name) for name in ("address", "trade", "level", "wish")}
    name = row.text("name", required=True)
    for column, value in (*values.items(), ("name", name)):
        if len(value) > _MOST_TEXT:
            row.wrong(column, TOO_LONG)
    if values["trade"] and not values["level"]:
        row.wrong("level", SKILL_NEEDS_LEVEL)
    since = row.day("waiting_since")
    if since and since > today:
        row.wrong("waiting_since", NOT_YET)
    identity, phone = _identity(row, today), _phone(row)
    return Entry(
        number=row.number,
        name=name,
        identity=identity.value if identity else "",
        phone=str(phone) if phone else "",
        waiting_since=since.isoformat() if since else "",
        **values,
    )


def _identity(row: Row, today: date) -> IdentityNumber | None:
    text = row.text("identity", required=True)
    try:
        return parse_identity(text, today) if text else None
    except IdentityRefused as refused:
        for reason in refused.refusals:
            row.wrong("identity", reason.wording)
        return None


def _phone(row: Row) -> Phone | None:
    text = row.text("phone", required=True)
    try:
        return parse_phone(text) if text else None
    except PhoneRefused as refused:
        row.wrong("phone", refused.refusals[0].wording)
        return None


def _twice(entries: Sequence[Entry]) -> Iterator[CellError]:
    """Rows that say the same number as a row above them, which is named by its number only."""
    for column in ("identity", "phone"):
        first: dict[str, int] = {}
        for entry in entries:
            value = str(getattr(entry, column))
            if value in first:
                at = first[value]
                yield CellError(entry.number, column, Wording(f"与第 {at} 行相同", f"The same as in row {at}"))
            else:
                first[value] = entry.number
