"""A simulation that stands in the record, with every part that its page can show."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from activities.simulation_law import SetParameter
from activities.simulation_report import REPORT, LawOfPlace, Report
from cases.canonical import Json
from rules.simulated_effects import (
    UNKNOWN,
    Breakdown,
    Dimension,
    Effect,
    Effects,
    Likeness,
    Row,
    RuleChange,
    Tally,
)
from store.keys import KeyRing
from store.simulations import Answer, Asked, answer, ask

SIMULATION: Final = "SIMULATION00000000000000001"
CHANGE: Final = SetParameter("older_worker", "45")


def a_report(day: date) -> Report:
    """Of a hundred people; of whom few are in some of the rows."""
    few, many = _tally(2, 1, 30), _tally(20, 0, 47)
    by = (
        Breakdown(Dimension.PLACE, (Row("cn-50-99", few + many),)),
        Breakdown(Dimension.STATION, (Row("station-1", few, "cn-50-99"), Row("station-2", many, "cn-50-99"))),
        Breakdown(Dimension.AGE, (Row("45-49", many), Row("60-", few))),
        Breakdown(Dimension.SEX, (Row(UNKNOWN, few), Row("female", many))),
        Breakdown(Dimension.TRADE, (Row("保洁", many), Row(UNKNOWN, few))),
    )
    alike = (Likeness(Effect.GAINS, (("born_on", "1980-01-01..1984-12-31"), ("in_work", "false"))),)
    effects = Effects(few + many, by, (RuleChange("older-worker", "no", "yes", 22),), alike, with_amounts=True)
    law = LawOfPlace("cn-50-99", "cn-50@2022-09-14 cn-50-99@2023-01-01", "0" * 64, "cn-50-99@2023-01-01", "1" * 64)
    change = {"set": CHANGE.name, "value": CHANGE.value}
    of = ("workers", day, "2" * 64, (law,), ("station-1", "station-2"))
    return Report("hardship-worker", "cn-50-99", change, day, *of, 100, 3, ("disabled",), effects)


def plant_simulation(connection: Connection, keyring: KeyRing, at: datetime) -> None:
    asked = Asked(SIMULATION, "hardship-worker", "cn-50-99", CHANGE.plain(), "policy-officer-1", at)
    ask(connection, keyring, asked)
    report = a_report(at.date())
    plain: Json = REPORT.dump_python(report, mode="json")
    answer(connection, keyring, SIMULATION, Answer(at, report.snapshot_day, report.snapshot_hash, plain))


def _tally(gains: int, loses: int, same: int) -> Tally:
    effects = {Effect.GAINS: gains, Effect.LOSES: loses, Effect.SAME: same}
    moved = gains + loses
    found = {effect: count for effect, count in effects.items() if count}
    return Tally(found, 100_00 * (loses + 8), 100_00 * (gains + 8), moved, 0, loses + 8, gains + 8)
