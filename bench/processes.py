"""The processes that are measured: what each of them, with its children, has used of the processor."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(pid: int) -> float:
    """Of a process and everything it started that still runs, and of what has ended and was waited for."""
    return sum(_own(each) for each in _family(pid))


def resident_megabytes(pid: int) -> float:
    """What a process holds in memory now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * _PAGE / 2**20


def _own(pid: int) -> float:
    try:
        fields = _stat(pid)
    except FileNotFoundError:
        return 0.0
    user, system, childrens_user, childrens_system = (int(field) for field in fields[11:15])
    return (user + system + childrens_user + childrens_system) / _TICKS


def _stat(pid: int) -> list[str]:
    """After the name, which may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _family(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                children[int(_stat(int(entry.name))[1])].append(int(entry.name))
            except FileNotFoundError:
                continue  # it ended while we looked
    waiting = [pid]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(children[each])


def leave(code: int) -> NoReturn:
    """Without the interpreter's farewell, in which Temporal's client can crash and change the exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
