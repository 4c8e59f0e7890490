"""What a list of subsidies is asked for: everything stands in its address, and nothing of it speaks of a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from cases.roles import Role
from cases.subsidy.stages import Applicant, Stage
from cases.wording import Wording
from store.subsidy_list import Waits, Wanted
from web.visit import Visit

_E = TypeVar("_E", bound=StrEnum)
NAMES: Final = ("view", "stage", "policy", "station", "applicant", "number", "order", "page")
FILTERS: Final = ("stage", "policy", "station", "applicant", "number")
_LONGEST: Final = 64


class View(StrEnum):
    DECIDE = "decide"  # 等审批人
    WORK = "work"  # 等经办人
    OPEN = "open"  # 在办
    ALL = "all"


VIEWS: Final[Mapping[View, Wording]] = {
    View.DECIDE: Wording("等我审批", "For me to decide"),
    View.WORK: Wording("等我办理", "For me to do"),
    View.OPEN: Wording("在办", "Open"),
    View.ALL: Wording("全部", "All"),
}
# Whose turn each of the first two views shows.
WAITS: Final = {View.DECIDE: (Role.OFFICER, Waits.OFFICER), View.WORK: (Role.CASEWORKER, Waits.CASEWORKER)}
ORDERS: Final = {
    "newest": Wording("新申请的在前", "Newest first"),
    "oldest": Wording("先申请的在前", "Oldest first"),
}


@dataclass(frozen=True)
class Address:
    given: Mapping[str, str]
    path: str = "/subsidies"

    def with_(self, **changes: str | None) -> str:
        """The same list with something changed; a change of what is listed begins with its first page."""
        values = {**self.given, **changes}
        if "page" not in changes:
            values["page"] = None
        kept = [(name, value) for name in NAMES if (value := values.get(name))]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path


@dataclass(frozen=True)
class Asked:
    address: Address
    view: View
    wanted: Wanted


def address_of(visit: Visit) -> Address:
    return Address({name: value[:_LONGEST] for name in NAMES if (value := visit.asked(name).strip())})


def views(roles: Collection[Role]) -> tuple[View, ...]:
    """Those of this reader, the first of them first shown."""
    mine = tuple(view for view, (role, _) in WAITS.items() if role in roles)
    return (*mine, View.OPEN, View.ALL)


def asked_of(visit: Visit, stations: Collection[str], policies: Collection[str]) -> Asked:
    """What means nothing narrows nothing. A number is sought among all, whatever the view."""
    address, own = address_of(visit), views(visit.scope.roles)
    given, view = address.given, _one(View, address.given.get("view"))
    view = view if view in own else View.ALL if given.get("number") else own[0]
    policy, station = given.get("policy"), given.get("station")
    number = given.get("number", "").upper().removeprefix("CASE-")
    wanted = Wanted(
        with_closed=view is View.ALL,
        stage=_one(Stage, given.get("stage")),
        policy=policy if policy in policies else None,
        station=station if station in stations else None,
        waits=WAITS[view][1] if view in WAITS else None,
        applicant=_one(Applicant, given.get("applicant")),
        number=number,
        oldest_first=given.get("order") == "oldest",
    )
    return Asked(address, view, wanted)


def _one(members: type[_E], text: str | None) -> _E | None:
    return members(text) if text in tuple(members) else None
