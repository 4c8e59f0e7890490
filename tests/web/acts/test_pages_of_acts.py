"""Every act's page opens, says what cannot be done and why, and shows its check; nobody is at the workflow server."""

from html import unescape

import pytest

from cases.commands import OF_PEOPLE
from tests.activities.office import Office
from tests.web.counter import Counter


@pytest.mark.parametrize("staff", ["caseworker-1", "officer-1", "supervisor-1", "guide-1"])
def test_the_page_of_every_act_opens_for_everyone_of_the_station(counter: Counter, helped: Office, staff: str) -> None:
    browser = counter.signed_in(staff)
    for kind in OF_PEOPLE:
        page = browser.get(f"/cases/{helped.case.id}/do/{kind}")
        assert page.status_code == 200, kind
        text = unescape(page.text)
        assert "现在不能办理" in text or "能不能保存" in text or "影响结论" in text, kind
