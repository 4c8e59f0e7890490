"""The search of every page: what is typed stands in no address and no log, and results are masked."""

from sqlalchemy import select

from store.engine import read, write
from store.people import register_worker
from store.tables.cases import audit_event
from store.tables.employers import employer
from tests.store.builders import a_worker
from tests.web.counter import Browser, Counter

SECRET = "周小红"


def a_registered_worker(counter: Counter, **changes: object) -> str:
    with write(counter.office.station.engine) as connection:
        return register_worker(connection, counter.office.station.keyring, a_worker(42, name=SECRET, **changes))


def sought(browser: Browser, what: str) -> str:
    return browser.send("/find", {"q": what}).text


def events(counter: Counter) -> list[str | None]:
    query = select(audit_event.c.reason).where(audit_event.c.kind == "find-workers")
    with read(counter.office.station.engine) as connection:
        return list(connection.scalars(query))


def test_a_worker_is_found_masked(counter: Counter) -> None:
    worker_id = a_registered_worker(counter)
    browser = counter.signed_in("caseworker-1")
    for what in (SECRET, "小红", "zhouxiaohong", "zxh", "0042", "13800000042", "周小 0042"):
        page = sought(browser, what)
        assert f'href="/workers/{worker_id}?' in page, what
        assert "周**" in page
        assert "138****0042" in page
        assert page.count(SECRET) == page.count(what) == 1 if what == SECRET else SECRET not in page


def test_what_is_sought_is_in_no_address(counter: Counter) -> None:
    a_registered_worker(counter)
    answer = counter.signed_in("caseworker-1").send("/find", {"q": SECRET}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/find")


def test_a_foreign_reader_finds_nobody(counter: Counter) -> None:
    worker_id = a_registered_worker(counter)
    for reader in ("caseworker-2", "caseworker-3", "officer-3", "manager-3"):
        page = sought(counter.signed_in(reader), "13800000042")
        assert worker_id not in page
        assert "没有找到" in page
    assert worker_id in sought(counter.signed_in("auditor-1"), "13800000042")


def test_each_search_that_shows_people_is_written_down_without_what_was_typed(counter: Counter) -> None:
    a_registered_worker(counter)
    browser = counter.signed_in("caseworker-1")
    sought(browser, "nobody")
    assert events(counter) == []
    sought(browser, SECRET)
    assert events(counter) == ["1"]


def test_employers_are_found_by_those_who_work_with_them(counter: Counter) -> None:
    with read(counter.office.station.engine) as connection:
        first = connection.execute(select(employer.c.id, employer.c.name).where(employer.c.name.is_not(None))).first()
    assert first is not None
    assert f'href="/employers/{first.id}"' in sought(counter.signed_in("caseworker-1"), first.name)
    assert f'href="/employers/{first.id}"' not in sought(counter.signed_in("auditor-1"), first.name)


def test_the_page_is_whole_in_english(counter: Counter) -> None:
    a_registered_worker(counter)
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en"}, form_at="/find")
    page = sought(browser, "zxh")
    assert "Found: 1 workers, 0 employers." in page
    assert "Nothing was found within your scope." in sought(browser, "nobody")


def test_odd_searches_are_no_errors(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    for what in ("", " ", "%", "_", "'", "\\", "周" * 5000, "\u200b", "1" * 18, "🙂", "a" * 200):
        assert browser.send("/find", {"q": what}).status_code == 200, what
