"""What became of an act that was sent and not answered at once: the page that waits for it, and settles by itself."""

from typing import Any, Final

from starlette.responses import Response

from cases.case_kinds import CaseKind
from cases.commands import HARDSHIP_ACTS, SUBSIDY_ACTS, Acts
from cases.wording import Wording
from store.drafts import Draft, draft, drop_draft
from store.scope import NotInScope
from store.tables.access import DraftState
from web.acts.all_forms import FORMS_OF
from web.acts.page import done_path, was_done
from web.acts.sending import KIND, sent_address, sent_command
from web.case.homes import home_asked, kind_asked
from web.case.marking import marked
from web.case.ways import ways_of
from web.forms import KEY
from web.visit import Visit

# Browsers heed this header without JavaScript, and no page has to say it in its own text.
AGAIN_S: Final = 5


def sent_page(visit: Visit) -> Response:
    found = _found(visit)
    if found is None:
        return visit.go(done_path(visit, visit.part("key")))
    _, wanted = sent_command(found)
    home, ways, forms = home_asked(visit), ways_of(visit), FORMS_OF[kind_asked(visit)]
    refused = found.state is DraftState.REFUSED
    context = {
        "title": forms[wanted.kind].save if wanted.kind in forms else _title(visit, wanted.kind),
        "refusals": [marked(reason.wording.within(visit.language), visit.language) for reason in found.refusals]
        if refused
        else [],
        "sent_at": found.sent_at or found.kept_at,
        "here": ways.on(visit.path),
        "case_path": ways.on(home),
        "form_path": ways.on(f"{home}/do/{wanted.kind}?sent={wanted.key}"),
    }
    page = visit.render("acts/sent.html", context)
    if not refused:
        page.headers["Refresh"] = str(AGAIN_S)
    return page


def _title(visit: Visit, kind: str) -> Wording:
    acts: Acts[Any] = SUBSIDY_ACTS if kind_asked(visit) is CaseKind.SUBSIDY else HARDSHIP_ACTS
    title: Wording = acts.known[kind].TITLE
    return title


def give_up(visit: Visit) -> Response:
    """Delete what was filled in, of an act that was not accepted; one that is under way cannot be stopped."""
    found = _found(visit)
    if found is None or found.state is not DraftState.REFUSED:
        return visit.go(ways_of(visit).on(visit.path))
    with visit.writing() as connection:
        drop_draft(connection, visit.me.owner, found.form)
    return visit.go(ways_of(visit).on(home_asked(visit)))


def unsettled(visit: Visit, drafts: tuple[Draft, ...]) -> list[dict[str, object]]:
    """Of what a reader sent for a case, what is under way, and what was not accepted: for the page of the case."""
    forms = FORMS_OF[kind_asked(visit)]
    return [
        {
            "title": forms[kind].save,
            "refused": each.state is DraftState.REFUSED,
            "href": ways_of(visit).on(each.form),
            "at": each.sent_at or each.kept_at,
        }
        for each in drafts
        if (kind := next(iter(each.fields.get(KIND, ())), "")) in forms and each.fields.get(KEY)
    ]


def _found(visit: Visit) -> Draft | None:
    """What was sent, while it is under way or refused; None: it is done. Raises NotInScope for any other key."""
    home, key = home_asked(visit), visit.part("key")
    with visit.reading() as connection:
        if was_done(connection, visit, key):
            return None
        found = draft(connection, visit.office.station.keyring, visit.me.owner, sent_address(home, key))
    if found is None or found.state is DraftState.KEPT:
        raise NotInScope
    return found
