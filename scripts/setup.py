"""Makes this checkout ready to run: system packages, the project's own environment, the database.

Says nothing and needs no network when everything is there. Touches nothing of the system's Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import interpreters
import stamp
from stamp import ANALYSIS, PRODUCT, ROOT, TESTS, VENV

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.system import Interpreter, Need

REFUSED, FAILED = 2, 1
BIN = VENV / "bin"
LOCKS = ROOT / "requirements"
# durable-rules calls a function that Python 3.13 dropped; its successor takes the same arguments.
FLAGS_FROM_3_13 = "-DPyEval_CallObject=PyObject_CallObject"


class SetupRefused(Exception):
    pass


def main(arguments: list[str]) -> int:
    interpreters.continue_under_a_suitable_one()
    sys.path.insert(0, str(ROOT))
    last = stamp.last()
    groups = {PRODUCT, *(group for group in (TESTS, ANALYSIS) if f"--{group}" in arguments)}
    try:
        python = _python()
        missing = _missing(python, groups)
        if last and last.still_true and groups <= set(last.groups) and not missing:
            return 0
        if last and last.moved:
            shutil.rmtree(VENV)  # its programs name the folder it was made in
        _set_up(python, missing, groups | set(last.groups if last else ()))
    except (SetupRefused, interpreters.NoSuitablePython) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except subprocess.CalledProcessError as failure:
        print(f"\n安装未完成 · set-up stopped: {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\n已中断，再次运行会接着安装 · interrupted; run it again to go on", file=sys.stderr)
        return FAILED
    return 0


def _python() -> Interpreter:
    """The environment's own while it works, so that a second Python on the machine changes nothing."""
    return interpreters.ask(str(BIN / "python")) or interpreters.choose()


def _missing(python: Interpreter, groups: set[str]) -> list[Need]:
    from cli import system  # noqa: PLC0415 - readable only once a suitable Python runs this

    needs = [*system.needs_of_the_product(python), *(system.needs_of_the_tests() if TESTS in groups else ())]
    if not (BIN / "uv").exists():
        needs.append(system.venv_need(python))
    return [need for need in needs if need.found() is None]


def _set_up(python: Interpreter, missing: list[Need], groups: set[str]) -> None:
    started = time.monotonic()
    print(f"安装驿站 · setting up Yizhan ({', '.join(sorted(groups))}; Python {python.name})", flush=True)
    if missing:
        _install_system_packages(missing)
    if not (BIN / "uv").exists() or interpreters.ask(str(BIN / "python")) is None:
        _make_environment(python)
    _install_python_packages(python, groups)
    with _step("数据库 · database"):
        _run([BIN / "yizhan", "migrate"])
    stamp.leave(python.path, groups)
    print(f"安装完成 · set up in {time.monotonic() - started:.1f} s", flush=True)


def _install_system_packages(missing: list[Need]) -> None:
    packages = [need.package for need in missing if need.package]
    without_package = [need for need in missing if not need.package]
    if without_package or os.geteuid() != 0 or not _is_debian():
        raise SetupRefused(_what_to_install(missing, packages))
    with _step(f"系统软件包 · system packages: {' '.join(packages)}"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # A server may be installing its own updates just now.
        apt_get = ["apt-get", "--quiet", "--option", "DPkg::Lock::Timeout=300"]
        _run([*apt_get, "update"], quiet)
        _run([*apt_get, "install", "--yes", "--no-install-recommends", *packages], quiet)
    still = [need.name for need in missing if need.found() is None]
    if still:
        raise SetupRefused(f"已安装软件包，但仍缺少 · installed, yet still missing: {', '.join(still)}")


def _what_to_install(missing: list[Need], packages: list[str]) -> str:
    lines = [
        "",
        "缺少以下系统软件，需要管理员安装 · missing, and only root can install them:",
    ]
    lines += [f"  {need.package or need.name:24} {need.why.zh} · {need.why.en}" for need in missing]
    if not _is_debian():
        lines += ["请用本机的软件包管理器安装 · install them with this system's package manager, then run this again."]
        return "\n".join(lines)
    if any(need.package is None for need in missing):
        lines += ["所选 Python 缺少头文件，请换一个 · this Python has no headers; name another: make run PYTHON=…"]
    if packages:
        command = f"apt-get update && apt-get install --yes --no-install-recommends {' '.join(packages)}"
        lines += ["请以 root 身份运行 · as root, run:", "", f"  {command}", "", "然后重试 · then run this again."]
    return "\n".join(lines)


def _is_debian() -> bool:
    return shutil.which("apt-get") is not None and os.path.exists("/etc/debian_version")  # noqa: PTH110 - one look


def _make_environment(python: Interpreter) -> None:
    with _step("项目环境 .venv · the project's own environment"):
        _run([python.path, "-m", "venv", "--clear", "--prompt", "yizhan", VENV])
        _run([BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", LOCKS / "uv.txt"])


def _install_python_packages(python: Interpreter, groups: set[str]) -> None:
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    if python.version >= (3, 13, 0):
        environment["CPPFLAGS"] = f"{os.environ.get('CPPFLAGS', '')} {FLAGS_FROM_3_13}".strip()
    # Each lock holds all of the one before it.
    lock = LOCKS / f"{next(group for group in (TESTS, ANALYSIS, PRODUCT) if group in groups)}.txt"
    build = ["--build-constraints", LOCKS / "build.txt", "--require-build-hashes"]
    with _step("Python 依赖（按锁定的哈希） · Python packages, by the hashes of the lock"):
        sync = [BIN / "uv", "pip", "sync", "--require-hashes", "--compile-bytecode", *build, LOCKS / "uv.txt", lock]
        _run(sync, environment)
        _run([BIN / "uv", "pip", "install", "--quiet", "--no-deps", *build, "--editable", ROOT], environment)
    with _step("规则引擎 durable-rules · the rule engine starts"):
        try:
            _run([BIN / "python", "-c", "import durable_rules_engine"])
        except subprocess.CalledProcessError:
            # A copy built without the flags of this Python installs well and cannot start.
            again = ["--reinstall-package", "durable-rules", "--refresh-package", "durable-rules", "--no-cache"]
            _run([*sync, *again], environment)
            _run([BIN / "uv", "pip", "install", "--quiet", "--no-deps", *build, "--editable", ROOT], environment)
            _run([BIN / "python", "-c", "import durable_rules_engine"])


@contextmanager
def _step(title: str) -> Iterator[None]:
    print(f"→ {title} …", flush=True)
    started = time.monotonic()
    yield
    print(f"  {time.monotonic() - started:.1f} s", flush=True)


def _run(command: list[object], environment: dict[str, str] | None = None) -> None:
    subprocess.run([str(part) for part in command], check=True, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
