"""The facts that a counter asks for at once, each with where it comes from; what is left empty stays unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from activities.policies import Policies
from cases.facts import SourceKind
from cases.registration import FirstFact
from cases.wording import Wording
from rules.schema import Fact
from rules.types import Day, Number, Truth
from rules.units import Unit
from web.case.words import SOURCES
from web.forms import Form
from web.visit import Visit

# Those that decide most determinations, in the order in which a caseworker asks. Another body's recognition has a
# paper, and is recorded in the case.
ASKED: Final = (
    "waiting_since",
    "in_work",
    "registered_unemployed",
    "local_household",
    "minimum_living",
    "zero_employment_family",
    "disabled",
    "single_parent",
    "household_size",
    "household_income",
)
SOURCES_OFFERED: Final = (SourceKind.STATEMENT, SourceKind.RECORD, SourceKind.FINDING)
NOT_YET: Final = Wording("日期不能晚于今天", "The day cannot be after today")
OUT_OF_RANGE: Final = Wording("这个值超出了可能的范围", "This value is out of range")


@dataclass(frozen=True)
class AskedFact:
    """`look` says how it is asked: a day, yes or no, an amount, or a number."""

    fact: Fact
    look: str

    @property
    def field(self) -> str:
        return f"fact_{self.fact.name}"


def asked_facts(policies: Policies) -> tuple[AskedFact, ...]:
    declared: Mapping[str, Fact] = policies.book.facts
    return tuple(AskedFact(declared[name], _look(declared[name])) for name in ASKED if name in declared)


def read_facts(visit: Visit, form: Form) -> tuple[FirstFact, ...]:
    return tuple(_read(visit, form))


def _read(visit: Visit, form: Form) -> Iterator[FirstFact]:
    policies = visit.office.station.policies
    for asked in asked_facts(policies):
        value = _value(form, asked, visit.today)
        if value is None:
            continue
        if policies.fact_refusals(asked.fact.name, value):
            form.wrong(asked.field, OUT_OF_RANGE)
            continue
        source = form.choice(f"{asked.field}_source", SourceKind, required=False) or SourceKind.STATEMENT
        if source not in SOURCES_OFFERED:
            source = SourceKind.STATEMENT
        detail = form.text(f"{asked.field}_detail") or SOURCES[source].zh
        yield FirstFact(asked.fact.name, value, source, visit.today, detail)


def _value(form: Form, asked: AskedFact, today: date) -> object:
    match asked.look:
        case "day":
            day = form.day(asked.field, required=False)
            if day is not None and day > today:
                form.wrong(asked.field, NOT_YET)
                return None
            return day.isoformat() if day else None
        case "yes":
            return form.yes(asked.field, required=False)
        case "money":
            return form.fen(asked.field, required=False)
        case _:
            return form.whole(asked.field, required=False)


def _look(fact: Fact) -> str:
    match fact.type:
        case Day():
            return "day"
        case Truth():
            return "yes"
        case Number(unit=Unit.FEN):
            return "money"
        case _:
            return "number"
