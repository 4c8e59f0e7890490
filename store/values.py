"""Hours, pay floors and health demands as the canonical JSON in which the record keeps them."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import cast

from cases.canonical import Json
from cases.constraints import HealthDemand, PayFloor, PayUnit
from cases.hours import Hours, Shift


def hours_json(hours: Hours) -> Json:
    return [
        {"days": sorted(shift.days), "begin": _clock(shift.begin), "until": _clock(shift.until)}
        for shift in hours.shifts
    ]


def hours_from(value: Json) -> Hours:
    shifts = cast("Sequence[Mapping[str, Json]]", value)
    return Hours(
        tuple(
            Shift(
                frozenset(cast("Sequence[int]", shift["days"])),
                time.fromisoformat(str(shift["begin"])),
                time.fromisoformat(str(shift["until"])),
            )
            for shift in shifts
        )
    )


def pay_floor_json(floor: PayFloor) -> Json:
    return {"fen": floor.fen, "unit": floor.unit.value}


def pay_floor_from(value: Json) -> PayFloor:
    floor = cast("Mapping[str, Json]", value)
    return PayFloor(int(cast("int", floor["fen"])), PayUnit(str(floor["unit"])))


def demands_json(demands: frozenset[HealthDemand]) -> Json:
    return sorted(demand.value for demand in demands)


def demands_from(value: Json) -> frozenset[HealthDemand]:
    return frozenset(HealthDemand(demand) for demand in cast("Sequence[str]", value))


def places_json(places: frozenset[str]) -> Json:
    return sorted(places)


def places_from(value: Json) -> frozenset[str]:
    return frozenset(cast("Sequence[str]", value))


def _clock(moment: time) -> str:
    return moment.isoformat("minutes")
