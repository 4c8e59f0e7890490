"""One step, one transaction, one effect, however often it is tried and wherever it dies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from activities.records import Records
from cases.commands import Receipt, command
from cases.facts import SourceKind
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination, RecordFact
from cases.hardship.moving import Assign
from cases.hardship.needing import OpenNeed
from cases.hardship.placing import RecordPlacement
from cases.hardship.referring import RecordReferral
from cases.hardship.stages import Stage
from cases.steps import Step, StepDone
from store.cases import load_case
from store.engine import read
from tests.activities.both import Crashed, both, crash_at, crash_at_commit, everything
from tests.activities.office import Office
from tests.builders import some_work

__all__ = ["both"]


def records(office: Office) -> Records:
    return Records(office.station.engine, office.station.keyring, office.station.policies)


def a_step(office: Office, act: Act, actor: str = "caseworker-1", key: str = "") -> Step:
    key = key or uuid4().hex
    return Step(office.case, f"{office.case.id}/act/{key}", command(key, act, actor), office.now)


def receipt(done: StepDone) -> Receipt:
    assert done.receipt, done.refusals
    return done.receipt


def codes(done: StepDone) -> list[str]:
    assert done.receipt is None
    return [reason.code for reason in done.refusals]


def test_a_step_is_in_the_record_once_its_receipt_is_given(both: Office) -> None:
    both.register()
    done = records(both).commit_step(a_step(both, Assign("caseworker-1"), "supervisor-1"))
    assert codes(done) == ["theirs-already"]
    done = records(both).commit_step(a_step(both, OpenNeed("孩子无人看管")))
    assert receipt(done).revision == both.case.revision + 1
    with read(both.station.engine) as connection:
        assert load_case(connection, both.case.id) == done.case


def test_the_same_step_again_has_the_same_receipt_and_no_second_effect(both: Office) -> None:
    both.register()
    step = a_step(both, OpenNeed("孩子无人看管"))
    first = records(both).commit_step(step)
    written = everything(both.station.engine)
    again = records(both).commit_step(replace(step, at=step.at + timedelta(days=1)))
    assert (receipt(again), again.case) == (receipt(first), first.case)
    assert everything(both.station.engine) == written


def test_a_key_stands_for_one_act_of_one_person(both: Office) -> None:
    both.register()
    step = a_step(both, OpenNeed("孩子无人看管"), key="k")
    records(both).commit_step(step)
    written = everything(both.station.engine)
    for other in (
        command("k", OpenNeed("另一项"), "caseworker-1"),
        command("k", Assign("caseworker-3"), "caseworker-1"),
        command("k", OpenNeed("孩子无人看管"), "guide-1"),
    ):
        assert codes(records(both).commit_step(replace(step, command=other))) == ["key-taken"]
    assert everything(both.station.engine) == written


def test_a_refused_step_leaves_no_trace_and_its_key_free(office: Office) -> None:
    office.register()
    written = everything(office.station.engine)
    refused = a_step(office, RecordReferral("vacancy-1", office.today), key="k")
    assert codes(records(office).commit_step(refused)) == ["wrong-stage"]
    assert everything(office.station.engine) == written
    receipt(records(office).commit_step(a_step(office, OpenNeed("孩子无人看管"), key="k")))


def test_a_step_seeded_with_an_older_case_is_judged_on_the_record(both: Office) -> None:
    both.register()
    old = a_step(both, OpenNeed("第二项"))
    both.does(OpenNeed("第一项"))
    done = records(both).commit_step(old)
    assert receipt(done).revision == both.case.revision + 1
    assert [need.id for need in done.case_as(HardshipCase).needs] == ["need-1", "need-2"]


def test_a_refusal_on_an_older_case_is_judged_again_on_the_record(office: Office) -> None:
    office.register()
    early = a_step(office, RecordReferral("vacancy-1", office.today))
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    done = records(office).commit_step(early)
    assert receipt(done).stage is Stage.HELP


def test_an_act_on_an_old_view_is_refused(office: Office) -> None:
    office.register()
    seen = office.case.revision
    office.does(OpenNeed("第一项"))
    step = a_step(office, OpenNeed("第二项"))
    stale = replace(step, command=replace(step.command, expected_revision=seen))
    assert codes(records(office).commit_step(stale)) == ["changed-meanwhile"]
    fresh = replace(step, command=replace(step.command, expected_revision=office.case.revision))
    receipt(records(office).commit_step(fresh))


def in_help(office: Office) -> Office:
    office.recognised()
    return office


ACTS: dict[str, tuple[Callable[[Office], object], Callable[[Office], Act], str]] = {
    "a decision": (Office.register, lambda _: AdoptDetermination(f"{HARDSHIP}-1"), "officer-1"),
    "a fact": (
        Office.register,
        lambda o: RecordFact(
            name="disabled", value=True, source=SourceKind.RECORD, established_on=o.today, detail="联网核验"
        ),
        "caseworker-1",
    ),
    "a placement": (in_help, lambda o: RecordPlacement("employer-1", o.today, some_work()), "caseworker-1"),
}


@pytest.mark.parametrize("what", ACTS)
def test_wherever_a_step_dies_nothing_is_written_and_the_next_try_succeeds(both: Office, what: str) -> None:
    before, act, actor = ACTS[what]
    before(both)
    engine, step = both.station.engine, a_step(both, act(both), actor)
    empty = everything(engine)
    with crash_at_commit(engine), crash_at(engine, 0) as all_of_them, pytest.raises(Crashed):
        records(both).commit_step(step)
    assert len(all_of_them) > 8
    for number in range(1, len(all_of_them) + 1):
        with crash_at(engine, number), pytest.raises(Crashed):
            records(both).commit_step(step)
    assert everything(engine) == empty
    done = records(both).commit_step(step)
    written = everything(engine)
    assert written != empty
    assert records(both).commit_step(step) == done
    assert everything(engine) == written
