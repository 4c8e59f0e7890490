"""A form as the browser sent it: what was typed, field by field, and what is wrong with it.

    form = Form.sent(visit)
    held_on = form.day("held_on")
    content = form.text("content", required=True)
    if form.errors:
        return visit.render("guidance.html", {"form": form}, status=UNPROCESSABLE)

Reading a field never raises: what cannot be read is an error at its field, in words, and stays as it was typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from uuid import uuid4

from cases.refusals import Refusal
from cases.wording import Wording
from web.visit import Visit

UNPROCESSABLE: Final = 422
KEY, REVISION = "key", "revision"
_FIELD_CODE: Final = "field:"
_E = TypeVar("_E", bound=StrEnum)

REQUIRED: Final = Wording("请填写这一项", "Fill this in")
CHOOSE: Final = Wording("请选择一项", "Choose one")
NOT_A_DAY: Final = Wording("请填写真实的日期，例如 2026 年 3 月 2 日", "Enter a real day, such as 2 March 2026")
NOT_WHOLE: Final = Wording("请填写整数", "Enter a whole number")
NOT_MONEY: Final = Wording("请填写金额，例如 2300 或 2300.50", "Enter an amount, such as 2300 or 2300.50")
_CENT_PLACES: Final = 2
_MOST_DIGITS: Final = 12


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field; `field` is empty where it is wrong with the form as a whole."""

    field: str
    wording: Wording


@dataclass
class Form:
    """`key` makes a second sending harmless; `revision` is that of the case when the form was shown."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    errors: list[FieldError] = field(default_factory=list)
    key: str = field(default_factory=lambda: uuid4().hex)
    revision: int | None = None

    @classmethod
    def sent(cls, visit: Visit) -> "Form":
        """What was posted now."""
        return cls.of(visit.fields)

    @classmethod
    def shown(cls, visit: Visit, values: Mapping[str, str] | None = None, *, revision: int | None = None) -> "Form":
        """What a form begins with: what its reader left half-filled, or else these values."""
        kept = visit.kept()
        if kept is not None:
            form = cls.of(kept.fields)
            form.refuse(kept.refusals)
            return form
        return cls({name: (value,) for name, value in (values or {}).items()}, revision=revision)

    @classmethod
    def of(cls, fields: Mapping[str, Sequence[str]]) -> "Form":
        key, revision = next(iter(fields.get(KEY, ())), ""), next(iter(fields.get(REVISION, ())), "")
        form = cls(fields, revision=int(revision) if revision.isdecimal() and len(revision) <= _MOST_DIGITS else None)
        if key.isalnum() and key.isascii() and len(key) <= 64:  # noqa: PLR2004 - a uuid has 32
            form.key = key
        return form

    def value(self, name: str, default: str = "") -> str:
        """What was typed, for the field to show again."""
        return next(iter(self.values.get(name, ())), default)

    def chosen(self, name: str) -> tuple[str, ...]:
        """Every ticked box of a name."""
        return tuple(self.values.get(name, ()))

    def error(self, name: str) -> Wording | None:
        return next((error.wording for error in self.errors if error.field == name), None)

    def wrong(self, name: str, wording: Wording) -> None:
        self.errors.append(FieldError(name, wording))

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Reasons of the engine's: those about a field go to the field."""
        for refusal in refusals:
            name = refusal.code.removeprefix(_FIELD_CODE) if refusal.code.startswith(_FIELD_CODE) else ""
            self.wrong(name, refusal.wording)

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.value(name).strip()
        if required and not value:
            self.wrong(name, REQUIRED)
        return value

    def choice(self, name: str, members: type[_E], *, required: bool = True) -> _E | None:
        value = self.value(name)
        if value in tuple(members):
            return members(value)
        if required or value:
            self.wrong(name, CHOOSE)
        return None

    def one_of(self, name: str, known: Iterable[str], *, required: bool = True) -> str | None:
        """One of the values that the form offered."""
        value = self.value(name)
        if value in set(known):
            return value
        if required or value:
            self.wrong(name, CHOOSE)
        return None

    def yes(self, name: str, *, required: bool = True) -> bool | None:
        value = {"yes": True, "no": False}.get(self.value(name))
        if value is None and required:
            self.wrong(name, CHOOSE)
        return value

    def day(self, name: str, *, required: bool = True) -> date | None:
        """A day of three inputs, NAME-year, NAME-month and NAME-day."""
        parts = [self.value(f"{name}-{part}").strip() for part in ("year", "month", "day")]
        if not any(parts):
            if required:
                self.wrong(name, REQUIRED)
            return None
        try:
            year, month, day = (int(part) if part.isascii() and part.isdecimal() else 0 for part in parts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            self.wrong(name, NOT_A_DAY)
            return None

    def whole(self, name: str, *, required: bool = True) -> int | None:
        value = self.value(name).replace(",", "").replace(" ", "")
        if not value:
            if required:
                self.wrong(name, REQUIRED)
            return None
        if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
            self.wrong(name, NOT_WHOLE)
            return None
        return int(value)

    def fen(self, name: str, *, required: bool = True) -> int | None:
        """An amount in yuan, with at most two decimals, as whole fen."""
        value = self.value(name).replace(",", "").replace("，", "").replace(" ", "").removesuffix("元")
        if not value:
            if required:
                self.wrong(name, REQUIRED)
            return None
        yuan, _, cents = value.partition(".")
        digits = yuan + cents
        if not (digits.isascii() and digits.isdecimal() and len(cents) <= _CENT_PLACES and len(yuan) <= _MOST_DIGITS):
            self.wrong(name, NOT_MONEY)
            return None
        return int(yuan or "0") * 100 + int(cents.ljust(_CENT_PLACES, "0"))


def day_values(name: str, value: date | None) -> dict[str, str]:
    """A day as the three inputs of a form show it."""
    if value is None:
        return {}
    return {f"{name}-year": str(value.year), f"{name}-month": str(value.month), f"{name}-day": str(value.day)}
