"""Everything that the reader can do with a case now, under the headings of the forms."""

from cases.hardship.progress import ACTS
from cases.roles import Role
from web.case.doing import address, may
from web.case.opened import OpenCase
from web.case.speech import Shown


def all_acts(opened: OpenCase) -> list[Shown]:
    """Grouped as the forms are."""
    kinds = [kind for kind, act in sorted(ACTS.items()) if Role.ENGINE not in act.BY and may(opened, kind)]
    links = [{"href": address(opened, kind), "words": opened.speech.w(ACTS[kind].TITLE)} for kind in kinds]
    return [{"title": "", "links": links}] if links else []
