"""What every page of a case needs besides its own content."""

from web.case.doing import buttons
from web.case.head import case_number, head
from web.case.opened import OpenCase
from web.case.speech import Shown


def shared(opened: OpenCase, here: str) -> Shown:
    """`here` is the page's own part of the address."""
    return {
        "case": opened.case,
        "number": case_number(opened.case.id),
        "head": head(opened, here),
        "head_acts": _acts(opened),
        "working": opened.working,
        "on": opened.ways.on,
        "path": opened.path,
    }


def _acts(opened: OpenCase) -> list[Shown]:
    """Those that concern the case as a whole."""
    wanted = ("resume",) if opened.case.paused else ("pause",)
    return buttons(opened, *((kind, None) for kind in (*wanted, "propose-transfer", "propose-closure", "reopen")))
