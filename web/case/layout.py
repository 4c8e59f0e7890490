"""What every page of a case needs besides its own content."""

from collections.abc import Mapping

from starlette.responses import Response

from cases.hardship.leaving import closable_as
from cases.roles import Role
from web.case.doing import buttons
from web.case.head import head
from web.case.in_queue import Place
from web.case.marking import marked
from web.case.opened import OpenCase
from web.case.opened_any import Opened
from web.case.speech import Shown
from web.roles import AUDITING, CASE_READING, CASE_WORK, GUIDES
from web.shown import case_number
from web.subsidies.head import of_subsidy
from web.subsidies.opened import OpenSubsidy


def draw(opened: Opened, template: str, context: Shown, *, status: int = 200) -> Response:
    """A page of the case."""
    texts = marked(context, opened.speech.language)
    return opened.visit.render(template, texts if isinstance(texts, Mapping) else context, status=status)


def shared(opened: Opened, here: str, place: Place | None = None) -> Shown:
    """`here` is the page's own part of the address; `place` the case's in the list that it was opened from."""
    of_kind = of_hardship(opened, here, place) if isinstance(opened, OpenCase) else {}
    if isinstance(opened, OpenSubsidy):
        of_kind = of_subsidy(opened, here)
    return {
        "case": opened.case,
        "number": case_number(opened.case.id),
        "full_number": opened.case.id.removeprefix("case-"),
        "audits": f"/audit/cases/{opened.case.id}" if opened.visit.roles & AUDITING.roles else "",
        "own_day": opened.speech.day(opened.visit.today) if opened.visit.today != opened.wall_day else None,
        "working": opened.working,
        "on": opened.ways.on,
        "path": opened.path,
    } | of_kind


def of_hardship(opened: OpenCase, here: str, place: Place | None) -> Shown:
    return {
        "layout": "case/layout.html",
        "reads_people": bool(opened.visit.roles & CASE_READING.roles),
        "head": head(opened, here) | _ways(opened, place),
        "head_acts": _acts(opened),
    }


def _acts(opened: OpenCase) -> list[Shown]:
    """Those that concern the case as a whole."""
    case = opened.case
    wanted = ["resume" if case.paused else "pause", "reopen"]
    if case.transfer is None:
        wanted.append("propose-transfer")
    if closable_as(case):
        wanted.append("propose-closure")
    return [*_besides(opened), *buttons(opened, *((kind, None) for kind in wanted))]


def _besides(opened: OpenCase) -> list[Shown]:
    """What is done about a case without being an act of it."""
    visit, speech = opened.visit, opened.speech
    found: list[Shown] = []
    if opened.working and visit.roles & GUIDES.roles:
        found.append({"href": f"{opened.path}/link", "words": speech("给本人的链接", "A link for the worker")})
    if Role.CASEWORKER in opened.mine:
        asked = f"worker={opened.case.worker_id}&station={opened.case.station_id}&case={opened.case.id}"
        found.append({"href": f"/subsidies/apply?{asked}", "words": speech("申请补贴", "Apply for a subsidy")})
    if opened.working and visit.office.settings.training and visit.roles & CASE_WORK.roles and not opened.case.closed:
        found.append({"href": f"{opened.path}/skip", "words": speech("练习：跳过时间", "Practice: skip time")})
    return found


def _ways(opened: OpenCase, place: Place | None) -> Shown:
    """Back to the row one came from, saying its place, and on to the next case of the list."""
    speech, ways = opened.speech, opened.ways
    words = speech.w(ways.words)
    if place and place.number:
        words += speech(f"（{place.of} 件中的第 {place.number} 件）", f" ({place.number} of {place.of})")
    return {"back": {"href": ways.back, "words": words}, "next": place.next if place else None}
