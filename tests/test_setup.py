import sys
from pathlib import Path

import interpreters
import pytest
import setup
import stamp

from cases.wording import Wording
from cli.system import Interpreter, Need, needs_of_the_product, needs_of_the_tests

DEBIANS = Interpreter("/usr/bin/python3.11", (3, 11, 2), "/usr/include/python3.11")
BUILT_BY_HAND = Interpreter("/opt/python/bin/python3.12", (3, 12, 1), "/opt/python/include/python3.12")


def _need(package: str | None) -> Need:
    return Need(package or "headers", package, Wording("编译", "builds"), lambda: None)


def test_what_only_root_can_install_is_named_with_its_reason_and_the_exact_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setup, "_is_debian", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(setup.SetupRefused) as refused:
        setup._install_system_packages([_need("gcc"), _need("libc6-dev")])
    said = str(refused.value)
    assert "  apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev\n" in said
    assert "编译 · builds" in said


def test_elsewhere_than_on_debian_no_apt_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "_is_debian", lambda: False)
    with pytest.raises(setup.SetupRefused) as refused:
        setup._install_system_packages([_need("gcc")])
    assert "apt-get" not in str(refused.value)
    assert "gcc" in str(refused.value)


def test_headers_that_no_package_brings_are_not_asked_of_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "_is_debian", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(setup, "_run", lambda *_: pytest.fail("nothing may be installed"))
    with pytest.raises(setup.SetupRefused, match="PYTHON="):
        setup._install_system_packages([_need(None)])


def test_debians_python_has_its_headers_from_debian_and_another_from_nobody() -> None:
    def packages(python: Interpreter) -> set[str | None]:
        return {need.package for need in needs_of_the_product(python)}

    assert "python3.11-dev" in packages(DEBIANS)
    assert None in packages(BUILT_BY_HAND)


def test_what_only_the_tests_need_is_not_asked_of_the_product() -> None:
    products = {need.package for need in needs_of_the_product(DEBIANS)}
    tests = {need.package for need in needs_of_the_tests()}
    assert tests == {"postgresql", "poppler-utils", "qpdf", "chromium"}
    assert not products & tests


def test_this_python_is_known_by_its_base_and_a_missing_one_not_at_all() -> None:
    found = interpreters.ask(sys.executable)
    assert found is not None
    assert found.version == sys.version_info[:3]
    assert found.path == str(Path(sys._base_executable).resolve())  # type: ignore[attr-defined] # CPython's own
    assert interpreters.ask("python-that-is-not-there") is None


@pytest.mark.parametrize(
    ("version", "suits"), [("3.10.13", False), ("3.11.0", True), ("3.13.0", True), ("3.14.0", False)]
)
def test_only_three_versions_suit(tmp_path: Path, version: str, suits: bool) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho \'["{python}", [{version.replace(".", ", ")}], "/usr/include"]\'\n')
    python.chmod(0o755)
    assert (interpreters.ask(str(python)) is not None) is suits


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name, path in {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "STAMP": tmp_path / ".venv" / "stamp"}.items():
        monkeypatch.setattr(stamp, name, path)
    for file in ("pyproject.toml", "cli/system.py", "requirements/product.txt", ".venv/bin/yizhan"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("as locked")
    (tmp_path / ".venv/lib/python3.11/site-packages/rich-15.dist-info").mkdir(parents=True)
    stamp.leave(sys.executable, {stamp.PRODUCT})
    return tmp_path


def _still_true() -> bool:
    last = stamp.last()
    return last is not None and last.still_true


def test_a_second_set_up_has_nothing_to_do(checkout: Path) -> None:
    assert checkout
    assert _still_true()


@pytest.mark.parametrize(
    "changed", ["requirements/product.txt", "pyproject.toml", "store/migrations/versions/0002_x.py"]
)
def test_a_changed_lock_or_a_new_revision_sets_up_again(checkout: Path, changed: str) -> None:
    (checkout / changed).parent.mkdir(parents=True, exist_ok=True)
    (checkout / changed).write_text("as changed")
    assert not _still_true()


@pytest.mark.parametrize("gone", [".venv/bin/yizhan", ".venv/lib/python3.11/site-packages/rich-15.dist-info"])
def test_something_that_was_removed_sets_up_again(checkout: Path, gone: str) -> None:
    path = checkout / gone
    path.rmdir() if path.is_dir() else path.unlink()
    assert not _still_true()


def test_a_checkout_that_was_moved_sets_up_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = stamp.last()
    monkeypatch.setattr(stamp, "ROOT", checkout.parent / "elsewhere")
    assert last is not None
    assert last.moved


def test_a_stamp_that_cannot_be_read_counts_for_nothing(checkout: Path) -> None:
    (checkout / ".venv" / "stamp").write_text("{")
    assert stamp.last() is None
