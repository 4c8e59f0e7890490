"""What takes longer than a page waits is written down, worked on once, and kept with what came of it."""

import json
from pathlib import Path

import pytest

from activities import inquiry_child, own_process
from activities.bootstrap import open_station
from activities.inquiries import ANALYSED, Inquiries
from activities.inquiry_starting import start
from activities.simulation_child import progress_file
from cases.inquiries import InquiryKind
from cases.refusals import Refused
from cli.migrate import migrate
from rules import solver_there
from store.engine import read, write
from store.inquiries import Came, Inquiry, inquiries_about, kept_inquiry
from store.seed import plant_examples
from store.settings import Settings
from tests.activities.office import Office
from tests.builders import OPENED_AT

ABOUT = "cn/public-post"


def an_inquiry(kind: InquiryKind = InquiryKind.ANALYSIS, about: str = ABOUT, id_: str = "inquiry-1") -> Inquiry:
    return Inquiry(id_, kind, about, {}, "policy-officer-1", OPENED_AT)


def came_of(office: Office, id_: str = "inquiry-1") -> Came | None:
    with read(office.station.engine) as connection:
        kept = kept_inquiry(connection, id_)
    assert kept
    return kept.came


def test_an_analysis_is_worked_out_once_and_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    inquiries = Inquiries(office.station)
    assert inquiries.ask(an_inquiry())
    assert not inquiries.ask(an_inquiry()), "sent twice"
    assert came_of(office) is None
    inquiries.answer("inquiry-1")
    came = came_of(office)
    assert came
    assert ANALYSED.validate_python(came.answer).whole
    monkeypatch.setattr(Inquiries, "_worked_out", lambda *_: pytest.fail("worked out again"))
    inquiries.answer("inquiry-1")
    with read(office.station.engine) as connection:
        assert [each.asked.id for each in inquiries_about(connection, InquiryKind.ANALYSIS, ABOUT)] == ["inquiry-1"]


def test_what_could_come_to_nothing_is_refused_before_it_is_written_down(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    with pytest.raises(Refused):
        Inquiries(office.station).ask(an_inquiry())
    with pytest.raises(Refused):
        Inquiries(office.station).ask(an_inquiry(InquiryKind.COHORT, "no-such-proposal"))
    with read(office.station.engine) as connection:
        assert kept_inquiry(connection, "inquiry-1") is None


def test_what_is_refused_while_it_is_worked_on_is_kept_as_that(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    inquiries = Inquiries(office.station)
    inquiries.ask(an_inquiry())
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    inquiries.answer("inquiry-1")
    came = came_of(office)
    assert came
    assert came.refusals
    assert came.answer is None


def test_the_process_is_told_what_it_needs_and_nothing_on_its_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr("activities.inquiry_starting.begin", lambda module, request: begun.append((module, request)))
    start(Settings(data=tmp_path), "inquiry-1")
    ((module, request),) = begun
    assert module == inquiry_child.__name__
    assert json.loads(json.dumps(request))["inquiry"] == "inquiry-1"
    assert own_process.begin.__doc__


def test_the_process_keeps_what_comes_of_it_and_leaves_no_file(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings)
    with open_station(settings) as station:
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, OPENED_AT)
        Inquiries(station).ask(an_inquiry())
    inquiry_child.run({"settings": settings.model_dump(mode="json"), "inquiry": "inquiry-1"})
    with open_station(settings) as station, read(station.engine) as connection:
        kept = kept_inquiry(connection, "inquiry-1")
    assert kept
    assert kept.came
    assert ANALYSED.validate_python(kept.came.answer).whole
    assert not progress_file(settings, "inquiry-1").exists()
