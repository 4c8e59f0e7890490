"""What can be done with a case now, by its reader: which acts, and the address of each act's form."""

from urllib.parse import quote

from cases.roles import Role
from web.case.opened_any import Opened

# Decided by the receiving station.
_THERE = frozenset({"accept-transfer", "decline-transfer"})


def may(opened: Opened, kind: str) -> bool:
    """Whether the reader's roles, the stage and a pause leave room for an act; its form says all the rest."""
    act, case = opened.ACTS.known[kind], opened.case
    roles = opened.there if kind in _THERE else opened.mine
    if Role.ENGINE in act.BY or not act.BY & roles:
        return False
    return case.stage in act.DURING and (act.WHILE_PAUSED or not case.paused)


def address(opened: Opened, kind: str, about: str | None = None) -> str:
    query = f"?about={quote(about, safe='')}" if about else ""
    return opened.ways.on(f"{opened.path}/do/{kind}{query}")


def button(opened: Opened, kind: str, about: str | None = None, words: str | None = None) -> dict[str, object] | None:
    """A link to the act's form, or None where the act is not the reader's now."""
    if not may(opened, kind):
        return None
    return {
        "href": address(opened, kind, about),
        "words": words or opened.speech.w(opened.ACTS.known[kind].TITLE),
        "kind": kind,
    }


def buttons(opened: Opened, *wanted: tuple[str, str | None]) -> list[dict[str, object]]:
    return [found for kind, about in wanted if (found := button(opened, kind, about))]
