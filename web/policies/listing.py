"""The law in use, by kind and place; and the law of a place on a day, all layers together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.responses import Response

from cases.wording import Wording
from rules.documents import PolicyFile
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, PolicyBook
from store.case_reading import staff_names
from store.organisation import nodes_with_jurisdiction
from store.policy_files import proposals
from store.policy_proposals import ProposalState
from web.forms import Form
from web.policies.resolved import resolved_shown
from web.policies.standing import Standing, file_standing, next_version, unverified_in_force
from web.roles import POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

LIST: Final = "/policies"


@dataclass(frozen=True)
class Row:
    file: PolicyFile
    standing: Standing
    coming: date | None
    unverified: int

    @property
    def href(self) -> str:
        return f"{LIST}/files/{self.file.id}/{self.file.jurisdiction}"


def list_page(visit: Visit) -> Response:
    book, kind, place = visit.office.station.policies.book, visit.asked("kind"), visit.asked("place")
    rows = [
        Row(
            file,
            file_standing(file, visit.today),
            next_version(file, visit.today),
            unverified_in_force(file, visit.today),
        )
        for files in book.files.values()
        for file in files
        if kind in ("", file.kind) and place in ("", file.jurisdiction)
    ]
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
        made = proposals(connection)
        staff = staff_names(connection, {each.proposed_by for each in made})
    context = {
        "rows": sorted(rows, key=lambda row: (list(Kind).index(row.file.kind), row.file.jurisdiction, row.file.id)),
        "kinds": [(each.value, each.label) for each in Kind],
        "kind": kind,
        "place": place,
        "places": _places(book),
        "names": names,
        "open": [each for each in made if each.state is ProposalState.OPEN],
        "done": [each for each in made if each.state is not ProposalState.OPEN][:20],
        "staff": staff,
        "may_write": bool(visit.roles & POLICY_WRITING.roles),
    }
    return visit.render("policies/list.html", context)


def resolve_page(visit: Visit) -> Response:
    """A place may be below those that the files name: then the policies around it hold there."""
    book = visit.office.station.policies.book
    form = Form({name: (visit.asked(name),) for name in ("policy", "place", "on-year", "on-month", "on-day")})
    asked = any(form.value(name) for name in ("policy", "place", "on-day"))
    shown, none = None, None
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
    places = sorted({*_places(book), *names})
    if asked:
        policy, place = form.one_of("policy", list(_policies(book))), form.one_of("place", places)
        on = form.day("on", required=False) or visit.today
        if policy and place and not form.errors:
            try:
                shown = resolved_shown(book, book.resolve(policy, place, on, on), on)
            except NoPolicyInForce as no:
                none = no.wording
    context = {
        "form": form,
        "policies": _policies(book),
        "places": places,
        "names": names,
        "shown": shown,
        "why_none": none,
    }
    return visit.render("policies/resolve.html", context)


def _places(book: PolicyBook) -> list[str]:
    return sorted({file.jurisdiction for files in book.files.values() for file in files})


def _policies(book: PolicyBook) -> Mapping[str, Wording]:
    """Those that decide something by themselves, as their outermost file calls them."""
    return {id_: files[0].title for id_, files in sorted(book.files.items()) if files[0].kind is not Kind.AMOUNTS}


ROUTES: Final = [
    Page(LIST, list_page, POLICY_READING),
    Page(f"{LIST}/resolve", resolve_page, POLICY_READING),
]
