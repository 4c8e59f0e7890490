"""What the ledger says of a worker, in words: limits, facts with their sources, and values that were corrected."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection

from cases.canonical import Json, canonical
from cases.constraints import ConstraintKind, Constraints
from cases.facts import Fact, Source, SourceKind
from cases.hours import Hours
from cases.phones import mask_phone
from cases.wording import Wording
from rules.reading import DAY
from rules.schema import Fact as Declared
from rules.shown import shown_fact
from rules.types import TRUTH, Day
from store.organisation import node
from store.values import demands_from, hours_from, pay_floor_from, places_from
from web.case.facts import MEMBERS
from web.case.speech import Speech
from web.case.words import HEALTH_DEMANDS, PAY_UNITS, SOURCES, WEEKDAYS
from web.revealing import mask_address
from web.shown import money

UNKNOWN: Final = Wording("未知", "not known")
NONE: Final = Wording("无", "none")
FIELDS: Final[Mapping[str, Wording]] = {
    "name": Wording("姓名", "Name"),
    "phone": Wording("电话", "Phone"),
    "address": Wording("住址", "Address"),
    "skills": Wording("技能", "Skills"),
    "wishes": Wording("愿望", "Wishes"),
    ConstraintKind.HOURS: Wording("工作时间", "Hours"),
    ConstraintKind.PLACE: Wording("工作地点", "Places"),
    ConstraintKind.PAY_FLOOR: Wording("最低报酬", "Pay floor"),
    ConstraintKind.HEALTH: Wording("健康与身体条件", "Health"),
}
_WHOLE_WEEK: Final = 7


def limit_lines(connection: Connection, speech: Speech, known: Constraints) -> list[dict[str, str]]:
    """Every kind of limit with what is known of it; what was never said is unknown, not "none"."""
    unknown = speech.w(UNKNOWN)
    values = {
        ConstraintKind.HOURS: unknown if known.hours is None else hours_words(speech, known.hours),
        ConstraintKind.PLACE: unknown if known.places is None else places_words(connection, speech, known.places),
        ConstraintKind.PAY_FLOOR: unknown,
        ConstraintKind.HEALTH: unknown if known.ruled_out is None else _health(speech, sorted(known.ruled_out)),
    }
    if known.pay_floor is not None:
        values[ConstraintKind.PAY_FLOOR] = _floor(speech, known.pay_floor.fen, PAY_UNITS[known.pay_floor.unit])
    return [{"label": speech.w(FIELDS[kind]), "value": values[kind]} for kind in ConstraintKind]


def hours_words(speech: Speech, hours: Hours) -> str:
    shifts = []
    for shift in hours.shifts:
        days = (
            speech("每天", "every day")
            if len(shift.days) == _WHOLE_WEEK
            else speech.list([speech.w(WEEKDAYS[day - 1]) for day in sorted(shift.days)])
        )
        begin, until = f"{shift.begin:%H:%M}", f"{shift.until:%H:%M}"
        span = speech(" 全天", ", all day") if begin == until else f" {begin}–{until}"
        shifts.append(f"{days}{span}")
    return speech("；", "; ").join(shifts) if shifts else speech("没有可以工作的时间", "no time")


def places_words(connection: Connection, speech: Speech, places: frozenset[str]) -> str:
    names = [found for each in sorted(places) if (found := place_name(connection, each))]
    return speech.list(names) if names else speech("没有可去的地点", "nowhere")


def place_name(connection: Connection, node_id: str) -> str:
    """A place with the one above it: there is more than one district of a name."""
    found = node(connection, node_id)
    above = node(connection, found.parent_id) if found and found.parent_id else None
    if found is None:
        return ""
    return f"{above.name} {found.name}" if above and above.parent_id else found.name


def fact_rows(
    speech: Speech, declared: Mapping[str, Declared], facts: Iterator[Fact], staff: Mapping[str, str]
) -> list[dict[str, object]]:
    return [
        {
            "label": speech.w(declared[fact.name].label if fact.name in declared else Wording(fact.name, fact.name)),
            "name": fact.name,
            "value": fact_value(speech, declared.get(fact.name), fact.value),
            "source": source_words(speech, fact.source),
            "established_on": fact.established_on,
            "by": staff.get(fact.recorded_by, fact.recorded_by),
        }
        for fact in facts
    ]


def fact_value(speech: Speech, declared: Declared | None, value: Json) -> str:
    """A kept value as a person would say it."""
    if value is None:
        return speech.w(UNKNOWN)
    text = _text(value)
    if declared is None:
        return text
    if isinstance(declared.type, Day) and DAY.fullmatch(text):
        return speech.day(date.fromisoformat(text))
    if text in MEMBERS and declared.type != TRUTH:
        return speech.w(MEMBERS[text])
    return speech.w(shown_fact(declared, text))


def _text(value: Json) -> str:
    """The value's canonical text; of a list, how many it holds, and whether that is all."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    complete = isinstance(value, list) or (isinstance(value, Mapping) and value.get("complete") is True)
    items = value.get("items") if isinstance(value, Mapping) else value
    return f"{len(items) if isinstance(items, list) else 0}{'' if complete else '+'}"


def source_words(speech: Speech, source: Source) -> str:
    said = [speech.w(SOURCES[source.kind])]
    if source.kind is SourceKind.RECOGNITION:
        said += [each for each in (source.body, source.paper) if each]
    elif source.detail and source.detail != SOURCES[source.kind].zh:
        # The engine's own words hold both languages, Chinese first.
        zh, slash, en = source.detail.partition(" / ")
        said.append(speech(zh, en) if slash else source.detail)
    return speech("：", ": ").join([said[0], speech("，", ", ").join(said[1:])]) if said[1:] else said[0]


def change_value(connection: Connection, speech: Speech, name: str, value: Json) -> str:
    """A corrected value as a person would say it; a phone and an address stay masked."""
    if value is None:
        return speech.w(UNKNOWN if name in tuple(ConstraintKind) else NONE)
    match name:
        case "phone":
            words = mask_phone(str(value))
        case "address":
            words = mask_address(str(value))
        case ConstraintKind.HOURS:
            words = hours_words(speech, hours_from(value))
        case ConstraintKind.PLACE:
            words = places_words(connection, speech, places_from(value))
        case ConstraintKind.PAY_FLOOR:
            floor = pay_floor_from(value)
            words = _floor(speech, floor.fen, PAY_UNITS[floor.unit])
        case ConstraintKind.HEALTH:
            words = _health(speech, sorted(demands_from(value)))
        case "skills" | "wishes" if isinstance(value, list):
            words = speech("；", "; ").join(_parts(each) for each in value) or speech.w(NONE)
        case _:
            words = str(value) if isinstance(value, str | int) else canonical(value)
    return words


def _parts(value: Json) -> str:
    return " · ".join(str(part) for part in value if part) if isinstance(value, list) else str(value)


def _floor(speech: Speech, fen: int, unit: Wording) -> str:
    if not fen:
        return speech("没有底线", "no floor")
    return speech(f"不低于 {money(fen)} {unit.zh}", f"at least {money(fen)} {unit.en}")


def _health(speech: Speech, ruled_out: list[str]) -> str:
    if not ruled_out:
        return speech("没有限制", "no limits")
    return speech.list([speech.w(HEALTH_DEMANDS[demand]) for demand in HEALTH_DEMANDS if demand in ruled_out])
