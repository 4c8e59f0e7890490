"""Many cases in one message: what happens to one of them never changes, or takes away, what is said of another."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

import activities.engine_process
from activities.engine_process import (
    MOST_AT_ONCE,
    Answer,
    EngineCrashed,
    EngineProcess,
    EngineRefused,
    EngineStopped,
    EngineTimedOut,
)
from cases.determinations import Verdict
from rules.durable_program import DurableProgram, Field
from tests.rules.engine_programs import waited, waiting_program

PROGRAM = waiting_program()
CRASHES, HANGS, FAILS, REFUSED = 1013, 1014, 1015, 2**60
# The real child, whose engine fails on three cases as an engine can.
CHILD = f"""
import os, signal, sys, time
import activities.engine_child as child
from rules.durable_engine import EngineFailed, LoadedProgram
right = LoadedProgram.verdicts
def verdicts(self, fields):
    waited = fields.get("waited_lo")
    if waited == {CRASHES}:
        os.kill(os.getpid(), signal.SIGSEGV)
    if waited == {HANGS}:
        time.sleep(60)
    if waited == {FAILS}:
        raise EngineFailed("The engine failed with error 303.")
    return right(self, fields)
LoadedProgram.verdicts = verdicts
signal.signal(signal.SIGALRM, signal.SIG_DFL)
child.serve(sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineProcess]:
    def spawn() -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(activities.engine_process, "_spawn", spawn)
    with EngineProcess(children=1, seconds=0.5) as process:
        yield process


def long_wait(answer: Answer) -> Verdict:
    assert not isinstance(answer, Exception)
    return answer["long-wait"]


def test_each_case_is_answered_as_it_would_be_alone_in_order_and_however_many_they_are(engine: EngineProcess) -> None:
    days = [number % 181 for number in range(2 * MOST_AT_ONCE + 3)]
    cases = [waited(each) for each in days]
    answers = engine.verdicts_of_many(PROGRAM, cases)
    assert len(answers) == len(cases)
    assert [long_wait(each) is Verdict.YES for each in answers] == [each >= 90 for each in days]
    assert answers[:5] == [engine.verdicts(PROGRAM, case) for case in cases[:5]]
    assert engine.verdicts_of_many(PROGRAM, []) == []


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        pytest.param(CRASHES, EngineCrashed, id="one crashes the engine"),
        pytest.param(HANGS, EngineTimedOut, id="one never ends"),
        pytest.param(FAILS, EngineStopped, id="the engine reports an error on one"),
        pytest.param(REFUSED, EngineRefused, id="one is outside the safe subset"),
    ],
)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_one_case_that_fails_is_named_and_the_others_are_decided(
    engine: EngineProcess, days: int, kind: type[Exception], place: int
) -> None:
    cases = [waited(89), waited(90), waited(91), waited(0)]
    cases.insert(place, waited(days))
    answers = engine.verdicts_of_many(PROGRAM, cases)
    assert isinstance(answers.pop(place), kind)
    assert list(map(long_wait, answers)) == [Verdict.NO, Verdict.YES, Verdict.YES, Verdict.NO]
    assert long_wait(engine.verdicts(PROGRAM, waited(90))) is Verdict.YES


def test_a_program_that_is_refused_is_refused_for_all(engine: EngineProcess) -> None:
    unsafe = DurableProgram((*PROGRAM.fields, Field("id")), PROGRAM.rules)
    with pytest.raises(EngineRefused, match="'id' cannot be the name"):
        engine.verdicts_of_many(unsafe, [waited(90), waited(91)])
