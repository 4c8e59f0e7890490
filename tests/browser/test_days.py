"""The main day of each role at a running station, in Chinese and in English, some of it without JavaScript."""

import re
import subprocess
from itertools import count
from typing import Final

import pytest

from cases.determinations import Conclusion
from cases.hardship.stages import ReferralOutcome, Stage
from cases.parts import P, find
from cases.wording import Language
from store.engine import read
from store.people import worker
from tests.browser.conftest import Opens
from tests.browser.running import Running
from tests.browser.windows import Window
from tests.registrations import an_identity_number

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]

ZH, EN = Language.ZH, Language.EN
NEW_PEOPLE: Final = count(801, 2)
OUTCOME: Final = "a[href*='/do/record-referral-outcome']"
BOTH: Final = [pytest.param(ZH, id="zh"), pytest.param(EN, id="en")]


def part(parts: tuple[P, ...], wanted: str) -> P:
    found = find(parts, wanted)
    assert found is not None, wanted
    return found


def signed_in(opens: Opens, running: Running, login: str, language: Language, *, script: bool = True) -> Window:
    window = opens(language, script=script)
    window.sign_in(login, running.password)
    return window


@pytest.mark.parametrize(
    ("language", "script", "login", "life", "then"),
    [
        pytest.param(ZH, True, "caseworker-1", "referral-outcome-overdue", "next", id="zh"),
        pytest.param(EN, True, "caseworker-4", "job-lost", "next", id="en"),
        pytest.param(ZH, False, "caseworker-5", "training-failed", "back", id="zh without JavaScript"),
    ],
)
def test_a_caseworkers_day(
    opens: Opens, running: Running, language: Language, script: bool, login: str, life: str, then: str
) -> None:
    window = signed_in(opens, running, login, language, script=script)
    assert window.path == "/queue"
    records_an_outcome(window, running, life, then)
    registers(window, running, life)
    window.press("给本人的链接", "A link for the worker")
    window.press("生成链接", "Make a link")
    assert re.fullmatch(r"\d{4} \d{4}", window.page.locator(".yz-code").inner_text())


def records_an_outcome(window: Window, running: Running, life: str, then: str) -> None:
    """From the row of the queue, through one error, to the next case."""
    page, case_id = window.page, running.case(life).id
    row = page.locator(f"tr[id^={case_id}]")
    if not row.locator(OUTCOME).count():  # something else comes first in this case
        row.locator("a.yz-table__name").click()
    page.locator(f"tr[id^={case_id}] {OUTCOME}, .yz-work {OUTCOME}").first.click()
    window.save()
    window.sees_errors(1)
    page.locator("[name=outcome][value=not-hired]").check()
    page.locator("[name=reason]").fill("要求持证")
    window.save()
    window.saved()
    assert running.case(life).referrals[-1].outcome is ReferralOutcome.NOT_HIRED
    if then == "next":
        window.press("下一件", "Next")
        assert window.path.startswith("/cases/case-")
        assert case_id not in window.path
    else:
        window.press("回工作台", "Back to")
        assert window.path.startswith("/queue")


def registers(window: Window, running: Running, life: str) -> None:
    """Somebody with the phone of a worker who is known: asked once, then entered with an open case."""
    page, ordinal = window.page, next(NEW_PEOPLE)
    with read(running.station.engine) as connection:
        known = worker(connection, running.station.keyring, running.case(life).worker_id)
    assert known is not None
    window.open("/queue")
    window.press("登记零工", "Register a worker")
    fields = {"name": f"示例新{ordinal}", "identity_number": an_identity_number(ordinal), "phone": known.phone}
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
    page.locator("[name=opens][value=yes]").check()
    page.locator("[name=hours_said][value=any]").check()
    page.locator("[name=health_said][value=none]").check()
    window.press("保存登记", "Save the registration")
    window.sees("电话相同", "same phone", "#likely")
    page.locator("[name=other_people]").check()
    page.locator("[name=other_reason]").fill("看过证件，一家人合用电话")
    window.press("保存登记", "Save the registration")
    window.sees("已登记并开案", "the case is open")


