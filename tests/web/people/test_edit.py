"""Correcting a worker's entry at the counter."""

import re
from collections.abc import Mapping

from store.changes import Changed, changes
from store.engine import read
from store.worker_edits import Known, known_of
from tests.web.counter import Browser, Counter
from tests.web.people.registered import a_case, person_of

SAME: dict[str, str | list[str]] = {
    "skill1_trade": "保洁",
    "skill1_level": "熟练",
    "skill1_evidence": "做过6年",
    "wish1_trade": "门卫",
    "wish1_detail": "白班",
    "hours_said": "any",
    "places_said": "yes",
    "places": ["cn-50-99", "cn-42-99"],
    "floor_said": "yes",
    "floor": "150.00",
    "floor_unit": "day",
    "health_said": "none",
    "reason": "本人来电",
    "revision": "0",
}


def edited(browser: Browser, worker_id: str, fields: Mapping[str, str | list[str]]) -> tuple[int, str]:
    answer = browser.send(f"/workers/{worker_id}/edit", {**SAME, **fields}, follow_redirects=False)
    return answer.status_code, answer.text


def known(counter: Counter, worker_id: str) -> Known:
    with read(counter.office.station.engine) as connection:
        found = known_of(connection, counter.office.station.keyring, worker_id, counter.hands())
    assert found is not None
    return found


def test_the_form_shows_what_is_known_and_masks_what_is_masked(counter: Counter) -> None:
    case = a_case(counter)
    person = person_of(counter, case)
    page = counter.signed_in("caseworker-1").get(f"/workers/{case.worker_id}/edit").text
    assert f'value="{person.name}"' in page
    assert 'value="保洁"' in page
    assert 'value="150.00"' in page
    assert person.phone not in page
    assert person.identity not in page


def test_saving_what_is_shown_changes_nothing(counter: Counter) -> None:
    case = a_case(counter)
    before = known(counter, case.worker_id)
    status, _ = edited(counter.signed_in("caseworker-1"), case.worker_id, {"name": before.person.name})
    assert status == 303
    assert known(counter, case.worker_id) == before
    with read(counter.office.station.engine) as connection:
        assert changes(connection, counter.office.station.keyring, Changed.WORKER, case.worker_id) == ()


def test_a_correction_is_saved_with_what_stood_before(counter: Counter) -> None:
    case = a_case(counter)
    person = person_of(counter, case)
    browser = counter.signed_in("caseworker-1")
    new: dict[str, str | list[str]] = {
        "name": person.name,
        "phone": "138 0000-9999",
        "health_said": "yes",
        "health": ["heights"],
    }
    status, _ = edited(browser, case.worker_id, new)
    assert status == 303
    assert known(counter, case.worker_id).person.phone == "13800009999"
    page = browser.get(f"/workers/{case.worker_id}/changes").text
    for shown in ("138****9999", "没有限制", "不能高处作业", "本人来电", "周经办"):
        assert shown in page, shown
    assert person.phone not in page
    assert "13800009999" not in page


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-1")
    wrong = {
        "name": "",
        "phone": "123",
        "reason": "",
        "skill2_trade": "保洁",
        "skill2_level": "初学",
        "floor": "abc",
        "address": "新街1号",
    }
    status, page = edited(browser, case.worker_id, wrong)
    assert status == 422
    for field in ("name", "phone", "reason", "skill2_trade", "floor"):
        assert f'href="#{field}"' in page, field
    assert "新街1号" in page
    assert "新街1号" in browser.get(f"/workers/{case.worker_id}/edit").text


def test_the_second_of_two_is_told_and_both_edits_stay(counter: Counter) -> None:
    case = a_case(counter)
    name = person_of(counter, case).name
    first, second = counter.signed_in("caseworker-1"), counter.signed_in("guide-1")
    first.get(f"/workers/{case.worker_id}/edit")
    assert edited(first, case.worker_id, {"name": name, "wish1_detail": "夜班"})[0] == 303
    status, page = edited(second, case.worker_id, {"name": name, "skill1_level": "持证"})
    assert status == 409
    assert "周经办" in page
    assert 'value="夜班"' in page  # what the second had not touched
    assert 'value="持证"' in page  # what the second filled in
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    fields = {"name": name, "skill1_level": "持证", "wish1_detail": "夜班", "revision": revision[1]}
    assert edited(second, case.worker_id, fields)[0] == 303
    now = known(counter, case.worker_id)
    assert (now.skills[0].level, now.wishes[0].detail) == ("持证", "夜班")


def test_the_same_form_sent_twice_is_saved_once(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-1")
    fields = {"name": person_of(counter, case).name, "wish1_detail": "夜班"}
    assert [edited(browser, case.worker_id, fields)[0] for _ in range(2)] == [303, 303]
    with read(counter.office.station.engine) as connection:
        kept = changes(connection, counter.office.station.keyring, Changed.WORKER, case.worker_id)
    assert [change.field for change in kept] == ["wishes"]


def test_somebody_elses_phone_is_looked_at_first(counter: Counter) -> None:
    other = person_of(counter, a_case(counter))
    case = a_case(counter)
    fields = {"name": person_of(counter, case).name, "phone": other.phone}
    browser = counter.signed_in("caseworker-1")
    status, page = edited(browser, case.worker_id, fields)
    assert status == 422
    assert f'href="/workers/{other.id}"' in page
    assert "电话相同" in page
    digest = re.search(r'name="alike" value="(\w+)"', page)
    assert digest is not None
    again = {**fields, "alike": digest[1], "other_people": "yes"}
    assert edited(browser, case.worker_id, again)[0] == 422
    assert edited(browser, case.worker_id, {**again, "other_reason": "夫妻合用"})[0] == 303
    assert "夫妻合用" in browser.get(f"/workers/{case.worker_id}/looks").text


def test_a_foreign_phone_is_said_to_exist_and_no_more(counter: Counter) -> None:
    foreign = person_of(counter, a_case(counter, "caseworker-3", station="station-3"))
    case = a_case(counter)
    fields = {"name": person_of(counter, case).name, "phone": foreign.phone}
    status, page = edited(counter.signed_in("caseworker-1"), case.worker_id, fields)
    assert status == 422
    assert "您数据范围以外的一个人" in page
    assert foreign.id not in page


def test_a_person_outside_the_scope_cannot_be_corrected(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-3")
    answer = browser.send(f"/workers/{case.worker_id}/edit", SAME, form_at="/find", follow_redirects=False)
    assert answer.status_code == 404


def test_a_draft_says_that_it_is_one_and_can_be_given_up(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-1")
    path = f"/workers/{case.worker_id}/edit"
    browser.send("/drafts", {"form": path, "name": "半个名", "revision": "0"}, form_at=path)
    page = browser.get(path).text
    assert 'value="半个名"' in page
    assert "留下的草稿" in page
    assert "半个名" not in browser.send(path, {"press": "clear"}).text
