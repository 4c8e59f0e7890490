"""The child process that the rule engine may crash: one line in, one line out, nothing kept of a case."""

import json
import signal
import sys
from collections import OrderedDict
from collections.abc import Mapping
from typing import IO

from rules.durable_engine import EngineFailed, FieldRefused, LoadedProgram
from rules.durable_limits import UnsafeForEngine
from rules.durable_program import decoded

MOST_PROGRAMS = 64


class Programs:
    """The programs used last, by their digest; what is pushed out is closed, or it would never be freed."""

    def __init__(self, most: int = MOST_PROGRAMS) -> None:
        self._most = most
        self._loaded: OrderedDict[str, LoadedProgram] = OrderedDict()

    def find(self, digest: str) -> LoadedProgram | None:
        if digest in self._loaded:
            self._loaded.move_to_end(digest)
        return self._loaded.get(digest)

    def load(self, digest: str, encoded: str) -> LoadedProgram:
        while len(self._loaded) >= self._most:
            self._loaded.popitem(last=False)[1].close()
        program = LoadedProgram(decoded(encoded))
        self._loaded[digest] = program
        return program

    def drop(self, digest: str) -> None:
        if program := self._loaded.pop(digest, None):
            program.close()


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    programs = Programs()
    for line in requests:
        answers.write(json.dumps(answer(programs, json.loads(line)), separators=(",", ":")).encode() + b"\n")
        answers.flush()


def answer(programs: Programs, request: Mapping[str, object]) -> dict[str, object]:
    # The kernel ends a decision that hangs inside the C code, even where the parent is gone.
    signal.setitimer(signal.ITIMER_REAL, float(str(request["seconds"])))
    try:
        return _answer(programs, request)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(programs: Programs, request: Mapping[str, object]) -> dict[str, object]:
    digest = str(request["digest"])
    program = programs.find(digest)
    if program is None and "program" not in request:
        return {"unknown_program": True}
    try:
        program = program or programs.load(digest, str(request["program"]))
        if isinstance(cases := request.get("cases"), list):
            return {"results": _results(programs, digest, program, cases)}
        return {"verdicts": program.verdicts(_fields(request["fields"]))}
    except EngineFailed as error:
        programs.drop(digest)
        return {"failed": str(error)}
    except (FieldRefused, UnsafeForEngine) as error:
        return {"refused": str(error)}


def _results(programs: Programs, digest: str, program: LoadedProgram, cases: list[object]) -> list[dict[str, object]]:
    """One answer for each case, up to the first on which the engine fails: after it nothing of it is used again."""
    results: list[dict[str, object]] = []
    for case in cases:
        try:
            results.append({"verdicts": program.verdicts(_fields(case))})
        except FieldRefused as error:
            results.append({"refused": str(error)})
        except EngineFailed as error:
            programs.drop(digest)
            results.append({"failed": str(error)})
            break
    return results


def _fields(plain: object) -> Mapping[str, int | str]:
    if not isinstance(plain, dict):
        raise FieldRefused("The fields are not a mapping.")
    return plain


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes our input
    serve(sys.stdin.buffer, sys.stdout.buffer)
