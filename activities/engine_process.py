"""The rule engine in child processes: when its C code crashes or hangs, one decision fails and the worker lives on."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from queue import Empty, LifoQueue
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

from cases.determinations import Verdict
from rules.durable_program import DurableProgram

# The engine takes and gives back large blocks for every case; without these each one goes to the kernel.
MALLOC = {
    "MALLOC_TRIM_THRESHOLD_": "268435456",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "4194304",
}
# Nothing else of the worker's environment: keys and addresses are no business of the engine.
INHERITED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "MALLOC_PERTURB_")
VERDICTS = {verdict.value: verdict for verdict in Verdict}
GRACE = 0.5  # seconds between the child's own limit and ours


Fields: TypeAlias = Mapping[str, int | str]


class EngineUnavailable(RuntimeError):
    """One decision failed because of the engine. Trying again gives the same decision, or the same refusal."""


class EngineCrashed(EngineUnavailable):
    """The engine's process ended in the middle of a decision."""


class EngineTimedOut(EngineUnavailable):
    """The engine took longer than a decision may."""


class EngineStopped(EngineUnavailable):
    """The engine reported an error of its own."""


class EngineRefused(ValueError):
    """The engine was asked something outside the safe subset; trying again would be refused again."""


Answer: TypeAlias = Mapping[str, Verdict] | EngineUnavailable | EngineRefused
MOST_AT_ONCE = 256  # cases in one message


class EngineProcess:
    """A few children, each used by one thread at a time; a thread waits for the next one that is free."""

    def __init__(self, children: int = 2, seconds: float = 5.0, patience: float = 30.0) -> None:
        self._seconds = seconds
        self._patience = patience  # seconds to wait for a child before another one is started
        self._children = [_Child(seconds) for _ in range(children)]
        self._free: LifoQueue[_Child] = LifoQueue()
        for child in self._children:
            self._free.put(child)

    def verdicts(self, program: DurableProgram, fields: Fields) -> dict[str, Verdict]:
        """The engine's verdict on everything the program judges."""
        child = self._take()
        try:
            announced = child.decide(program, fields)
        finally:
            self._free.put(child)
        return _complete(program, announced)

    def verdicts_of_many(self, program: DurableProgram, cases: Sequence[Fields]) -> list[Answer]:
        """An answer for each case; of those on which the engine fails the error, and the others are not harmed."""
        answers: list[Answer] = []
        child = self._take()
        try:
            while len(answers) < len(cases):
                some = cases[len(answers) : len(answers) + MOST_AT_ONCE]
                answers += [_answer(program, result) for result in child.decide_many(program, some)]
        finally:
            self._free.put(child)
        return answers

    @property
    def processes(self) -> list[int]:
        """Of the children that run, for those who measure them."""
        return [pid for child in self._children if (pid := child.pid) is not None]

    def _take(self) -> "_Child":
        try:
            return self._free.get(timeout=self._patience)
        except Empty:
            # A thread that was cancelled just after it took a child has taken it along for ever.
            child = _Child(self._seconds)
            self._children.append(child)
            return child

    def close(self) -> None:
        for child in self._children:
            child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Child:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._received = b""

    def decide(self, program: DurableProgram, fields: Fields) -> Mapping[str, str]:
        request: dict[str, object] = {"digest": program.digest, "seconds": self._seconds, "fields": dict(fields)}
        return _verdicts_in(self._ask_about(program, request))

    def decide_many(self, program: DurableProgram, cases: Sequence[Fields]) -> "list[Announced]":
        """Answers for the first of these cases, and at least for one."""
        request: dict[str, object] = {"digest": program.digest, "seconds": self._seconds, "cases": list(cases)}
        try:
            answer = self._ask_about(program, request)
        except EngineUnavailable:
            # Nobody knows on which of them it ended, so each is asked about by itself, with a limit of its own.
            return [self._alone(program, case) for case in cases]
        if "refused" in answer:  # the program, not one of the cases
            raise EngineRefused(str(answer["refused"]))
        results = answer.get("results")
        if not isinstance(results, list) or not 0 < len(results) <= len(cases):
            raise EngineStopped(str(answer.get("failed", "The engine gave no results.")))
        return [_result(each) for each in results]

    def _alone(self, program: DurableProgram, case: Fields) -> "Announced":
        try:
            return self.decide(program, case)
        except (EngineUnavailable, EngineRefused) as error:
            return error

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()  # it keeps nothing, so there is nothing to say goodbye to
        process.communicate()

    def _ask_about(self, program: DurableProgram, request: Mapping[str, object]) -> Mapping[str, object]:
        answer = self._ask(request)
        return self._ask({**request, "program": program.encoded}) if "unknown_program" in answer else answer

    def _ask(self, request: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return self._exchange(json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        except BaseException:
            # Also when our own thread is cancelled: an answer that nobody read must not meet the next question.
            self.stop()
            raise

    def _exchange(self, line: bytes) -> Mapping[str, object]:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise EngineCrashed("The engine's process has no pipes.")
        try:
            process.stdin.write(line)
            process.stdin.flush()
            return self._answer(process, process.stdout.fileno())
        except (BrokenPipeError, EOFError):
            raise _ended(process.wait(), self._seconds) from None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.stop()  # it died between two decisions, which harms neither
        if self._process is None:
            self._process = _spawn()
            self._received = b""
        return self._process

    def _answer(self, process: "subprocess.Popen[bytes]", pipe: int) -> Mapping[str, object]:
        until = monotonic() + self._seconds + GRACE
        readable = select.poll()  # not select(), which fails for descriptors from 1,024 on
        readable.register(pipe, select.POLLIN | select.POLLHUP)
        while not self._received.endswith(b"\n"):
            if not readable.poll(max(0.0, until - monotonic()) * 1000):
                raise EngineTimedOut(f"The rule engine did not answer within {self._seconds} seconds.")
            piece = os.read(pipe, 65_536)
            if not piece:
                raise EOFError
            self._received += piece
        line, self._received = self._received, b""
        answer: Mapping[str, object] = json.loads(line)
        return answer


Announced: TypeAlias = Mapping[str, str] | EngineUnavailable | EngineRefused


def _verdicts_in(answer: Mapping[str, object]) -> Mapping[str, str]:
    if "refused" in answer:
        raise EngineRefused(str(answer["refused"]))
    if not isinstance(verdicts := answer.get("verdicts"), dict):
        raise EngineStopped(str(answer.get("failed", "The engine gave no verdicts.")))
    return verdicts


def _result(answer: object) -> Announced:
    try:
        return _verdicts_in(answer if isinstance(answer, dict) else {})
    except (EngineUnavailable, EngineRefused) as error:
        return error


def _answer(program: DurableProgram, announced: Announced) -> Answer:
    return announced if isinstance(announced, Exception) else _complete(program, announced)


def _complete(program: DurableProgram, announced: Mapping[str, str]) -> dict[str, Verdict]:
    """A rule about which nothing was announced is unknown."""
    try:
        return {rule: VERDICTS[announced.get(rule, "unknown")] for rule in program.judged}
    except KeyError:
        raise EngineStopped("The engine gave a verdict that is none.") from None


def _spawn() -> "subprocess.Popen[bytes]":
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "activities.engine_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a crash prints may hold a case
        env={**inherited, **MALLOC, "PYTHONUTF8": "1"},
    )


def _ended(code: int, seconds: float) -> EngineUnavailable:
    if code == -signal.SIGALRM:
        return EngineTimedOut(f"The rule engine did not answer within {seconds} seconds.")
    how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    return EngineCrashed(f"The rule engine's process ended {how} in the middle of a decision.")
