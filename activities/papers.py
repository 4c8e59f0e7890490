"""The press (文书打印): a paper in, a PDF out that is the same to the byte wherever and whenever it is printed."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self

from activities import paper_facts
from activities.printing.printed import Box, Printed
from activities.render_process import PressCrashed, RenderProcess
from cases.papers import Paper, PaperKind, check

WALL_SECONDS = 60.0


@dataclass(frozen=True)
class RenderedPaper:
    """What was printed, and everything its bytes depend on: keep these beside the file."""

    kind: PaperKind
    pdf: bytes
    sha256: str
    pages: int
    signature_boxes: tuple[Box, ...]
    template_version: str
    facts_sha256: str
    engines: str


class Press:
    """A few processes, each printing one paper at a time; a thread waits for the next one that is free.

    Raises PressNotReady at once where a library or a font is missing, so that nobody learns it from a case.
    """

    def __init__(self, processes: int = 1, seconds: float = WALL_SECONDS) -> None:
        self._processes = [RenderProcess(seconds) for _ in range(processes)]
        self._free: LifoQueue[RenderProcess] = LifoQueue()
        with ExitStack() as on_failure:
            for process in self._processes:
                on_failure.callback(process.stop)
                process.spawn()
            for process in self._processes:
                process.make_ready()
                self._free.put(process)
            on_failure.pop_all()

    def print_paper(self, paper: Paper) -> RenderedPaper:
        """Raises PaperRefused for what the paper says, PrintFault for how it came out, PressUnavailable otherwise."""
        check(paper)
        printed = self._print(paper_facts.write(paper))
        return RenderedPaper(
            kind=paper.KIND,
            pdf=printed.pdf,
            sha256=sha256(printed.pdf).hexdigest(),
            pages=printed.pages,
            signature_boxes=printed.boxes,
            template_version=printed.template_version,
            facts_sha256=printed.facts_sha256,
            engines=printed.engines,
        )

    def close(self) -> None:
        for process in self._processes:
            process.close()
        idle = []
        with suppress(Empty):  # the others are in use, and cleared away by their threads
            while True:
                idle.append(self._free.get_nowait())
        for process in idle:
            process.stop()
            self._free.put(process)  # whoever asks once more is told that the press is closed

    def _print(self, facts: str) -> Printed:
        process = self._free.get()
        try:
            try:
                return process.print_paper(facts)
            except PressCrashed:
                # Killed from outside as likely as by the paper: a fresh process shows which.
                return process.print_paper(facts)
        finally:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
