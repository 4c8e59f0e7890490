"""The press's process: one paper in, one out, within limits that the kernel holds; nothing is kept of a paper."""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Final

from activities.framing import Torn, receive, send
from activities.printing.faults import PrintFault
from activities.printing.printed import Printed

MEMORY: Final = 1024**3  # bytes
CPU_SECONDS: Final = 20  # for one paper


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes our input
    requests, answers = sys.stdin.buffer, _own_output()
    _limit_the_process()
    try:
        # Inside the guard and after the limits: a missing library shows when it is imported.
        from activities.printing.printer import Printer  # noqa: PLC0415

        printer = Printer()
    except Exception as error:  # noqa: BLE001  (whatever it is, the parent has to say it)
        _answer(answers, {"not_ready": f"{type(error).__name__}: {error}"})
        return 1
    _answer(answers, {"ready": printer.engines})
    return serve(printer.print_paper, requests, answers)


def serve(print_paper: Callable[[str], Printed], requests: IO[bytes], answers: IO[bytes]) -> int:
    while True:
        try:
            facts = receive(requests).decode()
        except Torn:
            return 0  # the parent is done with us, or gone
        _limit_the_paper()
        try:
            printed = print_paper(facts)
        except PrintFault as fault:
            _answer(answers, {"fault": type(fault).__name__, "message": str(fault)})
        except Exception as error:  # noqa: BLE001  (one paper fails; the press goes on)
            _answer(answers, {"failed": type(error).__name__})  # its message may quote the paper
        else:
            _answer(answers, {"printed": {**asdict(printed), "pdf": None}})
            send(answers, printed.pdf)


def _own_output() -> IO[bytes]:
    """What a library prints must not mix with our answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers


def _limit_the_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold a person's papers


def _limit_the_paper() -> None:
    """Processor time is counted for the life of the process, so each paper's limit starts from what is used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(answers: IO[bytes], answer: dict[str, object]) -> None:
    send(answers, json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    sys.exit(main())
