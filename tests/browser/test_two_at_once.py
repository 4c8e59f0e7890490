"""Two people at two browsers claim, edit and close the same case at once: one is first, the other is told."""

import pytest

from cases.hardship.stages import Stage
from cases.wording import Language
from tests.browser.conftest import Opens
from tests.browser.running import Running
from tests.browser.windows import CLOCK, Window

pytestmark = [pytest.mark.browser, pytest.mark.server]

WRITTEN = "愿意做白班，离家近的优先。"


def two(opens: Opens, running: Running, first: str, second: str) -> tuple[Window, Window]:
    windows = opens(Language.ZH), opens(Language.EN)
    for window, login in zip(windows, (first, second), strict=True):
        window.sign_in(login, running.password)
    return windows


def test_of_two_who_claim_a_case_one_has_it_and_the_other_is_told_who_and_when(opens: Opens, running: Running) -> None:
    first, second = two(opens, running, "officer-1", "officer-2")
    row = f"tr[id^={running.case('facts-missing').id}]"
    first.press("认领", "Take", first.page.locator(row))
    first.sees("已认领", "It is yours now")
    second.press("认领", "Take", second.page.locator(row))
    said = second.page.locator(".yz-notice--conflict").inner_text()
    assert "陈审批" in said
    assert CLOCK.search(said)


def test_of_two_who_edit_a_case_the_second_is_told_what_changed_and_loses_nothing(
    opens: Opens, running: Running
) -> None:
    first, second = two(opens, running, "caseworker-1", "guide-1")
    case_id = running.case("guidance-due").id
    for window in (first, second):
        window.open(f"/cases/{case_id}/do/record-guidance")
        window.page.locator("[name=guide][value=guide-1]").check()
        window.page.locator("[name=content]").fill(WRITTEN)
    first.save()
    first.saved()
    second.save()
    told = second.page.locator(".yz-notice--conflict").inner_text()
    assert "周经办" in told
    assert CLOCK.search(told)
    assert second.page.locator("[name=content]").input_value() == WRITTEN
    assert second.page.locator("[name=guide][value=guide-1]").is_checked()
    assert len(running.case("guidance-due").services) == 1

    second.page.reload()
    assert second.page.locator("[name=content]").input_value() == WRITTEN
    second.save()
    second.saved()
    assert len(running.case("guidance-due").services) == 2


def test_of_two_who_close_a_case_one_decides_and_the_other_keeps_what_was_written(
    opens: Opens, running: Running
) -> None:
    caseworker = opens(Language.ZH)
    caseworker.sign_in("caseworker-5", running.password)
    case_id = running.case("market-failed").id
    caseworker.open(f"/cases/{case_id}/do/propose-closure")
    caseworker.save()
    assert running.case("market-failed").stage is Stage.CLOSING

    first, second = two(opens, running, "supervisor-1", "supervisor-2")
    first.open(f"/cases/{case_id}/do/approve-closure")
    second.open(f"/cases/{case_id}/do/return-closure")
    second.page.locator("[name=reason]").fill(WRITTEN)
    first.save()
    first.saved()
    assert running.case("market-failed").stage is Stage.CLOSED
    second.save()
    assert WRITTEN in second.page.locator("main").inner_text() + second.page.locator("main").inner_html()
    assert running.case("market-failed").stage is Stage.CLOSED
