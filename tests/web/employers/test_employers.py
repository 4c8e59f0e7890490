"""Employers at the counter: looked for before they are added, verified, corrected, and unmasked for a reason only."""

from datetime import date, timedelta

import pytest
from httpx2 import Response
from sqlalchemy import func, select
from stdnum.cn import uscc

from cases.days import day_of
from store.changes import Changed, changes
from store.employer_register import employer_by_code
from store.employers import Contact, NewHousehold, employer, employer_contact, register_household, verifications
from store.engine import read, write
from store.person_keys import destroy_person_key
from store.tables.cases import audit_event
from store.tables.employers import EmployerKind, VerificationResult
from store.tables.employers import employer as table
from tests.store.builders import an_identity
from tests.web.counter import Browser, Counter
from tests.web.spoken import chinese_words, english_words
from tests.web.vacancies.filled import day

CODE = "91999999MA000008XM"
PHONE = "02360000001"  # of employer-1


def firm(**changes: str) -> dict[str, str]:
    return {
        "key": "e" * 32,
        "kind": "organisation",
        "station": "station-1",
        "name": "新开粮油贸易行",
        "uscc": CODE,
        "address": "示例路8号",
        "contact_name": "冯示例",
        "contact_phone": "023-60000088",
        **changes,
    }


def household(**changes: str) -> dict[str, str]:
    person = {"person_name": "雇主甲", "identity": an_identity(7).value}
    return firm(kind="household", name="", uscc="") | person | changes


def registered(browser: Browser, fields: dict[str, str]) -> Response:
    return browser.send("/employers/new", fields)


