import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from activities import paper_facts, render_process
from activities.papers import Press
from activities.printing.faults import NoGlyph
from activities.render_process import PaperFailed, PressClosed, PressNotReady, PressTimedOut, RenderProcess
from cases.papers import LONGEST_TEXT, MOST_ROWS, Paper, PaperKind, PaperRefused
from tests.paper_builders import EVERY_PAPER, PERSON, WORK, a_closing_notice, a_labour_contract, an_exit_notice

LETTER = EVERY_PAPER[PaperKind.REFERRAL_LETTER]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(2) as press:
        yield press


def child(press: Press) -> int:
    """The process that prints the next paper: the one given back last."""
    process = press._free.queue[-1]._process
    assert process is not None
    return process.pid


def test_two_processes_and_many_threads_print_the_same_bytes(press: Press) -> None:
    papers = [*EVERY_PAPER.values()] * 2
    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(press.print_paper, papers))
    digests = {paper.kind: {one.sha256 for one in printed if one.kind is paper.kind} for paper in printed}
    assert all(len(of_one_kind) == 1 for of_one_kind in digests.values())
    assert len(digests) == len(EVERY_PAPER)


def test_a_paper_says_what_its_bytes_depend_on(press: Press) -> None:
    rendered = press.print_paper(LETTER)
    assert rendered.template_version.startswith("referral-letter@1.0.0+")
    assert [box.id for box in rendered.signature_boxes] == ["sig-station", "sig-employer"]
    assert "weasyprint 70.0" in rendered.engines
    assert "fonts " in rendered.engines


def test_every_single_fact_is_in_the_digest(press: Press) -> None:
    one, other = a_closing_notice(), a_closing_notice(worker=replace(PERSON, phone="13800000020"))
    assert press.print_paper(one).facts_sha256 != press.print_paper(other).facts_sha256


@pytest.mark.parametrize("paper", EVERY_PAPER.values(), ids=EVERY_PAPER)
def test_the_facts_are_enough_to_print_again(paper: Paper) -> None:
    assert paper_facts.read(paper_facts.write(paper)) == paper


def test_a_refused_paper_never_reaches_the_press(press: Press) -> None:
    with pytest.raises(PaperRefused):
        press.print_paper(an_exit_notice(findings=()))


def test_a_fault_keeps_its_name_across_the_pipe_and_the_press_goes_on(press: Press) -> None:
    before = child(press)
    with pytest.raises(NoGlyph, match=r"worker\.name"):
        press.print_paper(a_closing_notice(worker=replace(PERSON, name="赵\U00030ede")))
    assert press.print_paper(LETTER).pages == 1
    assert child(press) == before


def test_a_press_that_died_between_two_papers_is_replaced(press: Press) -> None:
    os.kill(child(press), signal.SIGKILL)
    sleep(0.05)
    assert press.print_paper(LETTER).pages == 1


def test_a_press_that_dies_in_the_middle_of_a_paper_is_replaced(press: Press) -> None:
    expected = press.print_paper(LETTER).sha256
    victim = child(press)
    os.kill(victim, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(press.print_paper, LETTER)
        sleep(0.2)
        os.kill(victim, signal.SIGKILL)
        assert printing.result(timeout=60).sha256 == expected
    assert child(press) != victim


def test_a_closed_press_prints_no_more_and_starts_nothing() -> None:
    press = Press()
    victim = child(press)
    os.kill(victim, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(press.print_paper, LETTER)
        sleep(0.2)
        press.close()
        with pytest.raises(PressClosed):
            printing.result(timeout=60)
    with pytest.raises(PressClosed):
        press.print_paper(LETTER)
    assert press._processes[0]._process is None


def test_a_press_that_hangs_is_ended() -> None:
    process = RenderProcess(seconds=0.3)
    process.make_ready()
    running = process._process
    assert running is not None
    os.kill(running.pid, signal.SIGSTOP)
    with pytest.raises(PressTimedOut):
        process.print_paper(paper_facts.write(LETTER))
    assert running.poll() is not None


def test_the_press_inherits_nothing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("YIZHAN_KEYS", "secret")
    process = RenderProcess(seconds=5)
    process.spawn()
    running = process._process
    assert running is not None
    sleep(0.1)
    environment = Path(f"/proc/{running.pid}/environ").read_bytes()
    process.stop()
    assert b"FONTCONFIG_FILE" in environment
    assert b"secret" not in environment


def test_a_press_without_its_fonts_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    conf = tmp_path / "fonts.conf"
    conf.write_text('<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>', encoding="utf-8")
    monkeypatch.setattr(render_process, "FONTS", conf)
    with pytest.raises(PressNotReady, match="does not start"):  # Pango itself crashes where it finds no font at all
        Press()


def test_a_press_without_its_libraries_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(PressNotReady, match=r"refuses to start.*libpango-1\.0-0"):
        Press()


def test_facts_that_are_no_paper_fail_alone_and_quote_nothing(press: Press) -> None:
    process = press._free.get()
    try:
        with pytest.raises(PaperFailed) as caught:
            process.print_paper('{"kind":"exit-notice","paper":{"worker":"欧阳春"}}')
        assert "欧阳" not in str(caught.value)
        assert process.print_paper(paper_facts.write(LETTER)).pages == 1
    finally:
        press._free.put(process)


def test_processor_time_is_limited_by_the_kernel() -> None:
    endless = "from activities.printing import child; child.CPU_SECONDS = 1; child._limit_the_paper()\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", endless], check=False, timeout=30)
    assert ended.returncode == -signal.SIGXCPU


def test_memory_is_limited_by_the_kernel() -> None:
    greedy = "from activities.printing import child; child._limit_the_process()\nbytearray(2 * 1024**3)"
    ended = subprocess.run([sys.executable, "-c", greedy], check=False, capture_output=True, timeout=30)
    assert b"MemoryError" in ended.stderr


@pytest.mark.slow
def test_the_largest_papers_are_printed(press: Press) -> None:
    assert press.print_paper(an_exit_notice(findings=("某日约定面谈未到场。",) * MOST_ROWS)).pages > 10
    duties = "楼道保洁，" * (LONGEST_TEXT // 5)
    assert press.print_paper(a_labour_contract(work=replace(WORK, duties=duties))).pages > 4
