"""One policy file: its versions, its clauses as they hold in its place today, and its text line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from activities.published import text_of
from rules.policies import NoPolicyInForce
from rules.publishable import file_in
from rules.shelf import FileKey
from store.organisation import nodes_with_jurisdiction
from store.scope import NotInScope
from web.policies.listing import LIST
from web.policies.resolved import resolved_shown
from web.policies.standing import file_standing, versions_shown
from web.roles import POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

# A tag as it stands in a file: M and N were never checked against a source.
UNVERIFIED: Final = re.compile(r"\btag:\s*([MN])\b")


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    tag: str  # M or N, or nothing


def one_page(visit: Visit) -> Response:
    station = visit.office.station
    key = FileKey(visit.part("policy"), visit.part("jurisdiction"))
    file = file_in(station.policies.book, key)
    if file is None:
        raise NotInScope
    shown, none = None, None
    try:
        book = station.policies.book
        shown = resolved_shown(book, book.resolve(*_asked(key), visit.today, visit.today), visit.today)
    except NoPolicyInForce as no:
        none = no.wording
    text, number = text_of(station.engine, station.publishing.shipped, key)
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
    context = {
        "file": file,
        "standing": file_standing(file, visit.today),
        "versions": versions_shown(file, visit.today),
        "shown": shown,
        "why_none": none,
        "lines": list(lines_of(text)),
        "number": number,
        "names": names,
        "may_write": bool(visit.roles & POLICY_WRITING.roles),
    }
    return visit.render("policies/one.html", context)


def _asked(key: FileKey) -> tuple[str, str]:
    return key.policy, key.jurisdiction


def lines_of(text: str) -> Iterator[Line]:
    """Spaces at the beginning of a line are kept: they say what belongs to what."""
    for number, line in enumerate(text.rstrip().split("\n"), 1):
        tag = UNVERIFIED.search(line)
        rest = line.lstrip(" ")
        yield Line(number, "\u00a0" * (len(line) - len(rest)) + rest, tag[1] if tag else "")


ROUTES: Final = [Page(f"{LIST}/files/{{policy}}/{{jurisdiction}}", one_page, POLICY_READING)]
