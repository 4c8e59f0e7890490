"""The page of the queue: who sees what, in which bucket, and that every number equals what stands under it."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from httpx2 import Response

from cases.hardship.buckets import Bucket, horizon
from cases.hardship.leaving import HandOver, ReturnClosure
from cases.hardship.moving import MakeAppointment, Pause, ProposeTransfer
from cases.hardship.referring import DeliverReferral, RecordReferral
from cases.roles import Role
from store.queue_reading import Asked, Reading, View
from store.scope import scope_of
from tests.web.queue.clerk import Clerk
from web.queue.rail import last_evening


def names(page: Response) -> list[str]:
    """The workers of the rows, in order."""
    return re.findall(r'class="yz-table__name yz-queue__name" href="[^"]+" lang="zh-CN">([^<]+)</a>', page.text)


def counts(page: Response) -> dict[str, int]:
    """Of each bucket the count that stands on its link."""
    found = re.findall(
        r'<a class="yz-bucket" href="([^"]+)".*?yz-bucket__count">(\d+)</span>', page.text, flags=re.DOTALL
    )
    return {href.replace("&amp;", "&"): int(count) for href, count in found}


def a_mixed_queue(clerk: Clerk) -> None:
    clerk.determined("周铉")
    clerk.in_help("龚䶮")
    referred = clerk.in_help("牟婉贞")
    referred.does(RecordReferral("vacancy-1", referred.today))
    referred.does(DeliverReferral("referral-1", referred.today, "当面"))
    clerk.in_help("晏诚").does(Pause("ill"))
    returned = clerk.in_help("褚颀")
    returned.does(HandOver("示例机构", "示例事项"))
    returned.does(ReturnClosure("缺回执"), "supervisor-1")


def test_my_work_shows_what_is_mine_with_the_next_action_as_its_link(clerk: Clerk) -> None:
    office = clerk.in_help("龚䶮")
    page = clerk.counter.signed_in("caseworker-1").get("/queue")
    assert names(page) == ["龚䶮"]
    link = re.search(r'href="(/cases/[^"]+/do/record-guidance\?[^"]+)"', page.text)
    assert link
    back = unquote(link[1].partition("back=")[2])
    assert back == f"/queue?at=0#{office.case.id}"
    assert f'id="{office.case.id}"' in page.text
    assert "龚" not in link[1]


def test_a_phone_shows_its_last_four_figures_and_the_identity_number_nothing(clerk: Clerk) -> None:
    clerk.in_help("龚䶮")
    page = clerk.counter.signed_in("caseworker-1").get("/queue").text
    assert re.search(r"尾号 \d{4}<", page)
    assert "699999" not in page
    assert not re.search(r"139\d{8}", page)


def test_another_stations_cases_are_not_there(clerk: Clerk) -> None:
    clerk.in_help("龚䶮")
    page = clerk.counter.signed_in("caseworker-3").get("/queue?view=station")
    assert names(page) == []
    assert "龚䶮" not in page.text


@pytest.mark.parametrize("days", [0, 4, 40])
@pytest.mark.parametrize("view", ["mine", "station"])
def test_the_count_of_a_bucket_equals_the_rows_that_its_link_shows(clerk: Clerk, view: str, days: int) -> None:
    a_mixed_queue(clerk)
    clerk.counter.hands.move(timedelta(days=days))
    browser = clerk.counter.signed_in("caseworker-1")
    counted = counts(browser.get(f"/queue?view={view}"))
    assert sum(counted.values()) == 5
    assert len(counted) == len(Bucket)
    for href, count in counted.items():
        assert len(names(browser.get(href))) == count, href


def test_rows_and_counts_agree_with_what_the_words_say(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    counter = clerk.counter
    for days in (0, 3, 6, 30, 60):
        now = counter.hands() + timedelta(days=days)
        line = horizon(now, counter.office.station.policies.calendar)
        browser_scope_day = line.today
        with counter.office.station.engine.connect() as connection:
            scope = scope_of(connection, "caseworker-1", browser_scope_day)
            reading = Reading(connection, scope, line)
            asked = Asked(View.STATION, "caseworker-1")
            rows = reading.rows(asked)
            told = [line.bucket(row.turn, row.due_at) for row in rows]
            assert {bucket: found.rows for bucket, found in reading.counts(asked).items()} == {
                bucket: told.count(bucket) for bucket in Bucket
            }
            assert told == sorted(told, key=list(Bucket).index)


def test_waiting_paused_and_returned_stand_apart(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    browser = clerk.counter.signed_in("caseworker-1")
    assert names(browser.get("/queue?bucket=paused")) == ["晏诚"]
    assert names(browser.get("/queue?bucket=returned")) == ["褚颀"]
    assert "周铉" in names(browser.get("/queue?bucket=waiting"))
    assert "等审批人决定" in browser.get("/queue?bucket=waiting").text


def test_a_filter_is_a_tag_that_takes_it_off_again(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    browser = clerk.counter.signed_in("caseworker-1")
    page = browser.get("/queue?stage=determination")
    assert names(page) == ["周铉"]
    tag = re.search(r'<a class="yz-tag" href="([^"]+)">', page.text)
    assert tag
    assert len(names(browser.get(tag[1].replace("&amp;", "&")))) == 5


@pytest.mark.parametrize(
    "query", ["bucket=soon%27", "stage=no", "due=2026-13-01", "page=0", "page=99999999999", "view=decide", "order=x"]
)
def test_what_an_address_says_wrongly_narrows_nothing(clerk: Clerk, query: str) -> None:
    clerk.in_help("龚䶮")
    page = clerk.counter.signed_in("caseworker-1").get(f"/queue?{query}")
    assert page.status_code == 200
    assert names(page) == ["龚䶮"]


def test_an_officer_lands_on_what_waits_for_a_decision(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    page = clerk.counter.signed_in("officer-1").get("/queue")
    assert names(page) == ["周铉", "周铉"] or names(page) == ["周铉"]
    assert "/do/adopt-determination?about=" in page.text


def test_an_appointment_of_today_stands_beside_the_queue(clerk: Clerk) -> None:
    office = clerk.in_help("龚䶮")
    office.does(MakeAppointment(office.now + timedelta(minutes=1), "caseworker-1", "谈职业指导"))
    page = clerk.counter.signed_in("caseworker-1").get("/queue").text
    assert "/do/keep-appointment?about=appointment-1" in page


def test_the_page_is_whole_in_english(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    browser = clerk.counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en", "back": "/queue"}, form_at="/queue")
    text = re.sub(r'lang="zh-CN"[^>]*>[^<]*<', "<", browser.get("/queue").text)
    body = re.sub(r"<[^>]+>", " ", text.partition("<main")[2].partition("</main>")[0])
    assert "You hold 5 open cases" in body
    assert re.findall(r"[一-鿿]+", body) == []
    assert "Gong Yan" in body


def test_the_last_evening_is_that_of_the_last_working_day(clerk: Clerk) -> None:
    calendar = clerk.counter.office.station.policies.calendar
    evening = last_evening(clerk.counter.hands(), calendar)
    assert evening < clerk.counter.hands()
    assert calendar.is_working(evening.date())


def test_the_export_is_the_list_with_names_masked_and_is_written_down(clerk: Clerk) -> None:
    clerk.in_help("龚䶮")
    browser = clerk.counter.signed_in("caseworker-1")
    answer = browser.get("/queue/export.xlsx?view=station")
    assert answer.headers["content-type"].startswith("application/vnd.openxml")
    from io import BytesIO  # noqa: PLC0415

    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert str(rows[1][0]).startswith("case-")
    assert rows[1][1] == "龚*"
    events = clerk.audit_kinds()
    assert "export" in events


def test_the_list_of_cases_finds_open_and_closed_ones(clerk: Clerk) -> None:
    a_mixed_queue(clerk)
    browser = clerk.counter.signed_in("caseworker-1")
    page = browser.get("/cases")
    assert all(name in page.text for name in ("周铉", "龚䶮", "晏诚"))
    assert "龚䶮" not in browser.get("/cases?state=closed").text
    assert "龚䶮" not in browser.get("/cases?stage=determination").text
    assert "龚䶮" not in clerk.counter.signed_in("caseworker-3").get("/cases").text


def test_an_auditor_reads_cases_and_has_no_queue(clerk: Clerk) -> None:
    clerk.in_help("龚䶮")
    auditor = clerk.counter.signed_in("auditor-1")
    assert "龚*" in auditor.get("/cases").text
    assert auditor.get("/queue").status_code == 403


def test_a_name_is_whole_for_who_works_on_the_case_and_masked_for_who_only_leads_or_reads(clerk: Clerk) -> None:
    clerk.in_help("龚䶮")
    for staff, path in (("caseworker-1", "/queue"), ("supervisor-1", "/cases"), ("officer-1", "/cases")):
        assert "龚䶮" in clerk.counter.signed_in(staff).get(path).text, staff
    for staff, path in (("manager-1", "/queue?view=station"), ("manager-1", "/cases"), ("auditor-1", "/cases")):
        page = clerk.counter.signed_in(staff).get(path).text
        assert "龚*" in page, staff
        assert "䶮" not in page, staff


def test_guides_and_supervisors_have_rows_of_their_own(clerk: Clerk) -> None:
    office = clerk.in_help("龚䶮")
    assert names(clerk.counter.signed_in("guide-1").get("/queue")) == ["龚䶮"]
    office.does(HandOver("示例机构", "示例事项"))
    page = clerk.counter.signed_in("supervisor-1").get("/queue")
    assert names(page) == ["龚䶮"]
    assert "/do/approve-closure" in page.text
    assert Role.SUPERVISOR in {Role(role) for role in re.findall(r'name="role" value="([^"]+)"', page.text)}


def test_a_case_that_is_offered_to_another_station_can_be_looked_at_there(clerk: Clerk) -> None:
    office = clerk.in_help("龚䶮")
    there = clerk.counter.signed_in("supervisor-3")
    assert there.get(f"/cases/{office.case.id}").status_code == 404
    office.does(ProposeTransfer("station-3", "搬家"))
    page = there.get("/queue")
    assert names(page) == ["龚䶮"]
    assert there.get(f"/cases/{office.case.id}").status_code == 200
    assert "龚䶮" not in there.get("/cases").text
