"""What a worker states, as a form asks for it: household, skills, wishes, and what they cannot do without."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from activities.statements import stated_constraints
from cases.constraints import Constraints, HealthDemand, PayUnit
from cases.registration import HouseholdMember, StatedLimits, StatedShift, StatedSkill, StatedWish
from cases.wording import Wording
from store.offers import offer_trades, workplaces
from store.organisation import node
from store.skills import Skill, Wish
from store.worker_list import trades_of_workers
from web.case.words import HEALTH_DEMANDS, PAY_UNITS, WEEKDAYS
from web.forms import CHOOSE, Form
from web.shown import money
from web.vacancies.shifts import SHIFTS, hours_values, read_hours
from web.visit import Visit

BLANK_ROWS: Final = 2
MOST_ROWS: Final = 12
TWICE: Final = Wording("这个工种填了两次", "This trade is filled in twice")
BOTH: Final = Wording("请把这一行填完整", "Fill in the whole row")
UNKNOWN, NONE, ANY, SOME = "unknown", "none", "any", "yes"
_WHOLE_WEEK: Final = (StatedShift(tuple(range(1, 8)), "00:00", "00:00"),)
# The fields of a row of each group; the first must be filled in.
ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "skill": ("trade", "level", "evidence"),
    "wish": ("trade", "detail"),
    "member": ("name", "relation"),
}
_NEEDED: Final = {"skill": ("trade", "level"), "wish": ("trade",), "member": ("name", "relation")}


def rows_shown(form: Form, group: str) -> range:
    """The numbers of a group's rows: those that hold something, and some blank ones."""
    held = [
        number
        for number in range(1, MOST_ROWS + 1)
        if any(form.value(f"{group}{number}_{name}").strip() for name in ROWS[group])
    ]
    return range(1, min(max(held, default=0) + BLANK_ROWS, MOST_ROWS) + 1)


def read_skills(form: Form) -> tuple[StatedSkill, ...]:
    return tuple(StatedSkill(trade, level, evidence or None) for trade, level, evidence in _rows(form, "skill"))


def read_wishes(form: Form) -> tuple[StatedWish, ...]:
    return tuple(StatedWish(trade, detail or None) for trade, detail in _rows(form, "wish"))


def read_household(form: Form) -> tuple[HouseholdMember, ...]:
    return tuple(HouseholdMember(name, relation) for name, relation in _rows(form, "member", once=False))


def read_limits(form: Form, places: Iterable[str]) -> StatedLimits:
    """What is not chosen is unknown; "none" is known too, and says so."""
    fen, unit = _floor(form)
    return StatedLimits(
        hours=_hours(form), places=_places(form, places), pay_floor_fen=fen, pay_floor_unit=unit, health=_health(form)
    )


def row_values(group: str, rows: Iterable[Sequence[str | None]]) -> dict[str, tuple[str, ...]]:
    """Rows as the form shows them again."""
    return {
        f"{group}{number}_{name}": (value or "",)
        for number, row in enumerate(rows, start=1)
        for name, value in zip(ROWS[group], row, strict=True)
    }


def skill_values(skills: Iterable[Skill]) -> dict[str, tuple[str, ...]]:
    return row_values("skill", ((s.trade, s.level, s.evidence) for s in skills))


def wish_values(wishes: Iterable[Wish]) -> dict[str, tuple[str, ...]]:
    return row_values("wish", ((w.trade, w.detail) for w in wishes))


def limit_values(known: Constraints) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {"hours_said": (UNKNOWN,), "floor_said": (UNKNOWN,)}
    if known.hours is not None:
        whole = known.hours == stated_constraints(StatedLimits(hours=_WHOLE_WEEK)).hours
        values |= {"hours_said": (ANY,)} if whole else hours_values(known.hours)
    values["places_said"] = (UNKNOWN if known.places is None else SOME,)
    values["places"] = tuple(sorted(known.places or ()))
    if known.pay_floor is not None:
        values["floor_said"] = (SOME if known.pay_floor.fen else NONE,)
        if known.pay_floor.fen:
            values |= {"floor": (money(known.pay_floor.fen),), "floor_unit": (known.pay_floor.unit.value,)}
    ruled_out = known.ruled_out
    values["health_said"] = (UNKNOWN if ruled_out is None else SOME if ruled_out else NONE,)
    values["health"] = tuple(sorted(ruled_out or ()))
    return values


def statement_choices(visit: Visit, connection: Connection, form: Form, known: Iterable[str] = ()) -> dict[str, object]:
    """What the groups of the form offer; `known`: places that the worker named before, wherever they are."""
    return {
        "trades": sorted({*offer_trades(connection, visit.scope), *trades_of_workers(connection, visit.scope)}),
        "rows": {group: rows_shown(form, group) for group in ROWS},
        "shifts": SHIFTS,
        "weekdays": [(str(day), name.within(visit.language)) for day, name in enumerate(WEEKDAYS, start=1)],
        "places": list(place_names(visit, connection, known).items()),
        "units": [(unit.value, words.within(visit.language)) for unit, words in PAY_UNITS.items()],
        "health": [(demand.value, words.within(visit.language)) for demand, words in HEALTH_DEMANDS.items()],
    }


def place_names(visit: Visit, connection: Connection, known: Iterable[str] = ()) -> Mapping[str, str]:
    named = dict(workplaces(connection, visit.scope))
    for each in known:
        if each not in named and (found := node(connection, each)):
            named[each] = found.name
    return named


def _rows(form: Form, group: str, *, once: bool = True) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for number in range(1, MOST_ROWS + 1):
        row = tuple(form.text(f"{group}{number}_{name}") for name in ROWS[group])
        if not any(row):
            continue
        missing = [name for name, value in zip(ROWS[group], row, strict=True) if name in _NEEDED[group] and not value]
        for name in missing:
            form.wrong(f"{group}{number}_{name}", BOTH)
        if once and row[0] in (each[0] for each in found):
            form.wrong(f"{group}{number}_{ROWS[group][0]}", TWICE)
        found.append(row)
    return found


def _hours(form: Form) -> tuple[StatedShift, ...] | None:
    said = form.one_of("hours_said", (UNKNOWN, ANY, SOME), required=False)
    if said == ANY:
        return _WHOLE_WEEK
    hours = read_hours(form) if said == SOME else None
    if hours is None:
        return None
    return tuple(StatedShift(tuple(sorted(s.days)), f"{s.begin:%H:%M}", f"{s.until:%H:%M}") for s in hours.shifts)


def _places(form: Form, known: Iterable[str]) -> tuple[str, ...] | None:
    if form.one_of("places_said", (UNKNOWN, SOME), required=False) != SOME:
        return None
    chosen = form.chosen("places")
    if not chosen or not set(chosen) <= set(known):
        form.wrong("places", CHOOSE)
    return tuple(sorted(set(chosen)))


def _floor(form: Form) -> tuple[int | None, PayUnit | None]:
    match form.one_of("floor_said", (UNKNOWN, NONE, SOME), required=False):
        case "none":
            return 0, PayUnit.DAY
        case "yes":
            return form.fen("floor"), form.choice("floor_unit", PayUnit)
        case _:
            return None, None


def _health(form: Form) -> tuple[HealthDemand, ...] | None:
    match form.one_of("health_said", (UNKNOWN, NONE, SOME), required=False):
        case "none":
            return ()
        case "yes":
            chosen = form.chosen("health")
            if not chosen or not set(chosen) <= set(HealthDemand):
                form.wrong("health", CHOOSE)
                return None
            return tuple(HealthDemand(each) for each in sorted(set(chosen)))
        case _:
            return None
