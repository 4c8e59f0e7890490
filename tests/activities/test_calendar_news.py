"""Cases whose due dates rest on a year that was missing are told of its calendar."""

from dataclasses import replace
from datetime import UTC, datetime

from temporalio.service import RPCStatusCode

from activities.bootstrap import POLICIES, load_calendar
from activities.calendar_news import provisional_cases, tell_of_calendar
from activities.policies import Policies
from cases.calendars import Calendar
from cases.hardship.leaving import ApproveClosure, HandOver
from store.engine import read
from tests.activities.office import Office
from tests.activities.temporal import FakeServer, rpc_error

KNOWN = load_calendar(POLICIES / "calendars")
UNTIL_2025 = Calendar(tuple(notice for notice in KNOWN.years if notice.year < 2026))


def before_the_notice(office: Office) -> Office:
    """The same office while nobody knows the year's holidays."""
    policies = Policies(office.station.policies.book, UNTIL_2025)
    return replace(office, station=replace(office.station, policies=policies))


async def test_a_case_with_a_provisional_clock_is_told(office: Office) -> None:
    early = before_the_notice(office)
    early.register()
    assert early.case.clocks[0].provisional
    server = FakeServer()
    assert await tell_of_calendar(server.client, office.station) == 1
    assert server.asked == [("calendar_arrived", early.case.id, KNOWN.hash)]


async def test_a_case_that_was_told_and_reckoned_anew_is_told_no_more(office: Office) -> None:
    office.register()
    assert not office.case.clocks[0].provisional
    assert await tell_of_calendar(FakeServer().client, office.station) == 0


async def test_one_that_cannot_be_told_holds_no_other_up(office: Office) -> None:
    early = before_the_notice(office)
    early.register()
    early.register()
    server = FakeServer(answer=rpc_error(RPCStatusCode.NOT_FOUND))
    assert await tell_of_calendar(server.client, office.station) == 0
    assert len(server.asked) == 2


def test_a_calendar_that_says_no_more_is_no_news(office: Office) -> None:
    early = before_the_notice(office)
    early.register()
    with read(office.station.engine) as connection:
        assert provisional_cases(connection, UNTIL_2025.hash) == ()
        assert provisional_cases(connection, KNOWN.hash) == (early.case.id,)


def test_a_stopped_clock_is_no_news(office: Office) -> None:
    early = before_the_notice(office)
    early.register()
    early.does(HandOver("示例区残联", "托养服务"))
    early.does(ApproveClosure(), "supervisor-1")
    with read(office.station.engine) as connection:
        assert provisional_cases(connection, KNOWN.hash) == ()
    assert early.case.closed_at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
