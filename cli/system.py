"""What a machine must have before Yizhan can be installed on it, and why.

Standard library only: set-up and doctor read this list before anything is installed.
"""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cases.wording import Wording
from cli.findings import Finding, State

# Debian's fixed place for PostgreSQL's server programs, which are not on the PATH.
POSTGRESQL_PROGRAMS = "/usr/lib/postgresql"


@dataclass(frozen=True)
class Interpreter:
    """The Python that Yizhan is installed for."""

    path: str
    version: tuple[int, int, int]
    include: str

    @property
    def name(self) -> str:
        return ".".join(map(str, self.version))

    @property
    def belongs_to_debian(self) -> bool:
        return self.path.startswith("/usr/bin/")


@dataclass(frozen=True)
class Need:
    """`found` says what is there (a version or a path), or None."""

    name: str
    package: str | None
    why: Wording
    found: Callable[[], str | None]


def needs_of_the_product(python: Interpreter) -> tuple[Need, ...]:
    return (
        Need(
            "gcc",
            "gcc",
            Wording(
                "编译规则引擎 durable-rules（只发布源码）", "builds durable-rules, which is published as source only"
            ),
            lambda: version_of("gcc", "--version"),
        ),
        Need(
            "C headers",
            "libc6-dev",
            Wording("编译规则引擎所需的 C 头文件", "the C headers that build needs"),
            lambda: _file("/usr/include/stdio.h"),
        ),
        Need(
            f"Python {python.version[0]}.{python.version[1]} headers",
            f"python{python.version[0]}.{python.version[1]}-dev" if python.belongs_to_debian else None,
            Wording("编译规则引擎所需的 Python 头文件", "the Python headers that build needs"),
            lambda: _file(f"{python.include}/Python.h"),
        ),
        Need(
            "Pango",
            "libpango-1.0-0",
            Wording("文书排版", "lays out the papers"),
            lambda: _library("libpango-1.0.so.0"),
        ),
        Need(
            "PangoFT2",
            "libpangoft2-1.0-0",
            Wording("文书排版所用的字体接口", "lets the papers use the fonts shipped with the project"),
            lambda: _library("libpangoft2-1.0.so.0"),
        ),
        Need(
            "HarfBuzz subset",
            "libharfbuzz-subset0",
            Wording("在文书中只嵌入用到的汉字字形", "embeds only the Chinese glyphs a paper uses"),
            lambda: _library("libharfbuzz-subset.so.0"),
        ),
    )


def needs_of_the_tests() -> tuple[Need, ...]:
    return (
        Need(
            "PostgreSQL",
            "postgresql",
            Wording("在第二种数据库上运行同一套测试", "runs the same tests on the second database"),
            lambda: version_of(postgresql_program("postgres") or "postgres", "--version"),
        ),
        Need(
            "poppler",
            "poppler-utils",
            Wording("测试读取文书的文字与字体", "tests read the papers' text and fonts with it"),
            lambda: version_of("pdftotext", "-v"),
        ),
        Need(
            "qpdf",
            "qpdf",
            Wording("测试检查文书的 PDF 结构", "tests check the papers' structure with it"),
            lambda: version_of("qpdf", "--version"),
        ),
        Need(
            "Chromium",
            "chromium",
            Wording("测试像使用者一样打开页面", "tests open the pages as a person would"),
            lambda: shutil.which("chromium") or shutil.which("chromium-browser"),
        ),
    )


def finding(need: Need, when_absent: State) -> Finding:
    found = need.found()
    return Finding(need.name, State.WELL if found else when_absent, found or "—", need.why)


def venv_need(python: Interpreter) -> Need:
    """Debian ships `venv` without the part that makes one."""
    return Need(
        "python venv",
        f"python{python.version[0]}.{python.version[1]}-venv" if python.belongs_to_debian else None,
        Wording("建立项目自己的环境，不动系统的 Python", "makes the project's own environment"),
        lambda: "ensurepip" if _succeeds([python.path, "-c", "import ensurepip, venv"]) else None,
    )


def postgresql_program(name: str) -> str | None:
    """The newest installed server program of that name; Debian keeps them off the PATH."""
    installed = sorted(Path(POSTGRESQL_PROGRAMS).glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(installed[-1]) if installed else shutil.which(name)


def version_of(program: str, flag: str) -> str | None:
    """The first line a program says of itself; some say it on standard error."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        said = subprocess.run([path, flag], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (said.stdout or said.stderr).strip().splitlines()
    return lines[0].strip() if lines else path


def _file(path: str) -> str | None:
    return path if Path(path).is_file() else None


def _library(name: str) -> str | None:
    try:
        ctypes.CDLL(name)
    except OSError:
        return None
    return name


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
