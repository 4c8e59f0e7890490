"""Hazard 16: the engine's C code under the address and undefined-behaviour sanitizers, driven by the hazard tests.

The sanitized build needs the source of durable-rules, which an installed wheel does not carry:

    pip download durable-rules==2.0.28 --no-binary :all: --no-deps && tar xzf durable_rules-2.0.28.tar.gz
    DURABLE_RULES_SOURCE=durable_rules-2.0.28 pytest -m slow tests/rules/test_durable_asan.py
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

SOURCE = Path(os.environ.get("DURABLE_RULES_SOURCE", "no-source"))
HAZARDS = sorted(str(path) for path in Path(__file__).parent.glob("test_durable_hazards_*.py"))
C_FILES = ("json", "rete", "state", "events", "regex")
BUILD = ["-shared", "-fPIC", "-g", "-O1", "-std=c99", "-D_GNU_SOURCE", "-fsanitize=address,undefined", "-w"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOURCE.is_dir(), reason="DURABLE_RULES_SOURCE names no folder: NOT checked under ASAN"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc: the engine was NOT checked under ASAN"),
]


@pytest.fixture(scope="module")
def sanitized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the engine's module, built with the sanitizers."""
    folder = tmp_path_factory.mktemp("sanitized")
    module = folder / f"durable_rules_engine{sysconfig.get_config_var('EXT_SUFFIX')}"
    sources = [str(SOURCE / "src" / "rules" / f"{name}.c") for name in C_FILES]
    includes = [f"-I{SOURCE / 'src' / 'rules'}", f"-I{sysconfig.get_path('include')}"]
    binding = str(SOURCE / "src" / "rulespy" / "rules.c")
    subprocess.run(["gcc", *BUILD, *includes, *sources, binding, "-o", str(module)], check=True)
    return folder


def preloaded(library: str) -> str:
    found = subprocess.run(["gcc", f"-print-file-name={library}"], check=True, capture_output=True, text=True)
    return found.stdout.strip()


def test_the_hazards_hold_under_the_sanitizers(sanitized: Path) -> None:
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{preloaded('libasan.so')}:{preloaded('libubsan.so')}",
        "ASAN_OPTIONS": "detect_leaks=0",  # Python itself never frees its interned objects
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "PYTHONPATH": str(sanitized),
    }
    # Freed memory is kept back by the sanitizer, so growth says nothing there.
    chosen = ["-m", "not slow", "-k", "not flat"]
    quiet = ["-q", "-s", "-p", "no:cacheprovider"]  # uncaptured: what the sanitizer prints must reach us
    command = [sys.executable, "-m", "pytest", *quiet, *chosen, *HAZARDS]
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=600)
    told = ended.stdout[-3000:] + ended.stderr[-3000:]
    assert ended.returncode == 0, told
    assert "AddressSanitizer" not in told
    assert "runtime error" not in told
