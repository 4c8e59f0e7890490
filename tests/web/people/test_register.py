"""Registering at the counter: nobody twice, nothing half, and whether or not the workflow server is there."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from store.cases import load_case
from store.engine import read
from store.people import worker
from store.tables.cases import hardship_case, outbox
from store.tables.people import worker as worker_table
from tests.registrations import an_identity_number
from tests.web.counter import Browser, Counter
from tests.web.people.registered import a_case, person_of

Fields = dict[str, str | list[str]]


def a_form(**changes: str | list[str]) -> Fields:
    number = an_identity_number(701)
    fields: Fields = {
        "key": "a" * 32,
        "station": "station-1",
        "opens": "yes",
        "name": "周小红",
        "identity_number": f"{number[:6]} {number[6:14]}-{number[14:]}",
        "phone": "139 1234 0701",
        "address": "示例街道7号",
        "member1_name": "郑示例",
        "member1_relation": "配偶",
        "skill1_trade": "保洁",
        "skill1_level": "熟练",
        "wish1_trade": "门卫",
        "fact_waiting_since-year": "2026",
        "fact_waiting_since-month": "3",
        "fact_waiting_since-day": "1",
        "fact_in_work": "no",
        "fact_household_income": "2300.50",
        "fact_household_income_source": "record",
        "fact_household_income_detail": "银行流水",
        "hours_said": "any",
        "health_said": "none",
    }
    return fields | changes


def sent(browser: Browser, **changes: str | list[str]) -> Any:
    return browser.send("/register", a_form(**changes), follow_redirects=False)


def count(counter: Counter, table: Any) -> int:
    with read(counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_worker_is_registered_and_the_case_opened_while_the_workflow_server_is_down(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    answer = sent(browser)
    assert answer.status_code == 303
    case_id = re.fullmatch(r"/cases/(case-\w+)\?said=case-opened", answer.headers["location"])
    assert case_id is not None
    with read(counter.office.station.engine) as connection:
        case = load_case(connection, case_id[1])
        person = worker(connection, counter.office.station.keyring, case.worker_id)
        assert connection.scalar(select(func.count()).where(outbox.c.case_id == case.id)) == 1
    assert person is not None
    assert (person.name, person.identity, person.phone) == ("周小红", an_identity_number(701), "13912340701")
    page = browser.get(f"/workers/{case.worker_id}/facts").text
    for shown in ("出生日期", "开始待工日期", "2300.50", "银行流水", "目前已就业"):
        assert shown in page, shown
    assert case.worker_id in browser.send("/find", {"q": "zxh"}).text


def test_the_same_form_sent_twice_leads_to_the_same_case(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    first, second = sent(browser), sent(browser)
    assert first.headers["location"].partition("?")[0] == second.headers["location"]
    assert count(counter, hardship_case) == count(counter, worker_table) == 1


def test_a_worker_can_be_entered_without_a_case(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    first, second = sent(browser, opens="no"), sent(browser, opens="no")
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"].startswith("/workers/")
    assert (count(counter, hardship_case), count(counter, worker_table)) == (0, 1)
    page = browser.get(first.headers["location"]).text
    assert "周小红" in page
    assert "/register?worker=" in page


def test_what_is_wrong_is_said_at_its_field_and_what_was_filled_in_is_kept(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    wrong = sent(
        browser,
        name="",
        identity_number="110101900101123",
        phone="12",
        station="station-3",
        health_said="yes",
        **{"fact_waiting_since-year": "2199", "fact_household_size": "99999"},
    )
    assert wrong.status_code == 422
    for field in ("name", "identity_number", "phone", "station", "health", "fact_waiting_since", "fact_household_size"):
        assert f'href="#{field}"' in wrong.text, field
    assert "15位的旧号码已停用" in wrong.text
    assert "<title>错误：" in wrong.text
    assert 'value="示例街道7号"' in browser.get("/register").text
    assert count(counter, worker_table) == 0


def test_the_number_says_birth_and_sex_for_the_caseworker_to_compare(counter: Counter) -> None:
    page = sent(counter.signed_in("caseworker-1"), name="").text
    assert "1975年1月1日" in page
    assert "按证件号码：男" in page


@pytest.mark.parametrize(
    ("same", "matches"),
    [
        pytest.param({"phone": True}, "电话相同", id="the same phone"),
        pytest.param({"name": True}, "姓名相同", id="the same name"),
        pytest.param({"sound": True}, "名字读音相同", id="a name that sounds the same"),
    ],
)
def test_likely_duplicates_are_shown_before_anybody_is_entered(
    counter: Counter, same: dict[str, bool], matches: str
) -> None:
    other = a_case(counter)
    person = person_of(counter, other)
    changes: dict[str, str | list[str]] = {}
    if same.get("phone"):
        changes["phone"] = person.phone
    if same.get("name"):
        changes["name"] = person.name
    if same.get("sound"):
        changes["name"] = person.name.replace("示例", "事理")
    browser = counter.signed_in("caseworker-1")
    asked = sent(browser, **changes)
    assert asked.status_code == 422
    assert matches in asked.text
    assert f'href="/workers/{person.id}"' in asked.text
    assert person.phone not in asked.text.replace(f'value="{person.phone}"', "")
    assert count(counter, worker_table) == 1
    digest = re.search(r'name="alike" value="(\w+)"', asked.text)
    assert digest is not None
    assert sent(browser, **changes, alike=digest[1], other_people="yes").status_code == 422
    done = sent(browser, **changes, alike=digest[1], other_people="yes", other_reason="看过证件")
    assert done.status_code == 303
    assert count(counter, worker_table) == 2


def test_a_known_identity_number_leads_to_the_entry_there_is(counter: Counter) -> None:
    person = person_of(counter, a_case(counter))
    asked = sent(counter.signed_in("caseworker-1"), identity_number=person.identity, name=person.name)
    assert asked.status_code == 422
    assert "这个人已在台账中" in asked.text
    assert f"/register?worker={person.id}" in asked.text
    assert count(counter, worker_table) == 1


def test_a_second_open_case_of_one_person_is_refused(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-1")
    fields: Fields = {"key": "b" * 32, "worker": case.worker_id, "station": "station-1", "opens": "yes"}
    answer = browser.send("/register", fields, form_at=f"/register?worker={case.worker_id}", follow_redirects=False)
    assert answer.status_code == 422
    assert "本人已有在办个案" in answer.text
    assert person_of(counter, case).identity not in answer.text


def test_a_case_is_opened_for_somebody_of_the_ledger(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    entered = sent(browser, opens="no").headers["location"].partition("?")[0]
    worker_id = entered.rpartition("/")[2]
    fields: Fields = {"key": "b" * 32, "worker": worker_id, "station": "station-1", "opens": "yes"}
    answer = browser.send("/register", fields, form_at=f"/register?worker={worker_id}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/cases/case-")
    assert count(counter, worker_table) == 1


def test_a_foreign_person_with_the_same_name_is_nobodys_business(counter: Counter) -> None:
    foreign = person_of(counter, a_case(counter, "caseworker-3", station="station-3"))
    answer = sent(counter.signed_in("caseworker-1"), name=foreign.name)
    assert answer.status_code == 303


def test_only_caseworkers_register(counter: Counter) -> None:
    for reader in ("guide-1", "officer-1", "manager-1", "auditor-1", "administrator-1"):
        assert counter.signed_in(reader).get("/register").status_code == 403


def test_the_form_is_whole_in_english(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en"}, form_at="/find")
    page = sent(browser, name="", identity_number="1").text
    for shown in ("Register a worker", "An identity number has 18 places", "Fill this in", "Unknown"):
        assert shown in page, shown
