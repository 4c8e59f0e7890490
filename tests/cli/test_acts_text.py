"""What `yizhan case acts` says of each act: every field, what it may hold, and whether it must be there."""

import json

import pytest

from cases.commands import OF_PEOPLE
from cases.hardship.placing import RecordPlacement
from cases.hardship.progress import ACTS
from cases.hardship.referring import RecordReferralOutcome
from cli.acts_text import FieldShown, fields_of
from cli.main import exit_code


def field(shape: type, name: str) -> FieldShown:
    return next(field for field in fields_of(shape) if field.name == name)


def test_a_field_without_a_default_is_required() -> None:
    assert field(RecordReferralOutcome, "known_on").required
    assert not field(RecordReferralOutcome, "reason").required


def test_a_closed_list_is_spelled_out() -> None:
    assert "not-hired" in field(RecordReferralOutcome, "outcome").meaning.en


def test_the_fields_of_a_part_stand_behind_its_name() -> None:
    assert any(field.name.startswith("terms.") for field in fields_of(RecordPlacement))


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_every_act_of_people_is_shown(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["case", "acts", kind, "--language", "en"]) == 0
    shown = capsys.readouterr().out
    assert all(field.name in shown for field in fields_of(ACTS[kind]))


def test_an_unknown_act_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["case", "acts", "make-tea", "--language", "en"]) == 2
    assert "There is no act make-tea" in capsys.readouterr().err


def test_the_acts_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["case", "acts", "--json"]) == 0
    assert [act["kind"] for act in json.loads(capsys.readouterr().out)] == list(OF_PEOPLE)
