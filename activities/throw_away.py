"""A program that is run once, within limits, and thrown away: what it said, line by line, and how it ended."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cases.wording import Wording

MEMORY_BYTES: Final = 2 << 30  # address space, of which the engines reserve much and use little
# Nothing else of our environment: keys and addresses are no business of a policy's examples.
INHERITED: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
GRACE: Final = 5  # seconds between our own limit and the kernel's, which holds where we are gone
MOST_OUTPUT: Final = 16 << 20


class Ending(StrEnum):
    DONE = "done"
    TOO_LONG = "too-long"
    TOO_LARGE = "too-large"
    CRASHED = "crashed"

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS: Final = {
    Ending.DONE: Wording("运行完毕", "ran to its end"),
    Ending.TOO_LONG: Wording("超过时限，已终止", "took longer than allowed, and was ended"),
    Ending.TOO_LARGE: Wording("占用内存过多，已终止", "took more memory than allowed, and was ended"),
    Ending.CRASHED: Wording("运行中崩溃", "ended in the middle"),
}


@dataclass(frozen=True)
class Run:
    lines: tuple[Mapping[str, Any], ...]
    ending: Ending


def run_once(module: str, request: Mapping[str, Any], seconds: int, memory: int = MEMORY_BYTES) -> Run:
    """Give the module a request as one line of JSON; it answers in lines of JSON."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "activities.limited", str(seconds + GRACE), str(memory), module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**inherited, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
        start_new_session=True,  # so that what it started ends with it
    )
    try:
        output, _ = process.communicate(json.dumps(request, ensure_ascii=False).encode(), timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return Run(_lines(process.communicate()[0]), Ending.TOO_LONG)
    finally:
        _end(process)
    return Run(_lines(output), _ending(process.returncode))


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _lines(output: bytes) -> tuple[Mapping[str, Any], ...]:
    """A line that was not finished when it ended says nothing."""
    whole = output[:MOST_OUTPUT].decode("utf-8", "replace").split("\n")[:-1]
    return tuple(json.loads(line) for line in whole if line)


OUT_OF_MEMORY: Final = 70  # the exit code of a module that was refused memory


def _ending(code: int) -> Ending:
    if code == 0:
        return Ending.DONE
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return Ending.TOO_LONG
    return Ending.TOO_LARGE if code == OUT_OF_MEMORY else Ending.CRASHED