def number(counter: Counter) -> int:
    with read(counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def events(counter: Counter, about_id: str) -> list[tuple[str, str | None]]:
    with read(counter.office.station.engine) as connection:
        query = select(audit_event.c.kind, audit_event.c.reason).where(audit_event.c.about_id == about_id)
        return [(row.kind, row.reason) for row in connection.execute(query.order_by(audit_event.c.id))]


def test_an_organisation_is_registered_once_above_its_station(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    first, second = registered(browser, firm(uscc=" 9199 9999 MA00 0008 xm ")), registered(browser, firm())
    assert first.url == second.url
    with read(counter.office.station.engine) as connection:
        employer_id = employer_by_code(connection, CODE)
        assert employer_id is not None
        found = employer(connection, employer_id)
        contact = employer_contact(connection, counter.office.station.keyring, employer_id)
    assert found is not None
    assert contact is not None
    assert (found.name, found.node_id, found.address) == ("新开粮油贸易行", "cn-50-99", "示例路8号")
    assert (contact.contact_name, contact.contact_phone) == ("冯示例", "02360000088")
    assert [kind for kind, _ in events(counter, employer_id)] == ["register-employer"]


def test_a_household_is_registered_and_named_by_its_mask(counter: Counter) -> None:
    browser, before = counter.signed_in("caseworker-1"), number(counter)
    page = registered(browser, household())
    assert page.status_code == 200
    assert number(counter) == before + 1
    for shown in (page.text, browser.get("/employers?kind=household").text):
        assert "雇**" in shown
        assert "雇主甲" not in shown
        assert an_identity(7).value not in shown


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        pytest.param(firm(uscc="91999999MA000008XN"), "uscc", id="a wrong check character"),
        pytest.param(firm(uscc="9199"), "uscc", id="too short"),
        pytest.param(firm(name=""), "name", id="no name"),
        pytest.param(firm(contact_phone="12"), "contact_phone", id="no phone"),
        pytest.param(firm(station="station-3"), "station", id="a station of another place"),
        pytest.param(household(identity="690101"), "identity", id="no identity number"),
        pytest.param(household(person_name=" "), "person_name", id="nobody's household"),
        pytest.param(firm(kind="sect"), "kind", id="of no kind"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(counter: Counter, fields: dict[str, str], at: str) -> None:
    browser, before = counter.signed_in("caseworker-1"), number(counter)
    answer = registered(browser, fields)
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.text
    assert number(counter) == before


def test_a_village_cooperative_has_its_own_kind_of_code(counter: Counter) -> None:
    code = "N2999999MA000099X"
    browser = counter.signed_in("caseworker-1")
    assert registered(browser, firm(uscc=code + uscc.calc_check_digit(code))).status_code == 200
    known = registered(
        counter.signed_in("caseworker-3"), firm(uscc="N2999999MA000010XJ", station="station-3", key="f" * 32)
    )
    assert 'href="/employers/employer-7"' in known.text


def test_a_code_that_is_known_leads_to_its_employer(counter: Counter) -> None:
    answer = registered(counter.signed_in("caseworker-1"), firm(uscc="91999999MA000001XE"))
    assert answer.status_code == 422
    assert 'href="/employers/employer-1"' in answer.text


def test_of_an_employer_of_another_place_nothing_is_told(counter: Counter) -> None:
    answer = registered(counter.signed_in("caseworker-1"), firm(uscc="91999999MA000005XJ"))
    assert answer.status_code == 422
    assert "employer-5" not in answer.text
    assert "示例纺织" not in answer.text


def test_a_similar_name_is_looked_at_first(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    answer = registered(browser, firm(name="示例物流有限责任公司"))
    assert answer.status_code == 422
    assert 'href="/employers/employer-1"' in answer.text
    assert registered(browser, firm(name="示例物流有限责任公司", another="yes")).status_code == 200


def test_a_household_is_registered_once(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    registered(browser, household())
    answer = registered(browser, household() | {"key": "f" * 32})
    assert answer.status_code == 422
    assert "已登记为家庭用工主体" in answer.text


def verified(browser: Browser, today: date, **changes: str) -> Response:
    fields = {
        "key": "a" * 32,
        "method": "现场查看证照",
        "evidence": "营业执照原件",
        "result": "verified",
        **day("verified_on", today),
        **changes,
    }
    return browser.send("/employers/employer-4/verify", fields)


def test_a_verification_is_kept_with_its_evidence_once(counter_on_both: Counter) -> None:
    counter, today = counter_on_both, day_of(counter_on_both.hands())
    browser = counter.signed_in("guide-1")
    for _ in range(2):
        answer = verified(browser, today, **day("good_until", today + timedelta(days=365)))
        assert answer.status_code == 200
    with read(counter.office.station.engine) as connection:
        (found,) = verifications(connection, "employer-4")
    assert (found.verified_by, found.result, found.evidence) == (
        "guide-1",
        VerificationResult.VERIFIED,
        ("营业执照原件",),
    )
    assert found.good_until == today + timedelta(days=365)
    assert [kind for kind, _ in events(counter, "employer-4")] == ["verify-employer"]


def test_how_it_was_verified_can_be_written_in(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    assert verified(browser, today, method="other").status_code == 422
    assert verified(browser, today, method="other", other_method="村委会证明").status_code == 200
    assert "村委会证明" in browser.get("/employers/employer-4").text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"evidence": ""}, id="no evidence"),
        pytest.param({"result": "perhaps"}, id="no result"),
        pytest.param({"verified_on-year": "2999"}, id="in the future"),
        pytest.param(day("good_until", date(2020, 1, 1)), id="ended before it began"),
    ],
)
def test_a_verification_that_is_not_one(counter: Counter, changes: dict[str, str]) -> None:
    browser = counter.signed_in("caseworker-1")
    assert verified(browser, day_of(counter.hands()), **changes).status_code == 422
    assert events(counter, "employer-4") == []


def test_a_correction_keeps_what_stood_before_sealed_and_masked(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    fields = {"revision": "0", "address": "新址", "phone": "023-60000077", "contact": "", "reason": "搬迁"}
    page = browser.send("/employers/employer-1/edit", fields)
    assert page.status_code == 200
    station = counter.office.station
    with read(station.engine) as connection:
        history = {c.field: c for c in changes(connection, station.keyring, Changed.EMPLOYER, "employer-1")}
        contact = employer_contact(connection, station.keyring, "employer-1")
    assert contact is not None
    assert (contact.contact_name, contact.contact_phone, contact.representative) == ("钱示例", "02360000077", "钱示例")
    assert set(history) == {"address", "phone"}
    assert (history["phone"].before, history["phone"].after) == (PHONE, "02360000077")
    assert PHONE not in page.text
    assert "02360000077" not in page.text
    assert "新址" in page.text


def test_an_edit_that_comes_second_is_told_and_loses_nothing(counter_on_both: Counter) -> None:
    counter = counter_on_both
    first, second = counter.signed_in("caseworker-1"), counter.signed_in("guide-1")
    assert (
        first.send("/employers/employer-1/edit", {"revision": "0", "address": "甲址", "reason": "甲"}).status_code
        == 200
    )
    told = second.send("/employers/employer-1/edit", {"revision": "0", "address": "乙址", "reason": "乙"})
    assert told.status_code == 409
    assert "甲址" in told.text
    assert 'value="乙址"' in told.text
    again = second.send("/employers/employer-1/edit", {"revision": "1", "address": "乙址", "reason": "乙"})
    assert again.status_code == 200


def test_a_contact_can_be_removed_and_an_empty_edit_is_none(counter: Counter) -> None:
    browser, station = counter.signed_in("caseworker-1"), counter.office.station
    kept = {"revision": "0", "address": "示例区示例街道物流园路1号", "reason": "核对"}
    assert browser.send("/employers/employer-1/edit", kept).status_code == 422
    assert browser.send("/employers/employer-1/edit", {**kept, "remove_phone": "yes"}).status_code == 200
    with read(station.engine) as connection:
        contact = employer_contact(connection, station.keyring, "employer-1")
    assert contact is not None
    assert (contact.contact_phone, contact.contact_name) == (None, "钱示例")


def test_what_is_masked_is_shown_for_a_reason_that_is_written_down(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    assert PHONE not in browser.get("/employers/employer-1").text
    path = "/employers/employer-1/reveal/phone"
    assert PHONE not in browser.get(path).text
    for without in ({"why": ""}, {"why": "other", "note": ""}):
        answer = browser.send(path, without)
        assert answer.status_code == 422
        assert PHONE not in answer.text
    assert events(counter, "employer-1") == []
    assert PHONE in browser.send(path, {"why": "contact", "note": "约洽谈"}).text
    assert events(counter, "employer-1") == [("reveal-employer-phone", "contact")]


def test_what_is_not_on_record_is_not_asked_for(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    assert browser.get("/employers/employer-1/reveal/identity").status_code == 404
    assert browser.get("/employers/employer-1/reveal/everything").status_code == 404
    assert browser.get("/employers/employer-8/reveal/identity").status_code == 200


def test_of_an_erased_household_nothing_is_left(counter: Counter) -> None:
    with write(counter.office.station.engine) as connection:
        destroy_person_key(connection, "employer-8")
    browser = counter.signed_in("caseworker-1")
    page = browser.get("/employers/employer-8")
    assert page.status_code == 200
    assert "已按要求清除" in page.text
    assert browser.get("/employers?kind=household").status_code == 200
    assert browser.get("/employers/employer-8/edit").status_code == 404
    assert browser.get("/vacancies/vacancy-4").status_code == 200


@pytest.mark.parametrize(
    ("staff_id", "page", "form"),
    [
        pytest.param("caseworker-2", 200, 200, id="a station of the place"),
        pytest.param("guide-1", 200, 200, id="the place's guide"),
        pytest.param("manager-1", 200, 403, id="a manager, who reads"),
        pytest.param("auditor-1", 200, 403, id="an auditor, who reads"),
        pytest.param("caseworker-3", 404, 404, id="another place"),
        pytest.param("administrator-1", 403, 403, id="an administrator, who has no business here"),
    ],
)
def test_who_sees_and_who_acts(counter: Counter, staff_id: str, page: int, form: int) -> None:
    browser = counter.signed_in(staff_id)
    assert browser.get("/employers/employer-1").status_code == page
    assert browser.get("/employers/employer-1/reveal/phone").status_code == page
    for act in ("verify", "edit"):
        assert browser.get(f"/employers/employer-1/{act}").status_code == form


def test_a_household_of_another_place_stays_there(counter: Counter) -> None:
    station = counter.office.station
    elsewhere = NewHousehold("far", "cn-42-99", "远方人", an_identity(9), Contact(), "guide-3", counter.hands())
    with write(station.engine) as connection:
        register_household(connection, station.keyring, elsewhere)
    answer = registered(counter.signed_in("caseworker-1"), household(identity=an_identity(9).value))
    assert answer.status_code == 422
    assert "/employers/far" not in answer.text


def test_every_page_speaks_both_languages(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    browser.send("/employers/employer-1/edit", {"revision": "0", "address": "新址", "reason": "搬迁"})
    one = "/employers/employer-1"
    for path in (
        "/employers",
        one,
        "/employers/employer-8",
        "/employers/new",
        f"{one}/verify",
        f"{one}/edit",
        f"{one}/reveal/phone",
    ):
        browser.client.cookies.set("yizhan-language", "zh")
        assert english_words(browser.get(path).text) == set(), path
        browser.client.cookies.set("yizhan-language", "en")
        assert chinese_words(browser.get(path).text) == set(), path


def test_the_list_finds_by_two_characters_and_by_kind(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").get("/employers?words=物流").text
    assert "employer-1" in page
    assert "employer-2" not in page
    assert EmployerKind.HOUSEHOLD.value in page
