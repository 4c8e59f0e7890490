"""Hazards 1, 13 to 15, 17, 18, 21 and 22 of the rule engine: nothing of one case is left for the next."""

import ctypes
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version

import durable_rules_engine as engine
import pytest

import rules.durable_engine
from cases.determinations import Verdict
from rules.durable_engine import EngineFailed, LoadedProgram
from rules.durable_program import ENGINE, OUTCOME
from tests.rules.engine_programs import by_plain_reading, waited, waiting_program

GRANTED = waited(90, certified=1, grade="二级")
REFUSED = waited(89, certified=0, grade="三级")
EXPECTED = {
    days: by_plain_reading(waiting_program(), waited(days, certified=days % 2, grade="三级")) for days in range(80, 100)
}


def test_the_engine_imports_and_is_the_version_that_was_measured() -> None:
    imported = subprocess.run([sys.executable, "-W", "error", "-c", "import durable_rules_engine"], check=False)
    assert imported.returncode == 0
    assert f"durable-rules {version('durable-rules')}" == ENGINE


def test_loading_starts_no_thread_and_no_host() -> None:
    before = threading.enumerate()
    program = LoadedProgram(waiting_program())
    program.verdicts(GRANTED)
    assert threading.enumerate() == before
    assert "durable.engine" not in sys.modules
    program.close()


def test_the_second_person_gets_nothing_of_the_first() -> None:
    program = LoadedProgram(waiting_program())
    assert program.verdicts(GRANTED)[OUTCOME] is Verdict.YES
    assert program.verdicts(REFUSED) == by_plain_reading(waiting_program(), REFUSED)
    assert program.verdicts({}) == {}
    program.close()


@pytest.mark.parametrize("failing", ["assert_fact", "start_action_for_state", "complete_and_start_action"])
def test_an_error_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    program = LoadedProgram(waiting_program())
    calls = 0
    real: Callable[..., object] = getattr(engine, failing)

    def fail_the_first_time_after_working(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        done = real(*arguments)
        if calls == 1:
            raise engine.error('Could not assert fact, error code: 303 {"identity":"99…"}')
        return done

    monkeypatch.setattr(engine, failing, fail_the_first_time_after_working)
    with pytest.raises(EngineFailed, match="error 303") as failed:
        program.verdicts(GRANTED)
    assert "identity" not in str(failed.value)
    assert failed.value.__suppress_context__
    assert program.verdicts({}) == {}
    assert program.verdicts(REFUSED)[OUTCOME] is Verdict.NO
    program.close()


def test_a_runaway_is_stopped_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    program = LoadedProgram(waiting_program())
    monkeypatch.setattr(rules.durable_engine, "MOST_FIRINGS", 1)
    with pytest.raises(EngineFailed, match="stopped after 1"):
        program.verdicts(GRANTED)
    monkeypatch.undo()
    assert program.verdicts({}) == {}
    program.close()


def test_a_thread_cancelled_in_the_middle_leaves_nothing_behind() -> None:
    """What Temporal does to a cancelled activity: an exception raised in its thread, wherever it stands."""

    class Cancelled(BaseException):
        pass

    program = LoadedProgram(waiting_program())
    cancelled = wrong = 0
    running = threading.Event()

    def decide() -> None:
        nonlocal cancelled, wrong
        try:
            wrong += program.verdicts(GRANTED)[OUTCOME] is not Verdict.YES
            wrong += program.verdicts({}) != {}
        except Cancelled:
            cancelled += 1

    def decide_on_and_on() -> None:
        running.set()
        with suppress(Cancelled):  # the last one may come when nothing is being decided
            for _ in range(1_500):
                decide()

    thread = threading.Thread(target=decide_on_and_on)
    thread.start()
    running.wait()
    while thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Cancelled))
        thread.join(0.003)
        if cancelled > 100:
            break
    thread.join()
    assert wrong == 0
    assert cancelled > 0
    assert program.verdicts(REFUSED)[OUTCOME] is Verdict.NO
    program.close()


def test_a_closed_program_says_so() -> None:
    program = LoadedProgram(waiting_program())
    program.close()
    program.close()
    with pytest.raises(EngineFailed, match="closed"):
        program.verdicts(GRANTED)


def test_more_decisions_than_the_engine_has_states() -> None:
    program = LoadedProgram(waiting_program())
    for turn in range(2_500):
        days = 80 + turn % 20
        assert program.verdicts(waited(days, certified=days % 2, grade="三级")) == EXPECTED[days]
    program.close()


def test_eight_threads_on_one_program() -> None:
    program = LoadedProgram(waiting_program())
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)

    def hammer(thread: int) -> int:
        wrong = 0
        for turn in range(250):
            days = 80 + (thread * 7 + turn) % 20
            wrong += program.verdicts(waited(days, certified=days % 2, grade="三级")) != EXPECTED[days]
        return wrong

    try:
        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(hammer, range(8))) == 0
    finally:
        sys.setswitchinterval(interval)
        program.close()


def resident_growth(work: Callable[[], None], warm_up: Callable[[], None]) -> int:
    """How much the peak of resident memory grew, in kilobytes."""
    warm_up()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def test_a_thousand_programs_loaded_and_closed_leave_memory_flat() -> None:
    def load_and_close(times: int) -> None:
        for _ in range(times):
            program = LoadedProgram(waiting_program())
            program.verdicts(GRANTED)
            program.close()

    assert resident_growth(lambda: load_and_close(1_000), lambda: load_and_close(50)) < 4_000


@pytest.mark.slow
def test_a_hundred_thousand_decisions_leave_memory_flat() -> None:
    program = LoadedProgram(waiting_program())

    def decide(times: int) -> None:
        for _ in range(times):
            program.verdicts(GRANTED)

    assert resident_growth(lambda: decide(100_000), lambda: decide(1_000)) < 4_000
    program.close()


def test_a_count_of_events_is_decided_the_same_after_a_restart() -> None:
    """Events are counted in the database and reach the engine as one number, so nothing is lost with its memory."""
    before = LoadedProgram(waiting_program(3))
    first = before.verdicts(waited(3))
    before.close()
    after = LoadedProgram(waiting_program(3))
    assert after.verdicts(waited(3)) == first
    assert after.verdicts(waited(2))["long-wait"] is Verdict.NO
    after.close()
