"""The list of subsidies, and every page of one of them, as each reader sees it."""

import pytest

from tests.web.subsidies.desk import SubsidyDesk

PAGES = ("", "/timeline", "/timeline/0", "/clocks", "/papers", "/determinations")
READERS = ("caseworker-1", "officer-1", "supervisor-1", "manager-1", "auditor-1")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages_for_all_who_read_cases(desk: SubsidyDesk, page: str) -> None:
    for staff in READERS:
        for language in ("zh", "en"):
            assert desk.opens(staff, page, language).status_code == 200, (staff, page, language)
