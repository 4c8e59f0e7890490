"""The administrator's pages."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from cases.roles import Role
from store.changes import Changed, changes
from store.engine import read
from store.staff import station_roles
from tests.web.counter import Counter, csrf_of


@pytest.mark.parametrize(
    "path", ["/running", "/calendars", "/stations", "/stations/station-1", "/staff", "/staff/guide-1"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_administrator_reads_every_page_in_both_languages(counter: Counter, path: str, language: str) -> None:
    browser = counter.signed_in("administrator-1")
    browser.client.cookies.set("yizhan-language", language)
    assert browser.get(path).status_code == 200


def test_what_waits_to_go_out_is_counted(demo: Counter) -> None:
    page = demo.signed_in("administrator-1").get("/running").text
    assert "没有回答" in page  # the workflow server is away
    assert "尚未发出" in page


def test_a_new_member_of_staff_gets_a_role_and_an_account_and_comes_in(counter: Counter) -> None:
    admin = counter.signed_in("administrator-1")
    today = counter.hands.today
    first = {"joined_on-year": str(today.year), "joined_on-month": str(today.month), "joined_on-day": str(today.day)}
    assert admin.send("/staff/new", {"staff_id": "caseworker-9", "name": "钱经办", **first}).status_code == 200
    days = {f"from_on-{part}": first[f"joined_on-{part}"] for part in ("year", "month", "day")}
    granted = {"act": "grant", "role": "caseworker", "node": "node-station-1", "below": "yes", **days}
    assert admin.send("/staff/caseworker-9", granted).status_code == 200
    with read(counter.office.station.engine) as connection:
        assert station_roles(connection, "caseworker-9", "station-1", today) == {Role.CASEWORKER}
    shown = admin.send("/staff/caseworker-9", {"act": "account", "login": "qian"}).text
    password = re.search(r'class="yz-code">([^<]+)<', shown)
    assert password
    assert password[1] not in admin.get("/staff/caseworker-9").text  # once
    newcomer = counter.browser().sign_in("qian", password[1])
    assert newcomer.get("/sessions").url.path == "/password"  # to be changed first


def test_a_role_that_ends_holds_to_the_end_of_the_day(counter: Counter) -> None:
    admin = counter.signed_in("administrator-1")
    grant = re.search(r'name="grant" value="([^"]+)"', admin.get("/staff/caseworker-1").text)
    assert grant
    assert admin.send("/staff/caseworker-1", {"act": "end", "grant": grant[1]}).status_code == 200
    today = counter.hands.today
    with read(counter.office.station.engine) as connection:
        assert station_roles(connection, "caseworker-1", "station-1", today) == {Role.CASEWORKER}
        assert station_roles(connection, "caseworker-1", "station-1", today + timedelta(days=1)) == frozenset()


@pytest.mark.parametrize("staff_id", ["周经办", "a", "110101199001011234", "Caseworker"])
def test_an_id_that_says_something_about_a_person_is_refused(counter: Counter, staff_id: str) -> None:
    admin = counter.signed_in("administrator-1")
    fields = {
        "staff_id": staff_id,
        "name": "某人",
        "joined_on-year": "2026",
        "joined_on-month": "1",
        "joined_on-day": "5",
    }
    assert admin.send("/staff/new", fields).status_code == 422


def test_disabling_an_account_ends_its_sessions(counter: Counter) -> None:
    guide = counter.signed_in("guide-1")
    admin = counter.signed_in("administrator-1")
    assert admin.send("/staff/guide-1", {"act": "disable"}).status_code == 200
    assert guide.get("/sessions").url.path == "/sign-in"
    assert admin.send("/staff/administrator-1", {"act": "disable"}).status_code == 422


def test_the_second_edit_of_a_station_is_told_and_nothing_is_lost(counter: Counter) -> None:
    first, second = counter.signed_in("administrator-1"), counter.signed_in("administrator-1")
    form = second.get("/stations/station-1/edit").text
    fields = {
        "name": "新名称",
        "kind": "综合性",
        "hours": "每天",
        "trades": "保洁、搬运",
        "address": "示例路9号",
        "contact": "12333",
        "revision": "0",
    }
    assert first.send("/stations/station-1/edit", fields).status_code == 200
    assert "新名称" in first.get("/stations/station-1").text
    late = second.send("/stations/station-1/edit", {**fields, "name": "另一个名称"})
    assert late.status_code == 422
    assert "另一个名称" in late.text
    assert form


def test_of_two_who_edit_a_station_in_one_moment_one_is_told(counter_on_both: Counter) -> None:
    administrators = [counter_on_both.signed_in("administrator-1") for _ in range(4)]
    fields = {
        "kind": "综合性",
        "hours": "每天",
        "trades": "保洁",
        "address": "示例路9号",
        "contact": "12333",
        "revision": "0",
    }
    gate = Barrier(len(administrators))

    def edit(place: int) -> int:
        path, token = "/stations/station-1/edit", csrf_of(administrators[place].get("/stations/station-1/edit").text)
        gate.wait()
        return (
            administrators[place].client.post(path, data={**fields, "name": f"名称{place}", "csrf": token}).status_code
        )

    with ThreadPoolExecutor(len(administrators)) as threads:
        answers = sorted(threads.map(edit, range(len(administrators))))
    assert answers == [200, 422, 422, 422]


def test_a_manager_reads_the_staff_of_the_place_and_changes_nothing(counter: Counter) -> None:
    manager = counter.signed_in("manager-1")
    page = manager.get("/staff").text
    assert "caseworker-1" in page
    assert "caseworker-3" not in page
    assert manager.get("/staff/caseworker-3").status_code == 404
    assert manager.get("/staff/new").status_code == 403


def test_the_administrators_pages_stand_under_one_place(counter: Counter) -> None:
    browser = counter.signed_in("administrator-1")
    for path in ("/running", "/staff", "/stations/station-1", "/calendars"):
        here = re.findall(r'<a href="([^"]+)" aria-current="page"', browser.get(path).text)
        assert "/running" in here, path


def test_a_corrected_name_keeps_the_one_before_and_the_second_who_corrects_is_told(counter_on_both: Counter) -> None:
    admin = counter_on_both.signed_in("administrator-1")
    assert "王晓导" in admin.send("/staff/guide-1", {"act": "rename", "name": "王晓导", "revision": "0"}).text
    page = admin.get("/staff/guide-1").text
    assert "王指导" in page  # what stood before
    late = admin.send("/staff/guide-1", {"act": "rename", "name": "王导", "revision": "0"})
    assert late.status_code == 422
    assert "王导" in late.text
    assert admin.get("/staff/guide-1").text.count("王晓导") > 0


def test_staff_and_stations_are_found(counter: Counter) -> None:
    admin = counter.signed_in("administrator-1")
    officers = admin.get("/staff?role=officer").text
    assert "officer-1" in officers
    assert "caseworker-1" not in officers
    assert "caseworker-2" in admin.get("/staff?node=node-station-2").text
    found = admin.get("/stations?q=社区").text
    assert 'href="/stations/station-2"' in found
    assert 'href="/stations/station-1"' not in found
    assert "没有这样的驿站" in admin.get("/stations?q=nowhere").text


def test_a_name_saved_as_it_was_changes_nothing_and_leaves_no_correction(counter: Counter) -> None:
    admin = counter.signed_in("administrator-1")
    assert admin.send("/staff/guide-1", {"act": "rename", "name": "王指导", "revision": "0"}).status_code == 200
    with read(counter.office.station.engine) as connection:
        assert changes(connection, counter.office.station.keyring, Changed.STAFF, "guide-1") == ()
