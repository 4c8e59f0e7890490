"""The addresses of a case's pages."""

from typing import Final

from web.case.clock_page import clock_page
from web.case.comparing import compare_page
from web.case.determination_pages import determination_page, determinations_page, reveal_facts
from web.case.overview import overview
from web.case.papers_pages import paper_file, papers_page
from web.case.people_page import people_page
from web.case.timeline_pages import entry_page, reveal_entry, timeline_page
from web.case.under_today import under_today_page
from web.roles import CASE_READING
from web.serving import Page

_ENTRY: Final = "/cases/{case_id}/timeline/{revision}"
_DETERMINATION: Final = "/cases/{case_id}/determinations/{determination_id}"

ROUTES: Final = [
    Page("/cases/{case_id}", overview, CASE_READING),
    Page("/cases/{case_id}/timeline", timeline_page, CASE_READING),
    Page(_ENTRY, entry_page, CASE_READING),
    Page(_ENTRY, reveal_entry, CASE_READING, methods=("POST",)),
    Page("/cases/{case_id}/clocks", clock_page, CASE_READING),
    Page("/cases/{case_id}/people", people_page, CASE_READING),
    Page("/cases/{case_id}/determinations", determinations_page, CASE_READING),
    Page("/cases/{case_id}/determinations/compare", compare_page, CASE_READING),
    Page(_DETERMINATION, determination_page, CASE_READING),
    Page(_DETERMINATION, reveal_facts, CASE_READING, methods=("POST",)),
    Page(f"{_DETERMINATION}/today", under_today_page, CASE_READING),
    Page("/cases/{case_id}/papers", papers_page, CASE_READING),
    Page("/cases/{case_id}/papers/{paper_id}", paper_file, CASE_READING),
]
