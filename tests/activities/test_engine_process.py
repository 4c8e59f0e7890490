"""Whatever happens to the rule engine's process, one decision fails at most, and the next try gives the same answer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import activities.engine_process
from activities.engine_process import EngineCrashed, EngineProcess, EngineRefused, EngineStopped, EngineTimedOut
from cases.determinations import Verdict
from rules.durable_program import OUTCOME, DurableProgram, Field
from tests.rules.engine_programs import by_plain_reading, waited, waiting_program

PROGRAM = waiting_program()
HAZARDS = sorted(str(path) for path in (Path(__file__).parents[1] / "rules").glob("test_durable_hazards_*.py"))

HANG = "import sys, time\nsys.stdin.readline()\ntime.sleep(60)"
CRASH = "import sys, os, signal\nsys.stdin.readline()\nos.kill(os.getpid(), signal.{})"
BABBLE = "import sys\nsys.stdin.readline()\nprint('{{}}', flush=True)\nsys.stdin.readline()"


@pytest.fixture
def engine() -> Iterator[EngineProcess]:
    with EngineProcess(children=1, seconds=5) as process:
        yield process


def child_of(engine: EngineProcess) -> "subprocess.Popen[bytes]":
    process = engine._children[0]._process
    assert process is not None
    return process


def run_instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """The next child runs this script in the engine's place."""

    def spawn() -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(activities.engine_process, "_spawn", spawn)


def test_every_rule_gets_a_verdict_and_unknown_is_one(engine: EngineProcess) -> None:
    assert engine.verdicts(PROGRAM, waited(90, certified=1, grade="三级")) == {
        "long-wait": Verdict.YES,
        "disabled": Verdict.NO,
        OUTCOME: Verdict.YES,
    }
    assert set(engine.verdicts(PROGRAM, {}).values()) == {Verdict.UNKNOWN}


def test_a_child_killed_between_decisions_is_replaced_unnoticed(engine: EngineProcess) -> None:
    first = engine.verdicts(PROGRAM, waited(90))
    child_of(engine).kill()
    child_of(engine).wait()
    assert engine.verdicts(PROGRAM, waited(90)) == first


def test_a_child_killed_in_the_middle_fails_one_decision_and_the_next_try_is_the_same(engine: EngineProcess) -> None:
    before = engine.verdicts(PROGRAM, waited(90))
    child = child_of(engine)
    os.kill(child.pid, signal.SIGSTOP)  # it holds the question and has not answered
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(engine.verdicts, PROGRAM, waited(90))
        time.sleep(0.1)
        assert not asked.done()
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(EngineCrashed, match="SIGKILL in the middle"):
            asked.result()
    assert engine.verdicts(PROGRAM, waited(90)) == before


