import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS: list[str] = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = ("uv", "build", "product", "tests")
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+).*\\$", re.MULTILINE)


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(PINNED.findall(_lock(name)))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[=<>\[]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_no_dependency_ships_a_package_with_one_of_our_names() -> None:
    owners = {name: dists for name, dists in packages_distributions().items() if name in OURS}
    assert all(set(dists) == {PYPROJECT["project"]["name"]} for dists in owners.values()), owners


def test_every_dependency_is_locked() -> None:
    groups = PYPROJECT["dependency-groups"]
    assert _names(PYPROJECT["project"]["dependencies"]) <= _pins("product").keys()
    assert _names(groups["dev"]) <= _pins("tests").keys()
    assert _names(groups["installer"]) <= _pins("uv").keys()
    assert _names(groups["build"]) <= _pins("build").keys()


def test_the_tests_run_on_the_versions_of_the_product() -> None:
    assert _pins("product").items() <= _pins("tests").items()


@pytest.mark.parametrize("name", LOCKS)
def test_everything_locked_has_its_hash_and_no_address(name: str) -> None:
    lock = _lock(name)
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) == len(_pins(name)) > 0
    assert len(re.findall(r"== ?\S+.*\\\n    --hash=sha256:", lock)) == len(requirements)
    assert "://" not in lock
    assert "--index-url" not in lock


def test_what_runs_before_set_up_needs_only_the_standard_library() -> None:
    program = "import sys; sys.path.insert(0, '.'); import cli.system, cli.findings"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], cwd=ROOT, check=True)