@pytest.mark.parametrize(
    ("language", "life"), [pytest.param(ZH, "new", id="zh"), pytest.param(EN, "officer-overdue", id="en")]
)
def test_an_officers_day(opens: Opens, running: Running, language: Language, life: str) -> None:
    window = signed_in(opens, running, "officer-1", language)
    case_id = running.case(life).id
    row = window.page.locator(f"tr[id^={case_id}]")
    window.press("认领", "Take", row)
    window.sees("已认领", "It is yours now")
    window.press("放回", "Put back", row)
    window.sees("已放回", "Put back")

    window.page.locator(f"tr[id^={case_id}] a.yz-table__name").click()
    window.go(window.page.locator("a[href*='/determinations/hardship-worker-1']").first)
    window.sees("每一条为什么", "Every rule, and why", "main")
    window.press("采纳", "Adopt")
    window.save()
    window.saved()
    assert part(running.case(life).determinations, "hardship-worker-1").granted is True

    window.open(f"/cases/{case_id}/do/depart-from-determination?about=employment-difficulty-1")
    found = part(running.case(life).determinations, "employment-difficulty-1")
    other = "no" if found.conclusion is Conclusion.GRANTED else "yes"
    window.page.locator(f"[name=granted][value={other}]").check()
    window.save()
    window.sees_errors(1)
    window.page.locator("[name=reason]").fill("失业登记当天补办，凭证已看。")
    window.save()
    window.saved()
    assert part(running.case(life).determinations, "employment-difficulty-1").granted is None

    second = signed_in(opens, running, "officer-2", language)
    second.page.locator(f"tr[id^={case_id}] a[href*='/do/confirm-departure']").first.click()
    second.save()
    second.saved()
    decided = part(running.case(life).determinations, "employment-difficulty-1")
    assert decided.granted is (other == "yes")
    assert decided.departed_by == "officer-1"


@pytest.mark.parametrize(
    ("language", "lives", "to"),
    [
        pytest.param(ZH, ("needs-open", "post"), "caseworker-1", id="zh"),
        pytest.param(EN, ("contested", "follow-up-due"), "caseworker-5", id="en"),
    ],
)
def test_a_managers_day(opens: Opens, running: Running, language: Language, lives: tuple[str, str], to: str) -> None:
    window = signed_in(opens, running, "manager-1", language)
    page = window.page
    window.open("/overview")
    figure = page.locator("main a[href^='/overview/overdue?station=']").first
    number = re.search(r"\d+", figure.inner_text())
    assert number is not None
    window.go(figure)
    assert page.locator("main tbody tr").count() == int(number[0])

    window.open("/queue?view=station&select=yes")
    for life in lives:
        page.locator(f"[name=case][value={running.case(life).id}]").check()
    window.press("改派选中的个案", "Reassign the chosen cases")
    page.locator("#to").select_option(to)
    window.press("看看能不能改派", "See which can be reassigned")
    window.press("改派这", "Reassign these")
    held = [running.case(life).caseworker for life in lives]
    assert page.locator("main tbody tr").filter(has_text=re.compile("已改派给|Now .*’s")).count() == held.count(to)
    assert to in held


@pytest.mark.parametrize(
    ("language", "login", "life"),
    [
        pytest.param(ZH, "supervisor-1", "closing-waits", id="zh"),
        pytest.param(EN, "supervisor-2", "declined-waits", id="en"),
    ],
)
def test_a_supervisors_day(opens: Opens, running: Running, language: Language, login: str, life: str) -> None:
    """In Chinese a closure is returned, in English one is approved."""
    window = signed_in(opens, running, login, language)
    case_id = running.case(life).id
    window.go(window.page.locator(f"tr[id^={case_id}] a[href*='closure']").first)
    if language is EN:
        window.save()
        window.saved()
        assert running.case(life).stage is Stage.CLOSED
        return
    window.open(f"/cases/{case_id}/do/return-closure")
    window.save()
    window.sees_errors(1)
    window.page.locator("[name=reason]").fill("告知书还没有送达。")
    window.save()
    window.saved()
    assert running.case(life).stage is not Stage.CLOSING


