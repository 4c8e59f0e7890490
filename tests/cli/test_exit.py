import subprocess
import sys
from pathlib import Path

import pytest

LEAVE = "from cli.exit import shutdown_and_exit; print('said'); shutdown_and_exit({code})"


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_code_and_the_words_arrive(code: int) -> None:
    ended = subprocess.run([sys.executable, "-c", LEAVE.format(code=code)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (code, "said\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_words_that_did_not_arrive_are_a_failure() -> None:
    with Path("/dev/full").open("w") as full:
        assert subprocess.run([sys.executable, "-c", LEAVE.format(code=0)], stdout=full, check=False).returncode == 1


def test_a_reader_that_has_seen_enough_is_none() -> None:
    shell = f'"{sys.executable}" -c "$PROGRAM" | true; exit ${{PIPESTATUS[0]}}'
    program = LEAVE.format(code=0).replace("print('said')", "import time; time.sleep(0.3); print('said')")
    ended = subprocess.run(["bash", "-c", shell], env={"PROGRAM": program}, check=False)
    assert ended.returncode == 0


def test_threads_that_still_run_do_not_hold_it_back() -> None:
    program = "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start(); " + LEAVE.format(code=2)
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == 2
