"""The timeline page of a case, and the page of one of its entries."""

from typing import Final

from starlette.responses import Response

from cases.wording import Wording
from store.scope import NotInScope
from web.case.head import TIMELINE
from web.case.layout import draw, shared
from web.case.of_address import open_asked
from web.case.opened_any import Opened, Written, note_look, record_look
from web.case.reasons import ASKED, reason_given
from web.case.speech import Shown
from web.case.timeline import Kind, corrections, entries, entry_title, narrowed
from web.case.told import opening, written
from web.forms import UNPROCESSABLE, Form
from web.visit import Visit

PER_PAGE: Final = 40
_DIGITS: Final = 6
STEP_READ: Final = "step-read"
_EVERYTHING: Final = Wording("全部", "All")


def timeline_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
    note_look(opened)
    asked = visit.asked("kind")
    kind = Kind(asked) if asked in tuple(Kind) else None
    steps = narrowed(opened, kind)
    pages = max((len(steps) + PER_PAGE - 1) // PER_PAGE, 1)
    page = min(max(_number(visit.asked("page"), 1), 1), pages)
    context = shared(opened, TIMELINE) | {
        "kinds": _kinds(opened, kind),
        "entries": entries(opened, steps[(page - 1) * PER_PAGE : page * PER_PAGE]),
        "count": len(steps),
        "page": page,
        "pages": pages,
        "href": opened.ways.on(f"{opened.path}/timeline?kind={kind.value if kind else ''}") + "&page={page}",
    }
    return draw(opened, "case/timeline.html", context)


def entry_page(visit: Visit) -> Response:
    """One step; what was written in it only for those who work on the case."""
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
    step = _step(opened)
    note_look(opened)
    return draw(opened, "case/entry.html", _entry(opened, step, Form(), plain=opened.working))


def reveal_entry(visit: Visit) -> Response:
    """What was written, for another reader; the look is written down with its reason first."""
    form, why = reason_given(visit)
    with visit.writing() as connection:
        opened = open_asked(connection, visit)
        step = _step(opened)
        if why:
            about = f"{opened.case.id}/{step.entry.revision}"
            record_look(connection, opened, STEP_READ, "case-step", about, why)
    context = _entry(opened, step, form, plain=opened.working or why is not None)
    return draw(opened, "case/entry.html", context, status=200 if why else UNPROCESSABLE)


def _step(opened: Opened) -> Written:
    revision = _number(opened.visit.part("revision"), -1)
    found = next((each for each in opened.steps if each.entry.revision == revision), None)
    if found is None:
        raise NotInScope
    return found


def _entry(opened: Opened, step: Written, form: Form, *, plain: bool) -> Shown:
    corrected = corrections(opened)
    revision = step.entry.revision
    lines = list(written(opened, step.act)) if step.act else list(opening(opened, step))
    return shared(opened, TIMELINE) | {
        "entry": entries(opened, [step])[0],
        "title": entry_title(opened, step, corrected),
        "step": revision + 1,
        "recorded_at": opened.speech.at(step.entry.recorded_at),
        "lines": lines if plain else [],
        "hidden": bool(lines) and not plain,
        "revealed": plain and not opened.working,
        "form": form,
        "reasons": [(why.value, opened.speech.w(words)) for why, words in ASKED.items()],
        "later": _other(opened, corrected.later.get(revision)),
        "earlier": _other(opened, corrected.earlier.get(revision)),
    }


def _other(opened: Opened, revision: int | None) -> Shown | None:
    if revision is None:
        return None
    number = revision + 1
    words = opened.speech(f"第 {number} 步", f"step {number}")
    return {"href": opened.ways.on(f"{opened.path}/timeline/{revision}"), "words": words}


def _kinds(opened: Opened, here: Kind | None) -> list[Shown]:
    speech, path = opened.speech, f"{opened.path}/timeline"
    views: list[Shown] = [{"href": opened.ways.on(path), "words": speech.w(_EVERYTHING), "here": here is None}]
    for kind in Kind:
        href = opened.ways.on(f"{path}?kind={kind.value}")
        views.append({"href": href, "words": speech.w(kind.label), "here": kind is here})
    return views


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else otherwise
