"""What every page of a case needs besides its own content."""

from collections.abc import Mapping

from starlette.responses import Response

from cases.hardship.leaving import closable_as
from web.case.doing import buttons
from web.case.head import case_number, head
from web.case.in_queue import Place
from web.case.marking import marked
from web.case.opened import OpenCase
from web.case.speech import Shown


def draw(opened: OpenCase, template: str, context: Shown, *, status: int = 200) -> Response:
    """A page of the case."""
    texts = marked(context, opened.speech.language)
    return opened.visit.render(template, texts if isinstance(texts, Mapping) else context, status=status)


def shared(opened: OpenCase, here: str, place: Place | None = None) -> Shown:
    """`here` is the page's own part of the address; `place` the case's in the list that it was opened from."""
    return {
        "case": opened.case,
        "number": case_number(opened.case.id),
        "head": head(opened, here) | _ways(opened, place),
        "head_acts": _acts(opened),
        "working": opened.working,
        "on": opened.ways.on,
        "path": opened.path,
    }


def _acts(opened: OpenCase) -> list[Shown]:
    """Those that concern the case as a whole."""
    case = opened.case
    wanted = ["resume" if case.paused else "pause", "reopen"]
    if case.transfer is None:
        wanted.append("propose-transfer")
    if closable_as(case):
        wanted.append("propose-closure")
    return buttons(opened, *((kind, None) for kind in wanted))


def _ways(opened: OpenCase, place: Place | None) -> Shown:
    """Back to the row one came from, saying its place, and on to the next case of the list."""
    speech, ways = opened.speech, opened.ways
    words = speech.w(ways.words)
    if place and place.number:
        words += speech(f"（{place.of} 件中的第 {place.number} 件）", f" ({place.number} of {place.of})")
    return {"back": {"href": ways.back, "words": words}, "next": place.next if place else None}