@pytest.mark.parametrize("language", BOTH)
def test_an_auditors_day(opens: Opens, running: Running, language: Language) -> None:
    window = signed_in(opens, running, "auditor-2", language)
    page = window.page
    window.open("/audit")
    page.locator("main summary").first.click()
    page.locator("[name=sample]").fill("5")
    page.locator("[name=seed]").fill("7")
    window.press("按条件查看", "Show")
    drawn = [link.get_attribute("href") for link in page.locator("main tbody a[href*='/determinations/']").all()]
    assert len(drawn) == 5
    page.locator("main tbody a[href*='/determinations/']").first.click()
    assert window.path.split("?")[0] == drawn[0]
    window.sees("每一条为什么", "Every rule, and why")
    window.open("/audit/events?kind=pause")
    assert page.locator("main tbody tr").count() == 1
    window.sees("暂停办理", "Pause", "main tbody")


@pytest.mark.parametrize("language", BOTH)
def test_an_administrators_day(opens: Opens, running: Running, language: Language) -> None:
    window = signed_in(opens, running, "administrator-1", language)
    page, staff_id = window.page, f"guide-{language.value}"
    window.open("/running")
    window.sees("1 个在工作", "1 at work")
    window.open("/staff/new")
    page.locator("#name").fill("祝新来")
    page.locator("#staff_id").fill(staff_id)
    window.press("保存工作人员", "Save the member of staff")
    assert window.path.startswith(f"/staff/{staff_id}")
    page.get_by_text(window.t("授予角色", "Give a role")).first.click()
    page.locator("#role").select_option("guide")
    page.locator("#node").select_option("node-station-1")
    window.press("授予角色", "Give the role")
    window.press("开立账号", "Open an account")
    password = page.locator(".yz-code").inner_text().strip()
    new = opens(language)
    new.sign_in(staff_id, password)
    assert new.path.startswith("/password")


@pytest.mark.parametrize(
    ("language", "script", "login", "life"),
    [
        pytest.param(ZH, True, "caseworker-1", "one-does-not-count", id="zh"),
        pytest.param(EN, True, "caseworker-4", "three-referrals", id="en"),
        pytest.param(ZH, False, "caseworker-5", "training-failed", id="zh without JavaScript"),
    ],
)
def test_a_workers_day(opens: Opens, running: Running, language: Language, script: bool, login: str, life: str) -> None:
    """By a link on a phone: a referral is contested, then said to be right after all, and a paper fetched."""
    desk = signed_in(opens, running, login, language)
    desk.open(f"/cases/{running.case(life).id}/link")
    desk.press("生成链接", "Make a link")
    link = desk.page.locator("dd.yz-break").inner_text().strip()

    window = opens(language, script=script, phone=True)
    page = window.page
    window.open(link.removeprefix(running.address))
    window.press("打开我的帮扶", "Open my case")
    asked = next(each.id for each in running.case(life).referrals if each.delivered_on and each.confirmed is None)
    window.press("有不同，我要说明", "Something was different")
    window.press("送出我的说明", "Send what I wrote")
    window.sees_errors(1)
    page.locator("[name=reason]").fill("到店才知道早已招满。")
    window.press("送出我的说明", "Send what I wrote")
    window.sees("已收到", "We have your answer")
    assert part(running.case(life).referrals, asked).confirmed is False
    page.locator(f"a[href='/w/referrals/{asked}']").click()
    window.press("没有不同，情况属实", "Nothing was different")
    assert part(running.case(life).referrals, asked).confirmed is True

    with page.expect_download() as fetched:
        page.locator("a[href^='/w/papers/']").first.click()
    said = subprocess.run(["pdfinfo", fetched.value.path()], capture_output=True, text=True, check=True).stdout
    assert "Pages:" in said
    window.press("看完了，退出", "Done: leave")
    window.open("/w")
