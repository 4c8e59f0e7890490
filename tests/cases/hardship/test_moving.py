"""Assignment, transfer, appointments, pauses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.clocks_due import next_alarm
from cases.hardship.engine import RingAlarm
from cases.hardship.leaving import ApproveClosure
from cases.hardship.moving import (
    AcceptTransfer,
    Assign,
    DeclineTransfer,
    KeepAppointment,
    MakeAppointment,
    Pause,
    ProposeTransfer,
    Resume,
)
from cases.hardship.serving import RecordGuidance
from cases.hardship.stages import Stage
from cases.roles import Role
from tests.builders import Counter
from tests.cases.hardship.lives import in_help, told_to_leave, up_for_closure

HOUR = timedelta(hours=1)


def proposed() -> Counter:
    counter = in_help()
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    return counter


def test_a_case_is_assigned_to_a_caseworker_of_its_station() -> None:
    counter = in_help()
    for nobody in ("guide-1", "caseworker-9", "nobody"):
        assert counter.refused(Assign(nobody)) == ["not-a-caseworker"]
    assert counter.refused(Assign("caseworker-1")) == ["theirs-already"]
    counter.does(Assign("caseworker-2"), "manager-1")
    assert counter.case.caseworker == "caseworker-2"


def test_a_case_up_for_closure_is_still_assigned() -> None:
    counter = up_for_closure()
    counter.does(Assign("caseworker-2"), "supervisor-1")


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        (ProposeTransfer("station-2", " "), ["blank"]),
        (ProposeTransfer("station-1", "理由"), ["same-station"]),
        (ProposeTransfer("elsewhere", "理由"), ["unknown"]),
    ],
    ids=["without a reason", "to where it is", "to a station that is none"],
)
def test_a_transfer_is_refused(act: ProposeTransfer, codes: list[str]) -> None:
    assert in_help().refused(act) == codes


def test_a_proposed_transfer_moves_nothing_yet() -> None:
    counter = proposed()
    assert (counter.case.station_id, counter.case.caseworker) == ("station-1", "caseworker-1")
    counter.does(RecordGuidance(counter.today, "谈话", "guide-1"))
    assert counter.refused(ProposeTransfer("station-2", "理由")) == ["transfer-pending"]


def test_a_transfer_is_for_the_receiving_station_to_accept() -> None:
    counter = proposed()
    for sender in ("caseworker-1", "supervisor-1"):
        assert counter.refused(AcceptTransfer("caseworker-9"), sender) == ["not-your-role"]
        assert counter.refused(DeclineTransfer("人手不足"), sender) == ["not-your-role"]
    assert counter.refused(AcceptTransfer("caseworker-1"), "supervisor-9") == ["not-a-caseworker"]
    counter.does(AcceptTransfer("caseworker-9"), "supervisor-9")
    case = counter.case
    assert (case.station_id, case.caseworker, case.transfer) == ("station-2", "caseworker-9", None)


def test_what_was_running_goes_on_at_the_new_station() -> None:
    counter = proposed()
    before = counter.case
    counter.does(AcceptTransfer("caseworker-9"), "caseworker-9")
    after = counter.case
    assert (after.clocks, after.stage, after.jurisdiction, after.plan_hash, after.applied_on) == (
        before.clocks,
        before.stage,
        before.jurisdiction,
        before.plan_hash,
        before.applied_on,
    )
    assert counter.refused(RecordGuidance(counter.today, "谈话", "guide-1")) == ["not-your-role", "not-a-guide"]
    counter.record.staff["caseworker-9"] |= {Role.GUIDE}
    counter.does(RecordGuidance(counter.today, "谈话", "caseworker-9"), "caseworker-9")


def test_appointments_to_come_follow_and_those_past_stay() -> None:
    counter = in_help()
    for hours in (1, 30, 31):
        counter.does(MakeAppointment(counter.now + hours * HOUR, "caseworker-1", "面谈"))
    counter.later(1)
    counter.does(KeepAppointment("appointment-1", kept=True))
    counter.does(KeepAppointment("appointment-2", kept=False))
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    counter.does(AcceptTransfer("caseworker-9"), "caseworker-9")
    assert [a.with_staff for a in counter.case.appointments] == ["caseworker-1", "caseworker-1", "caseworker-9"]


def test_an_appointment_at_this_very_moment_stays() -> None:
    counter = in_help()
    counter.does(MakeAppointment(counter.now + timedelta(days=1), "caseworker-1", "面谈"))
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    counter.later(1)
    counter.does(AcceptTransfer("caseworker-9"), "caseworker-9")
    assert counter.case.appointments[0].with_staff == "caseworker-1"


def test_a_transfer_declined_leaves_the_case_where_it_is() -> None:
    counter = proposed()
    assert counter.refused(DeclineTransfer(" "), "caseworker-9") == ["blank"]
    counter.does(DeclineTransfer("人手不足"), "caseworker-9")
    assert (counter.case.station_id, counter.case.transfer) == ("station-1", None)


def test_without_a_transfer_there_is_nothing_to_accept() -> None:
    counter = in_help()
    assert counter.refused(AcceptTransfer("caseworker-2")) == ["no-transfer"]
    assert counter.refused(DeclineTransfer("理由")) == ["no-transfer"]


def test_a_closure_ends_a_transfer_that_nobody_accepted() -> None:
    counter = up_for_closure()
    counter.case = replace(counter.case, transfer=proposed().case.transfer)
    counter.does(ApproveClosure(), "supervisor-1")
    assert counter.case.transfer is None


def test_an_appointment_lies_ahead_with_staff_of_the_station() -> None:
    counter = in_help()
    make = MakeAppointment(counter.now, "caseworker-1", "面谈")
    assert counter.refused(make) == ["past"]
    soon = replace(make, at=counter.now + timedelta(seconds=1))
    assert counter.refused(replace(soon, with_staff="caseworker-9")) == ["not-staff"]
    assert counter.refused(replace(soon, purpose=" ")) == ["blank"]
    assert counter.refused(replace(soon, at=datetime(2026, 4, 1, 9, 0))) == ["no-zone"]  # noqa: DTZ001  # the point
    counter.does(replace(soon, with_staff="guide-1"))
    assert counter.case.appointments[0].at == soon.at


def test_an_appointment_is_kept_once_its_time_has_come() -> None:
    counter = in_help()
    counter.does(MakeAppointment(counter.now + timedelta(days=1), "caseworker-1", "面谈"))
    assert counter.refused(KeepAppointment("appointment-1", kept=True)) == ["not-yet"]
    counter.later(1)
    counter.does(KeepAppointment("appointment-1", kept=True))
    assert counter.refused(KeepAppointment("appointment-1", kept=False)) == ["recorded"]
    assert counter.refused(KeepAppointment("appointment-2", kept=True)) == ["unknown"]


def test_an_appointment_may_be_called_off_beforehand() -> None:
    counter = in_help()
    counter.does(MakeAppointment(counter.now + timedelta(days=1), "caseworker-1", "面谈"))
    counter.does(KeepAppointment("appointment-1", kept=False))


def test_a_pause_stops_every_clock_and_a_resumption_moves_every_due_instant() -> None:
    counter = in_help()
    due = {clock.id: clock.due_at for clock in counter.case.clocks if clock.running}
    counter.does(Pause("ill"))
    assert counter.case.paused
    assert next_alarm(counter.case) is None
    assert all(clock.due_at is None for clock in counter.case.clocks if clock.running)
    counter.later(14)
    counter.does(Resume("已出院"))
    assert not counter.case.paused
    moved = {c.id: c.due_at - was for c in counter.case.clocks if c.due_at and (was := due.get(c.id))}
    assert moved.keys() == due.keys()
    assert all(timedelta(days=12) <= by <= timedelta(days=16) for by in moved.values()), moved


def test_no_alarm_rings_while_the_case_is_paused() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    counter.later(200)
    assert counter.refused(RingAlarm("term", 50), Role.ENGINE) == ["not-due"]


def test_a_stopped_clock_is_not_resumed() -> None:
    counter = in_help()
    stopped = [clock for clock in counter.case.clocks if not clock.running]
    assert [clock.id for clock in stopped] == ["determination"]
    counter.does(Pause("ill"))
    counter.later(1)
    counter.does(Resume("已出院"))
    assert [clock for clock in counter.case.clocks if not clock.running] == stopped


def test_coming_back_does_not_make_the_case_younger() -> None:
    counter = in_help()
    opened_at, began = counter.case.opened_at, counter.case.help_began_at
    counter.does(Pause("ill"))
    counter.later(30)
    counter.does(Resume("已出院"))
    assert (counter.case.opened_at, counter.case.help_began_at) == (opened_at, began)
    assert [(span.from_at, span.until_at) for span in counter.case.pauses] == [(began, counter.now)]


def test_a_second_pause_adds_to_the_first() -> None:
    counter = in_help()
    for _ in range(2):
        counter.later(1)
        counter.does(Pause("ill"))
        counter.later(7)
        counter.does(Resume("已出院"))
    [term] = [clock for clock in counter.case.clocks if clock.id == "term"]
    assert len(term.pauses) == len(counter.case.pauses) == 2
    assert all(span.until_at for span in (*term.pauses, *counter.case.pauses))


def test_a_pause_has_a_listed_reason_and_a_resumption_some_reason() -> None:
    counter = in_help()
    assert counter.refused(Pause("bored")) == ["not-listed"]
    assert counter.refused(Resume("理由")) == ["not-paused"]
    counter.does(Pause("ill"))
    assert counter.refused(Resume(" ")) == ["blank"]
    assert counter.refused(Pause("ill")) == ["paused"]


@pytest.mark.parametrize("later_stage", [told_to_leave, up_for_closure])
def test_a_case_on_its_way_out_is_not_paused(later_stage: Callable[[], Counter]) -> None:
    counter = later_stage()
    assert counter.refused(Pause("ill")) == ["wrong-stage"]
    assert counter.case.stage in (Stage.EXIT_NOTICE, Stage.CLOSING)
