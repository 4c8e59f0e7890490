"""The figures of the overview as the page draws them: numbers, words, and the address of the cases behind each."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from cases.hardship.queueing import Turn
from cases.hardship.stages import Stage
from cases.wording import Wording
from store.behind import What
from store.overview import Group, StationFigures, Week

TURNS: Mapping[Turn, Wording] = {
    Turn.TO_DO: Wording("驿站办理", "The station"),
    Turn.RETURNED: Wording("退回", "Returned"),
    Turn.PAUSED: Wording("已暂停", "Paused"),
    Turn.WAITING: Wording("等待对方", "Waiting"),
}


@dataclass(frozen=True)
class Part:
    """One part of a whole, such as the open cases that wait for an employer."""

    label: Wording
    value: int
    href: str


@dataclass(frozen=True)
class Load:
    """One caseworker's open cases at one station; `held_by` None: nobody's."""

    held_by: str | None
    station_id: str
    open: int
    overdue: int
    returned: int


def behind(what: What, station_id: str = "", value: str = "") -> str:
    """The address of the cases behind a figure."""
    asked = {"station": station_id, "value": value}
    query = urlencode({name: text for name, text in asked.items() if text})
    return f"/overview/{what}" + (f"?{query}" if query else "")


def by_turn(station: StationFigures) -> tuple[Part, ...]:
    """Whose turn it is: the station's own first, then those it waits for, the most cases first."""
    counted: Counter[str] = Counter()
    label: dict[str, Wording] = {}
    for group in station.groups:
        counted[group.whose_turn] += group.cases
        label[group.whose_turn] = (
            group.waiting_for if group.turn is Turn.WAITING and group.waiting_for else TURNS[group.turn]
        )
    ordered = sorted(counted, key=lambda key: (key != Turn.TO_DO, -counted[key], key))
    return tuple(Part(label[k], counted[k], behind(What.TURN, station.station_id, k)) for k in ordered)


def by_referrals(station: StationFigures) -> tuple[Part, ...]:
    """Cases in help by how many of the referrals owed count, from none upwards."""
    counted: Counter[int] = Counter()
    owed = 0
    for group in station.groups:
        if group.stage is Stage.HELP and group.referrals:
            counted[group.referrals[0]] += group.cases
            owed = max(owed, group.referrals[1])
    return tuple(
        Part(Wording(f"{n}次计入", f"{n} count"), counted[n], behind(What.REFERRALS, station.station_id, str(n)))
        for n in range(owed + 1)
    )


def by_outcome(station: StationFigures) -> tuple[Part, ...]:
    ordered = sorted(station.outcomes, key=lambda outcome: (-station.outcomes[outcome], outcome))
    return tuple(
        Part(outcome.label, station.outcomes[outcome], behind(What.OUTCOME, station.station_id, outcome))
        for outcome in ordered
    )


def in_time(weeks: Iterable[Week]) -> list[int | None]:
    """The share of terms that were met in time, in whole percent; None: a week in which none ended."""
    return [round(100 * w.met / (w.met + w.missed)) if w.met + w.missed else None for w in weeks]


def loads(stations: Iterable[StationFigures]) -> tuple[Load, ...]:
    """Who holds how much, the most first; what nobody holds comes before all."""
    alike: dict[tuple[str | None, str], list[Group]] = {}
    for station in stations:
        for group in station.groups:
            alike.setdefault((group.held_by, group.station_id), []).append(group)
    found = [
        Load(
            held_by,
            station_id,
            sum(g.cases for g in held),
            sum(g.cases for g in held if g.overdue),
            sum(g.cases for g in held if g.turn is Turn.RETURNED),
        )
        for (held_by, station_id), held in alike.items()
    ]
    return tuple(
        sorted(found, key=lambda load: (load.held_by is not None, -load.open, load.held_by or "", load.station_id))
    )


def shown(parts: Iterable[Part], words: Callable[[Wording], str]) -> list[dict[str, object]]:
    """Parts as the charts take them."""
    return [{"label": words(part.label), "value": part.value, "href": part.href} for part in parts]
