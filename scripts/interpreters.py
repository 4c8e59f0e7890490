"""Which Python the project is installed for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.system import Interpreter

OLDEST, NEWEST = (3, 11), (3, 13)
REFUSAL = """\
驿站需要 Python 3.11、3.12 或 3.13，本机没有找到（当前为 {running}）。
Yizhan needs Python 3.11, 3.12 or 3.13, and none was found (this one is {running}).
请安装其一，或指明路径 · install one, or name it:  make run PYTHON=/path/to/python3.12
"""
# Behind a virtual environment or a shim lies the Python to build on.
_ASK = (
    "import json, os, sys, sysconfig; base = getattr(sys, '_base_executable', sys.executable); "
    "print(json.dumps([os.path.realpath(base), list(sys.version_info[:3]), sysconfig.get_path('include')]))"
)


class NoSuitablePython(Exception):
    def __init__(self) -> None:
        super().__init__(REFUSAL.format(running=".".join(map(str, sys.version_info[:3]))))


def choose() -> Interpreter:
    """The Python that runs this script if it will do, else the first on the PATH that does."""
    names = [sys.executable, "python3.11", "python3.12", "python3.13"]
    for name in names:
        found = ask(name)
        if found is not None:
            return found
    raise NoSuitablePython


def ask(name: str) -> Interpreter | None:
    """None when it is missing, does not start or is of another version."""
    from cli.system import Interpreter  # noqa: PLC0415 - the caller has checked that this Python can read it

    path = shutil.which(name)
    if path is None:
        return None
    try:
        said = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    base, version, include = json.loads(said.stdout)
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    return Interpreter(path=base, version=tuple(version), include=include)


def continue_under_a_suitable_one() -> None:
    """An older Python cannot read the rest of the set-up, so hand over to one that can."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in ("python3.11", "python3.12", "python3.13"):
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            os.execv(path, [path, *sys.argv])
    sys.exit(REFUSAL.format(running=".".join(map(str, sys.version_info[:3]))))
