"""The clocks (时限) of a place: how their days are counted, and how long the place has set them."""

from datetime import time

from cases.authorities import Authority
from cases.clocks import ClockTerms, Counts, Rolls, Unit
from cases.days import END_OF_DAY, due_time
from cases.wording import Wording
from rules.documents import Item
from rules.errors import PolicyError
from rules.loading import Mapping, Node
from rules.plan_values import parameter_named
from rules.policies import ResolvedPolicy
from rules.reading import authority, choice, items, mapping, member, scalar, texts, truth, whole, wording
from rules.types import Number
from rules.units import Unit as Base
from rules.units import in_base

OF_A_CLOCK = (
    "title",
    "starts",
    "length",
    "unit",
    "counts",
    "rolls",
    "due_time",
    "thresholds",
    "restarts",
    "excludes",
    "extends",
)
UNITS_OF_A_LENGTH = ("day", "month", "year")
USUAL = (50, 75, 100)
UNITS = {Base.DAY: Unit.DAY, Base.MONTH: Unit.MONTH}


def clock_terms(policy: ResolvedPolicy) -> dict[str, ClockTerms]:
    """Every clock by its id. One without a length is a model: the thing it measures says how long it is."""
    return {item.id: _sound(policy, item) for item in policy.items("clocks")}


def pause_reasons(policy: ResolvedPolicy) -> dict[str, Wording]:
    """Why a case may stand still, by id."""
    return {
        item.id: wording(mapping(item.node, ("title", "authority", "tag"), ("title",)).entries["title"])
        for item in policy.items("reasons")
    }


def _sound(policy: ResolvedPolicy, item: Item) -> ClockTerms:
    try:
        return _terms(policy, item)
    except PolicyError:
        raise
    except ValueError as error:  # what a clock by itself cannot be
        raise PolicyError(str(error).removesuffix("."), item.place) from None


def _terms(policy: ResolvedPolicy, item: Item) -> ClockTerms:
    found = mapping(item.node, (*OF_A_CLOCK, "authority", "tag"), ("title", "starts", "counts", "rolls"))
    length, unit, by = _length(policy, found)
    return ClockTerms(
        id=item.id,
        title=wording(found.entries["title"]),
        length=length,
        unit=unit,
        counts=choice(found.entries["counts"], Counts),
        rolls=choice(found.entries["rolls"], Rolls),
        authority=by,
        due_time=_due_time(found.entries["due_time"]) if "due_time" in found.entries else END_OF_DAY,
        thresholds=tuple(map(whole, items(found.entries["thresholds"]))) if "thresholds" in found.entries else USUAL,
        starts=wording(found.entries["starts"]),
        restarts=texts(found.entries["restarts"]) if "restarts" in found.entries else (),
        excludes=texts(found.entries["excludes"]) if "excludes" in found.entries else (),
        extends_by=_extension(found.entries["extends"]) if "extends" in found.entries else 0,
    )


def _extension(node: Node) -> int:
    found = mapping(node, ("by", "once"), ("by", "once"))
    if not truth(found.entries["once"]):
        raise PolicyError("a clock is extended once", found.entries["once"].place, expected="once: yes")
    return whole(found.entries["by"])


def _length(policy: ResolvedPolicy, found: Mapping) -> tuple[int, Unit, Authority]:
    """A clock's clause is that of the length, which the place sets; how its days are counted says its own."""
    by = authority(found)
    if "length" not in found.entries:
        return 0, Unit.DAY, by
    parameter = parameter_named(policy, found.entries["length"])
    if parameter is None:
        unit = member(found.entries["unit"], UNITS_OF_A_LENGTH) if "unit" in found.entries else "day"
        length, base = in_base(whole(found.entries["length"]), unit)
        return int(length), UNITS[base], by
    if "unit" in found.entries:
        raise PolicyError("a length that a parameter sets has the parameter's unit", found.entries["unit"].place)
    unit_set = parameter.type.unit if isinstance(parameter.type, Number) else None
    if not isinstance(parameter.value, int) or unit_set not in UNITS:
        raise PolicyError(f"'{parameter.name}' is not a whole number of days or months", found.entries["length"].place)
    return parameter.value, UNITS[unit_set], parameter.authority


def _due_time(node: Node) -> time:
    try:
        return due_time(scalar(node).text)
    except ValueError as error:
        raise PolicyError(str(error).removesuffix("."), node.place) from None
