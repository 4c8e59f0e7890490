"""The list of employers in a reader's place; what is asked stands in the address."""

from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from cases.wording import Wording
from store.employer_register import EmployerFilter, employers_in
from store.tables.employers import EmployerKind
from web.employers.naming import shown_employers
from web.roles import GUIDES
from web.vacancies.listing import PAGE_ROWS, page_number
from web.visit import Visit

KINDS: Final = {
    EmployerKind.ORGANISATION: Wording("单位", "Organisation"),
    EmployerKind.HOUSEHOLD: Wording("家庭", "Household"),
}
_VERIFIED: Final = {"yes": True, "no": False}


def list_page(visit: Visit) -> Response:
    asked, page = _asked(visit), page_number(visit)
    with visit.reading() as connection:
        found, total = employers_in(connection, visit.scope, asked, visit.today, (PAGE_ROWS, PAGE_ROWS * (page - 1)))
        rows = shown_employers(visit, connection, found)
    filters = {name: visit.asked(name).strip() for name in ("words", "kind", "verified")}
    kept = urlencode({name: value for name, value in filters.items() if value})
    context = {
        "rows": rows,
        "total": total,
        "page": page,
        "pages": max(-(-total // PAGE_ROWS), 1),
        "href": f"/employers?{kept}{'&' if kept else ''}page={{page}}",
        "kinds": [(kind.value, name.within(visit.language)) for kind, name in KINDS.items()],
        "may_enter": bool(visit.roles & GUIDES.roles),
        "filtered": bool(kept),
    }
    return visit.render("employers/list.html", context)


def _asked(visit: Visit) -> EmployerFilter:
    kind = visit.asked("kind")
    return EmployerFilter(
        words=visit.asked("words").strip(),
        kind=EmployerKind(kind) if kind in tuple(EmployerKind) else None,
        verified=_VERIFIED.get(visit.asked("verified")),
    )
