"""A worker's page: everything about one person in one place, masked, and whoever looked is written down."""

from sqlalchemy import select

from store.engine import read, write
from store.erasure import erase_worker
from store.tables.cases import audit_event
from tests.store.builders import an_erasure
from tests.web.counter import Counter
from tests.web.people.registered import a_case, person_of

PARTS = ("", "/facts", "/papers", "/changes", "/looks")


def looks(counter: Counter, worker_id: str) -> list[str]:
    query = select(audit_event.c.actor).where(audit_event.c.kind == "worker-read", audit_event.c.about_id == worker_id)
    with read(counter.office.station.engine) as connection:
        return list(connection.scalars(query.order_by(audit_event.c.id)))


def test_a_caseworker_sees_the_person_with_numbers_masked(counter: Counter) -> None:
    case = a_case(counter)
    person = person_of(counter, case)
    page = counter.signed_in("caseworker-1").get(f"/workers/{case.worker_id}").text
    for shown in (person.name, "保洁", "熟练", "门卫", "白班", "郑示例", "开始待工日期", f"/cases/{case.id}"):
        assert shown in page, shown
    for hidden in (person.identity, person.phone, person.address or "-"):
        assert hidden not in page
    assert person.phone[-4:] in page
    for field in ("identity", "phone", "address"):
        assert f"/workers/{case.worker_id}/reveal/{field}" in page


def test_who_only_reads_sees_no_name_and_nothing_of_health(counter: Counter) -> None:
    case = a_case(counter)
    person = person_of(counter, case)
    browser = counter.signed_in("auditor-1")
    for part in PARTS:
        page = browser.get(f"/workers/{case.worker_id}{part}").text
        for hidden in (person.name, person.identity, person.phone, "郑示例", "白班"):
            assert hidden not in page, (part, hidden)


def test_a_person_outside_the_scope_does_not_exist(counter: Counter) -> None:
    case = a_case(counter)
    for reader in ("caseworker-2", "caseworker-3", "manager-3"):
        browser = counter.signed_in(reader)
        for part in PARTS:
            assert browser.get(f"/workers/{case.worker_id}{part}").status_code == 404
        assert browser.get("/workers/nobody").status_code == 404


def test_each_reader_is_written_down_once_a_session_and_who_only_reads_every_time(counter: Counter) -> None:
    case = a_case(counter)
    working, reading = counter.signed_in("caseworker-1"), counter.signed_in("auditor-1")
    for browser in (working, working, reading, reading):
        browser.get(f"/workers/{case.worker_id}")
    assert sorted(looks(counter, case.worker_id)) == ["auditor-1", "auditor-1", "caseworker-1"]  # all of one moment
    page = working.get(f"/workers/{case.worker_id}/looks").text
    assert page.count("尤审计") == 2


def test_facts_show_their_sources_and_what_held_before(counter: Counter) -> None:
    case = a_case(counter)
    page = counter.signed_in("caseworker-1").get(f"/workers/{case.worker_id}/facts").text
    for shown in ("开始待工日期", "本人陈述", "出生日期", "周经办"):
        assert shown in page, shown


def test_an_erased_person_does_not_exist(counter: Counter) -> None:
    case = a_case(counter)
    with write(counter.office.station.engine) as connection:
        erase_worker(connection, counter.office.station.keyring, case.worker_id, an_erasure(at=counter.hands()))
    assert counter.signed_in("caseworker-1").get(f"/workers/{case.worker_id}").status_code == 404


def test_every_part_is_whole_in_english(counter: Counter) -> None:
    case = a_case(counter)
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en"}, form_at="/find")
    for part, words in zip(
        PARTS, ("What was done", "their sources", "Notices to the worker", "corrected", "Why"), strict=True
    ):
        assert words in browser.get(f"/workers/{case.worker_id}{part}").text
