"""What a field is filled in with: how a value becomes what was typed, and back.

`read` gives None for what was left empty, so that the act's own default holds; what cannot be read is an error at the
field. `written` is its inverse. `sample` is some value that can be read, to ask the rules with before anything is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Protocol

from cases.hardship.stages import ExitReason
from cases.wording import Wording
from cases.zone import STATION_ZONE
from web.acts.asked import Ask
from web.acts.bounds import (
    LINE_TOO_LONG,
    LONGEST,
    LONGEST_ID,
    LONGEST_LINE,
    MOST,
    MOST_FEN,
    TOO_LONG,
    at_most,
    read_day,
)
from web.forms import CHOOSE, NOT_WHOLE, REQUIRED, Form, day_values

NOT_A_TIME: Final = Wording("请填写 24 小时制的时间，例如 09:30", "Enter a time of 24 hours, such as 09:30")
YES: Final = Wording("是", "Yes")
NO: Final = Wording("否", "No")
OTHER: Final = "other"
SAMPLE_TEXT: Final = "—"
_HOUR: Final = 60
_FULL_DAY: Final = 8 * _HOUR
_LONGEST: Final = 4  # figures, more than any length of time takes


class Widget(Protocol):
    """`look` names the macro of templates/pages/acts/widgets.html that draws it."""

    @property
    def look(self) -> str: ...
    def read(self, form: Form, name: str, *, required: bool) -> Any: ...  # noqa: ANN401 - each has its own
    def written(self, name: str, value: Any) -> Mapping[str, str]: ...  # noqa: ANN401 - likewise
    def sample(self, today: date) -> Any: ...  # noqa: ANN401 - likewise


@dataclass(frozen=True)
class Text:
    """A line, or with `rows` a place to write in."""

    look: ClassVar = "text"
    rows: int = 0

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        typed = form.text(name, required=required).replace("\r\n", "\n")
        if len(typed) > (LONGEST if self.rows else LONGEST_LINE):
            form.wrong(name, TOO_LONG if self.rows else LINE_TOO_LONG)
            return None
        return typed or None

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        return {name: value or ""}

    def sample(self, today: date) -> str:
        return SAMPLE_TEXT


LONG: Final = Text(rows=4)


@dataclass(frozen=True)
class Lines:
    """Several things, one a line."""

    look: ClassVar = "text"
    rows: int = 3

    def read(self, form: Form, name: str, *, required: bool) -> tuple[str, ...] | None:
        typed = form.text(name, required=required)
        if len(typed) > LONGEST:
            form.wrong(name, TOO_LONG)
            return None
        lines = (line.strip() for line in typed.splitlines())
        return tuple(line for line in lines if line) or None

    def written(self, name: str, value: tuple[str, ...]) -> Mapping[str, str]:
        return {name: "\n".join(value)}

    def sample(self, today: date) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Day:
    """`quick`: with buttons for today and yesterday."""

    look: ClassVar = "day"
    quick: bool = True

    def read(self, form: Form, name: str, *, required: bool) -> date | None:
        return read_day(form, name, required=required)

    def written(self, name: str, value: date | None) -> Mapping[str, str]:
        return day_values(name, value)

    def sample(self, today: date) -> date:
        return today


@dataclass(frozen=True)
class Moment:
    """A day, and a time of it at the station."""

    look: ClassVar = "moment"

    def read(self, form: Form, name: str, *, required: bool) -> datetime | None:
        day = read_day(form, name, required=required)
        typed = form.value(f"{name}-time").strip().replace("：", ":")
        try:
            at = time.fromisoformat(typed.zfill(5)) if typed else None
        except ValueError:
            at = None
        if day is None:
            return None
        if at is None or at.tzinfo:
            form.wrong(name, NOT_A_TIME)
            return None
        return datetime.combine(day, at, STATION_ZONE)

    def written(self, name: str, value: datetime | None) -> Mapping[str, str]:
        if value is None:
            return {}
        local = value.astimezone(STATION_ZONE)
        return {**day_values(name, local.date()), f"{name}-time": f"{local:%H:%M}"}

    def sample(self, today: date) -> datetime:
        return datetime.combine(today + timedelta(days=1), time(10), STATION_ZONE)


@dataclass(frozen=True)
class Radios:
    """One member of a closed list, each in words; in the order of the words."""

    look: ClassVar = "radios"
    members: type[StrEnum]
    words: Mapping[StrEnum, Wording]
    inline: bool = False

    def read(self, form: Form, name: str, *, required: bool) -> StrEnum | None:
        return form.choice(name, self.members, required=required)

    def written(self, name: str, value: StrEnum | None) -> Mapping[str, str]:
        return {name: value or ""}

    def sample(self, today: date) -> StrEnum:
        return next(iter(self.members))


@dataclass(frozen=True)
class Choice:
    """One of a few values that stand in words here: no field of the act, or one whose list is declared elsewhere."""

    look: ClassVar = "choice"
    words: Mapping[str, Wording]

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        return form.one_of(name, self.words, required=required)

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        return {name: value or ""}

    def sample(self, today: date) -> str:
        return next(iter(self.words))


@dataclass(frozen=True)
class Suggested:
    """One of the usual words, or another."""

    look: ClassVar = "suggested"
    words: Mapping[str, Wording]

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        chosen = form.value(name)
        if chosen == OTHER:
            return Text().read(form, f"{name}-{OTHER}", required=True)
        return form.one_of(name, self.words, required=required)

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        if not value or value in self.words:
            return {name: value or ""}
        return {name: OTHER, f"{name}-{OTHER}": value}

    def sample(self, today: date) -> str:
        return next(iter(self.words))


@dataclass(frozen=True)
class YesNo:
    """Two answers in their own words; with `unsaid` also a third, which leaves it open."""

    look: ClassVar = "yes_no"
    yes: Wording = YES
    no: Wording = NO
    unsaid: Wording | None = None

    def read(self, form: Form, name: str, *, required: bool) -> bool | None:
        return form.yes(name, required=required)

    def written(self, name: str, value: bool | None) -> Mapping[str, str]:
        return {name: "" if value is None else "yes" if value else "no"}

    def sample(self, today: date) -> bool:
        return True


@dataclass(frozen=True)
class Whole:
    look: ClassVar = "whole"
    unit: Wording

    def read(self, form: Form, name: str, *, required: bool) -> int | None:
        return at_most(MOST, form, name, form.whole(name, required=required))

    def written(self, name: str, value: int | None) -> Mapping[str, str]:
        return {name: "" if value is None else str(value)}

    def sample(self, today: date) -> int:
        return 1


@dataclass(frozen=True)
class Money:
    """Yuan, with two decimals at most; whole fen."""

    look: ClassVar = "money"

    def read(self, form: Form, name: str, *, required: bool) -> int | None:
        return at_most(MOST_FEN, form, name, form.fen(name, required=required))

    def written(self, name: str, value: int | None) -> Mapping[str, str]:
        return {name: "" if value is None else f"{value // 100}.{value % 100:02d}".removesuffix(".00")}

    def sample(self, today: date) -> int:
        return 1


@dataclass(frozen=True)
class Minutes:
    """A length of time as hours and minutes; whole minutes."""

    look: ClassVar = "minutes"

    def read(self, form: Form, name: str, *, required: bool) -> int | None:
        typed = [form.value(f"{name}-{part}").strip() for part in ("hours", "minutes")]
        if not any(typed):
            if required:
                form.wrong(name, REQUIRED)
            return None
        if not all(part.isascii() and part.isdecimal() and len(part) <= _LONGEST for part in typed if part):
            form.wrong(name, NOT_WHOLE)
            return None
        hours, minutes = (int(part or "0") for part in typed)
        return hours * _HOUR + minutes

    def written(self, name: str, value: int | None) -> Mapping[str, str]:
        if value is None:
            return {}
        hours, minutes = divmod(value, _HOUR)
        return {f"{name}-hours": str(hours), f"{name}-minutes": str(minutes)}

    def sample(self, today: date) -> int:
        return _FULL_DAY


@dataclass(frozen=True)
class Asked:
    """One of what the case or the record holds; which there are is found when the form is shown (`web.acts.asked`)."""

    look: ClassVar = "asked"
    of: Ask

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        value = form.value(name).strip()
        if (not value and required) or len(value) > LONGEST_ID:
            form.wrong(name, CHOOSE)
            return None
        return value or None

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        return {name: value or ""}

    def sample(self, today: date) -> str:
        return next(iter(ExitReason)) if self.of is Ask.EXIT_REASON else ""
