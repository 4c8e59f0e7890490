"""The press as a child process: a paper that crashes or hangs it harms no other paper, and never the worker."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final

from activities.framing import LENGTH, Torn, send
from activities.printing.faults import BY_NAME, TooLarge
from activities.printing.printed import Box, Printed

FONTS: Final = Path(__file__).parents[1] / "templates" / "docs" / "fonts" / "fonts.conf"
# Nothing else of the worker's environment: keys and addresses are no business of the press.
INHERITED: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")
START_SECONDS: Final = 120.0
MOST_PAPERS: Final = 500  # then a fresh process, whatever a library may have leaked


class PressUnavailable(RuntimeError):
    """A paper was not printed because of the press, not of the paper. Trying again may help."""


class PressNotReady(PressUnavailable):
    """The press does not start: a library or a font is missing. The message says which."""


class PressCrashed(PressUnavailable):
    """The press's process ended in the middle of a paper."""


class PressTimedOut(PressUnavailable):
    """The press took longer than a paper may, by the clock on the wall."""


class PressClosed(PressUnavailable):
    """The worker is stopping; the paper is for the next one."""


class PaperFailed(RuntimeError):
    """The press met an error that is no fault it knows; trying again would meet it again."""


class RenderProcess:
    """One child, for one thread at a time. It starts when it is first needed, and again after a crash."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._printed = 0
        self._closed = False

    def spawn(self) -> None:
        """Begin to start, without waiting for it."""
        if self._closed:
            raise PressClosed("The press is closed.")
        if self._process is None:
            self._process, self._ready, self._printed = _spawn(), False, 0

    def make_ready(self) -> None:
        """Start unless it runs, and wait until it has checked itself."""
        if self._process is not None and (self._process.poll() is not None or self._printed >= MOST_PAPERS):
            self.stop()  # it died between two papers, which harms neither, or it served its time
        self.spawn()
        if self._ready:
            return
        try:
            answer = self._answer(monotonic() + START_SECONDS)
        except PressUnavailable as error:
            self.stop()
            raise PressNotReady(f"The press does not start. {error}") from None
        if "ready" not in answer:
            self.stop()
            raise PressNotReady(f"The press refuses to start. {answer.get('not_ready', '')}")
        self._ready = True

    def print_paper(self, facts: str) -> Printed:
        try:
            answer, pdf = self._ask(facts)
        except BaseException:
            # Also when our own thread is cancelled: an answer that nobody read must not meet the next paper.
            self.stop()
            raise
        if "printed" in answer:
            return _printed(answer["printed"], pdf)
        if (fault := BY_NAME.get(str(answer.get("fault")))) is not None:
            raise fault(answer["message"])
        raise PaperFailed(f"The press failed with {answer.get('failed')}.")

    def close(self) -> None:
        """End it for good. A thread that waits for a paper sees the end, and clears away after it."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()  # it keeps nothing, so there is nothing to say goodbye to
            process.communicate()

    def _ask(self, facts: str) -> tuple[Mapping[str, Any], bytes]:
        self.make_ready()
        process = self._running()
        try:
            send(_pipe(process.stdin), facts.encode())
        except BrokenPipeError:
            raise _ended(process) from None
        until = monotonic() + self._seconds
        answer = self._answer(until)
        self._printed += 1
        return answer, self._receive(until) if "printed" in answer else b""

    def _answer(self, until: float) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = json.loads(self._receive(until))
        return answer

    def _receive(self, until: float) -> bytes:
        process = self._running()
        pipe = _pipe(process.stdout).fileno()
        try:
            length = int.from_bytes(_within(pipe, LENGTH, until), "big")
            return _within(pipe, length, until)
        except Torn:
            raise _ended(process) from None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise PressCrashed("The press is not running.")
        return self._process


def _spawn() -> "subprocess.Popen[bytes]":
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "activities.printing.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a crash prints may hold a paper
        # Fontconfig reads this once, when the layout library is imported.
        env={**inherited, "FONTCONFIG_FILE": str(FONTS), "PYTHONUTF8": "1"},
    )


def _within(pipe: int, count: int, until: float) -> bytes:
    """Exactly so many bytes, or an exception at the latest at `until`."""
    readable = select.poll()  # not select(), which fails for descriptors from 1,024 on
    readable.register(pipe, select.POLLIN | select.POLLHUP)
    pieces, missing = [], count
    while missing:
        if not readable.poll(max(0.0, until - monotonic()) * 1000):
            raise PressTimedOut("The press did not answer in time.")
        piece = os.read(pipe, min(missing, 1 << 20))
        if not piece:
            raise Torn("The press ended.")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _printed(answer: Mapping[str, Any], pdf: bytes) -> Printed:
    boxes = tuple(Box(**box) for box in answer["boxes"])
    return Printed(**{**answer, "pdf": pdf, "boxes": boxes})


def _ended(process: "subprocess.Popen[bytes]") -> Exception:
    code = process.wait()
    if code == -signal.SIGXCPU:
        return TooLarge("The paper took more processor time than a paper may.")
    how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    return PressCrashed(f"Its process ended {how}.")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise PressCrashed("The press has no pipes.")
    return pipe