@pytest.mark.parametrize("how", ["SIGSEGV", "SIGFPE", "SIGABRT", "SIGBUS"])
def test_a_crash_of_the_c_code_is_named(engine: EngineProcess, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    run_instead(monkeypatch, CRASH.format(how))
    with pytest.raises(EngineCrashed, match=how):
        engine.verdicts(PROGRAM, waited(90))
    monkeypatch.undo()
    assert engine.verdicts(PROGRAM, waited(90))[OUTCOME] is Verdict.YES


def test_a_division_by_nought_in_the_real_engine_ends_the_child_and_not_us(
    engine: EngineProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine's own crash, which our compiler never lets a policy reach."""
    script = (
        "import sys, durable_rules_engine as e\nsys.stdin.readline()\n"
        'h = e.create_ruleset("x", \'{"r":{"all":[{"m":{"$gt":{"a":{"$div":{"$l":{"$m":"b"},"$r":{"$m":"c"}}}}}]}}\')\n'
        'e.assert_fact(h, \'{"sid":"0","a":1,"b":1,"c":0}\')'
    )
    run_instead(monkeypatch, script)
    with pytest.raises(EngineCrashed):
        engine.verdicts(PROGRAM, waited(90))
    monkeypatch.undo()
    assert engine.verdicts(PROGRAM, waited(90))[OUTCOME] is Verdict.YES


def test_a_hang_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    run_instead(monkeypatch, HANG)
    with EngineProcess(children=1, seconds=0.2) as engine:
        began = time.monotonic()
        with pytest.raises(EngineTimedOut, match=r"within 0\.2 seconds"):
            engine.verdicts(PROGRAM, waited(90))
        assert time.monotonic() - began < 3
        monkeypatch.undo()
        engine._children[0]._seconds = 5
        assert engine.verdicts(PROGRAM, waited(90))[OUTCOME] is Verdict.YES


def test_the_child_ends_its_own_hang_without_us() -> None:
    """A parent that was killed cannot end a child that hangs inside C: the kernel does."""
    code = (
        "import signal, activities.engine_child as c\n"
        "signal.signal(signal.SIGALRM, signal.SIG_DFL)\n"
        "c._answer = lambda *_: [None for _ in iter(int, 1)]\n"
        "c.answer(c.Programs(), {'seconds': 0.1})"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=20)
    assert ended.returncode == -signal.SIGALRM


def test_an_answer_that_is_none_is_an_error(engine: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    run_instead(monkeypatch, BABBLE.format())
    with pytest.raises(EngineStopped):
        engine.verdicts(PROGRAM, waited(90))


def test_what_is_outside_the_subset_is_refused_and_the_child_lives(engine: EngineProcess) -> None:
    engine.verdicts(PROGRAM, {})
    child = child_of(engine)
    with pytest.raises(EngineRefused, match="no rule"):
        engine.verdicts(DurableProgram((Field("a"),), ()), {})
    with pytest.raises(EngineRefused, match="'grade'") as refused:
        engine.verdicts(PROGRAM, {"grade": "张三"})
    assert "张三" not in str(refused.value)
    assert child_of(engine) is child


def test_many_programs_take_turns_in_one_child(engine: EngineProcess) -> None:
    """More than the child keeps: those used longest ago are closed, and come back when they are asked again."""
    programs = [waiting_program(limit) for limit in range(70)]
    for turn in (*range(70), *range(70)):
        assert engine.verdicts(programs[turn], waited(turn))["long-wait"] is Verdict.YES
        assert engine.verdicts(programs[turn], waited(turn - 1))["long-wait"] is Verdict.NO


def test_eight_threads_share_two_children() -> None:
    def decide(turn: int) -> bool:
        fields = waited(80 + turn % 20, certified=turn % 2, grade="二级")
        expected = by_plain_reading(PROGRAM, fields)
        return {k: v for k, v in process.verdicts(PROGRAM, fields).items() if v is not Verdict.UNKNOWN} == expected

    with EngineProcess(children=2) as process, ThreadPoolExecutor(8) as threads:
        assert all(threads.map(decide, range(400)))


def test_a_child_that_a_cancelled_thread_took_along_is_replaced() -> None:
    with EngineProcess(children=1, patience=0.05) as process:
        process._take()  # and never put back
        assert process.verdicts(PROGRAM, waited(90))[OUTCOME] is Verdict.YES
        assert process.verdicts(PROGRAM, waited(90))[OUTCOME] is Verdict.YES
        assert len(process._children) == 2


def test_a_decision_takes_less_than_a_millisecond_beyond_the_engine(engine: EngineProcess) -> None:
    engine.verdicts(PROGRAM, waited(90))
    best = min(_seconds(engine) for _ in range(300))
    assert best < 0.001


def _seconds(engine: EngineProcess) -> float:
    began = time.perf_counter()
    engine.verdicts(PROGRAM, waited(90))
    return time.perf_counter() - began


def test_the_child_inherits_no_secrets(engine: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://canary")
    engine.verdicts(PROGRAM, {})
    environment = Path(f"/proc/{child_of(engine).pid}/environ").read_text(encoding="utf-8")
    assert "canary" not in environment
    assert "MALLOC_TRIM_THRESHOLD_" in environment


def test_nobody_is_left_running_after_close() -> None:
    process = EngineProcess(children=1)
    process.verdicts(PROGRAM, {})
    child = child_of(process)
    process.close()
    assert child.poll() is not None


def test_the_hazards_hold_with_poisoned_memory() -> None:
    """Freed and fresh memory is filled with rubbish, so that a read of either shows (hazard 16)."""
    poisoned = {**os.environ, "MALLOC_PERTURB_": "165"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", *HAZARDS]
    ended = subprocess.run(command, env=poisoned, check=False, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert " passed" in ended.stdout
