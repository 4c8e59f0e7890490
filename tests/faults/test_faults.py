"""The storm over a hundred cases, and a storm over a writer with a planted bug, each judged by the checker."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.capture import CaptureManager

from tests.faults.processes import ROOT
from tests.faults.storm import BROKEN_OFF

pytestmark = [pytest.mark.server, pytest.mark.slow]

REAL = ("--cases", "100", "--subsidies", "20", "--kills", "20", "--seconds", "190", "--patience", "600")
PLANTED = ("--planted", "--cases", "12", "--kills", "8", "--seconds", "60", "--patience", "150")
TO_BE_HIT_OFTEN = ("--pause", "0.8", "--silence", "0.8")


@dataclass(frozen=True)
class Raging:
    """A storm under way in a process of its own, told on the terminal as it goes."""

    process: subprocess.Popen[bytes]
    folder: Path

    def judged(self) -> subprocess.CompletedProcess[str]:
        """What the checker says once the storm is over."""
        said = self.folder / "storm.err"
        assert self.process.wait() in (0, BROKEN_OFF), said.read_text(encoding="utf-8", errors="replace")[-2000:]
        record, journal, papers = (str(self.folder / name) for name in ("yizhan.db", "journal.jsonl", "papers"))
        checker = [sys.executable, "-m", "tests.faults.checker", record, journal, papers]
        return subprocess.run(checker, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def storms(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Raging]]:
    """Both at once, since mostly they wait."""
    folder = tmp_path_factory.mktemp("storms")
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with ExitStack() as stack:
        with terminal(capture):
            real = stack.enter_context(raging(folder / "real", *REAL))
            planted = stack.enter_context(raging(folder / "planted", *PLANTED, *TO_BE_HIT_OFTEN))
        yield {"real": real, "planted": planted}


@contextmanager
def terminal(capture: CaptureManager | None) -> Iterator[None]:
    """What is said here is read at once, and not only if the test fails."""
    if capture is None:
        yield
    else:
        with capture.global_and_fixture_disabled():
            yield


@contextmanager
def raging(folder: Path, *words: str) -> Iterator[Raging]:
    folder.mkdir()
    # Temporal's client complains at length about a server that is away.
    with (folder / "storm.err").open("wb") as errors:
        storm = [sys.executable, "-m", "tests.faults.storm", str(folder), *words]
        process = subprocess.Popen(storm, cwd=ROOT, stderr=errors)
        try:
            yield Raging(process, folder)
        finally:
            process.terminate()
            process.wait()


def test_every_case_ends_once_and_nothing_is_lost_or_double(
    storms: Mapping[str, Raging], capfd: pytest.CaptureFixture[str]
) -> None:
    judged = storms["real"].judged()
    with capfd.disabled():
        sys.stdout.write(f"\n{judged.stdout}\n")
    assert (judged.returncode, judged.stderr) == (0, ""), judged.stdout


def test_the_checker_finds_what_a_writer_without_step_keys_does(
    storms: Mapping[str, Raging], capfd: pytest.CaptureFixture[str]
) -> None:
    judged = storms["planted"].judged()
    with capfd.disabled():
        sys.stdout.write(f"\nplanted bug:\n{judged.stdout}\n")
    assert judged.returncode == 1, judged.stderr
    assert "was written 2 times" in judged.stdout
