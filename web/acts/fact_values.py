"""The value of a fact: filled in as its declaration says, kept as canonical JSON (days as text, money in fen)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from cases.canonical import Json
from cases.wording import Wording
from rules.given import ONGOING
from rules.schema import Fact
from rules.types import Choice as ChoiceType
from rules.types import Day as DayType
from rules.types import Month as MonthType
from rules.types import Number, Records, Truth, Type
from rules.units import BASE, Unit, YearMonth
from web.acts.bounds import read_day
from web.acts.widgets import Choice, Day, Money, Text, Widget, YesNo
from web.acts.words import FACT_MEMBERS
from web.forms import REQUIRED, Form

NOT_A_MONTH: Final = Wording("请填写年和月，例如 2026 年 3 月", "Enter a year and a month, such as March 2026")
_UNITS: Final = {
    "one": Wording("", ""),
    "day": Wording("天", "days"),
    "month": Wording("个月", "months"),
    "year": Wording("年", "years"),
}
_ROWS_AHEAD: Final = 1


@dataclass(frozen=True)
class FactValue:
    """Stands in the description of the form, until it is known which fact it is."""

    look: ClassVar = "fact"

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        return Text().read(form, name, required=required)

    def written(self, name: str, value: Any) -> Mapping[str, str]:  # noqa: ANN401 - a fact of any type
        return {name: "" if value is None else str(value)}

    def sample(self, today: date) -> bool:
        return True


@dataclass(frozen=True)
class FactDay:
    """`open`: a period that may still go on."""

    look: ClassVar = "fact_day"
    open: bool = False

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        if self.open and form.value(f"{name}-{ONGOING}"):
            return ONGOING
        day = read_day(form, name, required=required)
        return day.isoformat() if day else None

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        if value == ONGOING:
            return {f"{name}-{ONGOING}": "yes"}
        return Day().written(name, date.fromisoformat(value) if value else None)

    def sample(self, today: date) -> str:
        return today.isoformat()


@dataclass(frozen=True)
class FactMonth:
    look: ClassVar = "month"

    def read(self, form: Form, name: str, *, required: bool) -> str | None:
        year, month = (form.value(f"{name}-{part}").strip() for part in ("year", "month"))
        if not year and not month:
            if required:
                form.wrong(name, REQUIRED)
            return None
        try:
            return str(YearMonth.parse(f"{year.zfill(4)}-{month.zfill(2)}"))
        except ValueError:
            form.wrong(name, NOT_A_MONTH)
            return None

    def written(self, name: str, value: str | None) -> Mapping[str, str]:
        if not value:
            return {}
        month = YearMonth.parse(value)
        return {f"{name}-year": str(month.year), f"{name}-month": str(month.month)}

    def sample(self, today: date) -> str:
        return str(YearMonth.of(today))


@dataclass(frozen=True)
class FactLength:
    """A number that people give in one unit and that is kept in another: years, kept as months."""

    look: ClassVar = "whole"
    unit: Wording
    factor: int = 1

    def read(self, form: Form, name: str, *, required: bool) -> int | None:
        value = form.whole(name, required=required)
        return None if value is None else value * self.factor

    def written(self, name: str, value: int | None) -> Mapping[str, str]:
        return {name: "" if value is None else str(value // self.factor)}

    def sample(self, today: date) -> int:
        return self.factor


@dataclass(frozen=True)
class FactColumn:
    name: str
    label: Wording
    widget: Widget


@dataclass(frozen=True)
class FactList:
    """Rows, and whether they are all there are: a list that may be longer is known in part only."""

    look: ClassVar = "fact_list"
    columns: tuple[FactColumn, ...]
    most: int

    def rows(self, form: Form, name: str) -> int:
        """How many rows the form shows: those that hold something, and one more."""
        held = {
            int(number)
            for key in form.values
            if key.startswith(f"{name}.") and form.value(key) and (number := key.split(".")[1]).isdecimal()
        }
        return min(self.most, max((number for number in held if number < self.most), default=-1) + 1 + _ROWS_AHEAD)

    def read(self, form: Form, name: str, *, required: bool) -> Json:
        items: list[dict[str, Json]] = []
        for number in range(self.rows(form, name)):
            item: dict[str, Json] = {}
            for column in self.columns:
                value = column.widget.read(form, f"{name}.{number}.{column.name}", required=False)
                if value is not None:
                    item[column.name] = value
            if item:
                items.append(item)
        complete = form.yes(f"{name}-complete", required=required)
        if complete is None:
            return None
        kept: Json = list(items)
        return kept if complete else {"complete": False, "items": kept}

    def written(self, name: str, value: Any) -> Mapping[str, str]:  # noqa: ANN401 - JSON of a list
        complete, items = (True, value) if isinstance(value, list) else (value["complete"], value["items"])
        typed = {f"{name}-complete": "yes" if complete else "no"}
        for number, item in enumerate(items):
            for column in self.columns:
                if column.name in item:
                    typed |= column.widget.written(f"{name}.{number}.{column.name}", item[column.name])
        return typed

    def sample(self, today: date) -> Json:
        return []


def question(fact: Fact) -> Wording:
    """What is asked, in the unit in which the form takes the answer: the law's facts count fen, people yuan."""
    asked = fact.question
    if isinstance(fact.type, Number) and fact.type.unit is Unit.FEN:
        return Wording(asked.zh.replace("（分）", "（元）"), asked.en.replace("in fen", "in yuan"))
    return asked


def value_widget(fact: Fact) -> Widget:
    """What a fact of this declaration is filled in with."""
    if isinstance(fact.type, Records):
        columns = (FactColumn(f.name, f.label, _scalar(f.type, "one", last=f.name == "until")) for f in fact.fields)
        return FactList(tuple(columns), fact.type.most)
    return _scalar(fact.type, fact.given_in)


def _scalar(type_: Type, given_in: str, *, last: bool = False) -> Widget:  # noqa: PLR0911 - one line per type
    match type_:
        case Truth():
            return YesNo()
        case DayType():
            return FactDay(open=last)
        case MonthType():
            return FactMonth()
        case ChoiceType(members):
            return Choice({member: FACT_MEMBERS.get(member, Wording(member, member)) for member in members})
        case Number(unit=Unit.FEN):
            return Money()
        case Number():
            return FactLength(_UNITS[given_in], BASE[given_in][1])
        case _:
            return Text()
