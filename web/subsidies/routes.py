"""The addresses of subsidies."""

from typing import Final

from web.acts.confirming import confirm, confirm_page
from web.acts.doing import check_address, check_page, form_page, save
from web.acts.sent import give_up, sent_page
from web.case.clock_page import clock_page
from web.case.comparing import compare_page
from web.case.determination_pages import determination_page, determinations_page, reveal_facts
from web.case.papers_pages import paper_file, papers_page
from web.case.timeline_pages import entry_page, reveal_entry, timeline_page
from web.case.under_today import under_today_page
from web.roles import CASE_READING, CASE_WORK
from web.serving import Page
from web.subsidies import account, applying, banking, beginning, entitled, hiring, listing, noticing, several
from web.subsidies.overview import overview

_CASE: Final = "/subsidies/{subsidy_id}"
_ENTRY: Final = f"{_CASE}/timeline/{{revision}}"
_DETERMINATION: Final = f"{_CASE}/determinations/{{determination_id}}"
_FORM: Final = f"{_CASE}/do/{{act}}"
_SENT: Final = f"{_CASE}/sent/{{key}}"

# The pages of one case are those that every kind of case has; which case they open is said by the address.
OF_A_CASE: Final = [
    Page(_CASE, overview, CASE_READING),
    Page(f"{_CASE}/timeline", timeline_page, CASE_READING),
    Page(_ENTRY, entry_page, CASE_READING),
    Page(_ENTRY, reveal_entry, CASE_READING, methods=("POST",)),
    Page(f"{_CASE}/clocks", clock_page, CASE_READING),
    Page(f"{_CASE}/determinations", determinations_page, CASE_READING),
    Page(f"{_CASE}/determinations/compare", compare_page, CASE_READING),
    Page(_DETERMINATION, determination_page, CASE_READING),
    Page(_DETERMINATION, reveal_facts, CASE_READING, methods=("POST",)),
    Page(f"{_DETERMINATION}/today", under_today_page, CASE_READING),
    Page(f"{_CASE}/papers", papers_page, CASE_READING),
    Page(f"{_CASE}/papers/{{paper_id}}", paper_file, CASE_READING),
    Page(_FORM, form_page, CASE_WORK),
    Page(_FORM, save, CASE_WORK, methods=("POST",)),
    Page(f"{_FORM}/check", check_address, CASE_WORK),
    Page(f"{_FORM}/check", check_page, CASE_WORK, methods=("POST",)),
    Page(f"{_FORM}/confirm", confirm_page, CASE_WORK),
    Page(f"{_FORM}/confirm", confirm, CASE_WORK, methods=("POST",)),
    Page(_SENT, sent_page, CASE_WORK),
    Page(_SENT, give_up, CASE_WORK, methods=("POST",)),
]
# What stands under an address of its own comes before the cases.
ROUTES: Final = [
    *listing.ROUTES,
    *beginning.ROUTES,
    *applying.ROUTES,
    *hiring.ROUTES,
    *several.ROUTES,
    *noticing.ROUTES,
    *banking.ROUTES,
    *entitled.ROUTES,
    *OF_A_CASE,
    *account.ROUTES,
]
