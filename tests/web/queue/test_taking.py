"""Taking and putting back: of several at once exactly one wins, and the others are told who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from cases.hardship.serving import RecordGuidance
from cases.roles import Role
from store.engine import read, write
from store.queue import Entry, entry, take
from tests.web.queue.clerk import Clerk

AT_ONCE = 6


def row(clerk: Clerk, case_id: str, role: Role) -> Entry:
    with read(clerk.counter.office.station.engine) as connection:
        found = entry(connection, case_id, role)
    assert found
    return found


def fields(seen: Entry, **more: str) -> dict[str, str]:
    return {"case": seen.case_id, "role": seen.role.value, "since": seen.since.isoformat(), **more}


def test_one_click_takes_a_row_and_one_puts_it_back(clerk: Clerk) -> None:
    seen = row(clerk, clerk.determined().case.id, Role.OFFICER)
    officer = clerk.counter.signed_in("officer-1")
    officer.send("/queue/take", fields(seen), form_at="/queue")
    taken = row(clerk, seen.case_id, Role.OFFICER)
    assert (taken.held_by, taken.taken_at) == ("officer-1", clerk.counter.hands())
    officer.send("/queue/take", fields(seen, do="put-back"), form_at="/queue")
    assert row(clerk, seen.case_id, Role.OFFICER).held_by is None
    assert sorted(clerk.audit_kinds()) == ["put-back", "take"]


def test_whoever_comes_second_is_told_who_was_first_and_when(clerk: Clerk) -> None:
    seen = row(clerk, clerk.determined().case.id, Role.OFFICER)
    clerk.counter.signed_in("officer-1").send("/queue/take", fields(seen), form_at="/queue")
    answer = clerk.counter.signed_in("officer-2").send("/queue/take", fields(seen), form_at="/queue")
    assert answer.status_code == 409
    assert "陈审批已在" in answer.text


def test_a_row_that_is_about_something_else_by_now_is_not_taken_by_an_old_page(clerk: Clerk) -> None:
    office = clerk.in_help()
    seen = row(clerk, office.case.id, Role.GUIDE)
    office.does(RecordGuidance(office.today, "谈了择业方向", "guide-1"))
    answer = clerk.counter.signed_in("guide-1").send("/queue/take", fields(seen), form_at="/queue")
    assert answer.status_code == 409
    assert "已经办过" in answer.text


def test_nobody_takes_a_row_of_a_role_or_a_station_that_is_not_theirs(clerk: Clerk) -> None:
    seen = row(clerk, clerk.determined().case.id, Role.OFFICER)
    for stranger in ("guide-1", "officer-3"):
        answer = clerk.counter.signed_in(stranger).send("/queue/take", fields(seen), form_at="/queue")
        assert answer.status_code == 404
    assert row(clerk, seen.case_id, Role.OFFICER).held_by is None


def test_take_next_takes_the_first_that_is_free(clerk: Clerk) -> None:
    first, second = clerk.determined("周铉"), clerk.determined("龚䶮")
    seen = row(clerk, first.case.id, Role.OFFICER)
    clerk.counter.signed_in("officer-1").send("/queue/take", fields(seen), form_at="/queue")
    answer = clerk.counter.signed_in("officer-2").send("/queue/take-next", form_at="/queue", follow_redirects=False)
    assert answer.headers["location"].startswith(f"/cases/{second.case.id}?")
    none_left = clerk.counter.signed_in("officer-2").send("/queue/take-next", form_at="/queue", follow_redirects=False)
    assert none_left.headers["location"].startswith(("/queue?said=nothing-to-take", "/cases/"))


def test_of_many_who_take_at_once_exactly_one_wins(clerk_on_both: Clerk) -> None:
    clerk = clerk_on_both
    station = clerk.counter.office.station
    for _ in range(5):
        seen = row(clerk, clerk.determined().case.id, Role.OFFICER)
        together = Barrier(AT_ONCE)

        def one(number: int, seen: Entry = seen, together: Barrier = together) -> tuple[bool, str | None]:
            together.wait(10)
            with write(station.engine) as connection:
                done = take(connection, station.keyring, seen, f"officer-{number}", clerk.counter.hands())
            return done.won, done.entry.held_by if done.entry else None

        with ThreadPoolExecutor(AT_ONCE) as threads:
            results = list(threads.map(one, range(AT_ONCE)))
        assert sum(won for won, _ in results) == 1
        assert len({holder for _, holder in results}) == 1
        assert clerk.audit_kinds().count("take") == 1
        clerk.forget_audit()


def test_two_browsers_take_one_row_at_once(clerk_on_both: Clerk) -> None:
    clerk = clerk_on_both
    seen = row(clerk, clerk.determined().case.id, Role.OFFICER)
    browsers = [clerk.counter.signed_in(officer) for officer in ("officer-1", "officer-2")]
    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(
                lambda browser: browser.send("/queue/take", fields(seen), form_at="/queue", follow_redirects=False),
                browsers,
            )
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    winner = row(clerk, seen.case_id, Role.OFFICER).held_by
    assert winner == ("officer-1", "officer-2")[[answer.status_code for answer in answers].index(303)]
