"""What a list of the queue is asked for: everything stands in its address, and nothing of it speaks of a worker."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

from cases.hardship.buckets import Bucket
from cases.hardship.queueing import Turn
from cases.hardship.stages import Stage
from cases.roles import Role
from store.queue_reading import DECIDING, PAGE_ROWS, Asked, Order, View
from web.typed import cleaned

_E = TypeVar("_E", bound=StrEnum)
NO_DUE: Final = "none"
FILTERS: Final = ("bucket", "stage", "turn", "caseworker", "station", "act", "due")
NAMES: Final = ("view", *FILTERS, "order", "page", "select")
MOST_PAGES: Final = 10_000
_LONGEST: Final = 64  # of a value in the address


@dataclass(frozen=True)
class Address:
    """The parameters of a list, those that say nothing left out. `at`: the place in it that one comes back to."""

    given: Mapping[str, str] = field(default_factory=dict)
    path: str = "/queue"

    def with_(self, **changes: str | None) -> str:
        """The same list with something changed; a change of what is listed begins with its first page."""
        values = {**self.given, **changes}
        if "page" not in changes:
            values["page"] = None
        kept = [(name, value) for name in NAMES if (value := values.get(name))]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def back(self, at: int, row: str) -> str:
        """Where a page that is opened from a row leads back to: this list, on the same row; fit for an address."""
        here = self.with_(page=self.given.get("page"))
        return quote(f"{here}{'&' if '?' in here else '?'}at={at}#{row}", safe="")


def views(roles: Collection[Role]) -> tuple[View, ...]:
    """The views that a reader has, the first of them first shown."""
    deciding = bool(set(roles) & set(DECIDING))
    if Role.CASEWORKER in roles:
        own = (View.MINE, View.STATION, View.UNASSIGNED)
        return (*own, View.DECIDE) if deciding else own
    return (View.DECIDE, View.MINE, View.STATION, View.UNASSIGNED) if deciding else (View.STATION, View.UNASSIGNED)


def address_of(asked: Mapping[str, str], path: str = "/queue") -> Address:
    return Address({name: value for name in NAMES if (value := cleaned(asked.get(name, ""))[:_LONGEST])}, path)


def asked_of(
    address: Address, roles: Collection[Role], staff_id: str, covered: Collection[str], stations: Collection[str]
) -> Asked:
    """What the address asks for; what means nothing narrows nothing."""
    given = address.given
    own = views(roles)
    view = _one(View, given.get("view"))
    station = given.get("station")
    return Asked(
        view=view if view in own else own[0],
        staff_id=staff_id,
        covered=tuple(covered),
        bucket=_one(Bucket, given.get("bucket")),
        stage=_one(Stage, given.get("stage")),
        turn=_one(Turn, given.get("turn")),
        caseworker=given.get("caseworker"),
        station=station if station in stations else None,
        act=given.get("act"),
        due=_due(given.get("due")),
        order=_one(Order, given.get("order")) or Order.DUE,
    )


def page_of(given: Mapping[str, str], rows: int) -> tuple[int, int]:
    """Which page of how many."""
    pages = max(-(-rows // PAGE_ROWS), 1)
    text = given.get("page", "")
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_PAGES)) else 1
    return min(max(wanted, 1), pages), pages


def _due(text: str | None) -> date | bool | None:
    if text == NO_DUE:
        return False
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if date(1970, 1, 2) < found < date(9999, 1, 1) else None


def _one(members: type[_E], text: str | None) -> _E | None:
    return members(text) if text in tuple(members) else None
