"""What a form makes of what people type."""

from datetime import date

import pytest

from cases.hardship.stages import TrainingResult
from cases.refusals import refusal
from web.forms import Form


def _form(**typed: str) -> Form:
    return Form({name.replace("__", "-"): (value,) for name, value in typed.items()})


def test_a_day_of_three_inputs() -> None:
    form = _form(held__year="2026", held__month="3", held__day=" 2 ")
    assert form.day("held") == date(2026, 3, 2)
    assert form.errors == []


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        ("2026", "2", "30"),
        ("2026", "", "2"),
        ("26 AD", "3", "2"),
        ("9" * 30, "1", "1"),
        ("二〇二六", "3", "2"),
        ("²", "1", "1"),
    ],
)
def test_a_day_that_is_none_is_an_error_at_its_field(year: str, month: str, day: str) -> None:
    form = _form(held__year=year, held__month=month, held__day=day)
    assert form.day("held") is None
    assert [error.field for error in form.errors] == ["held"]
    assert form.value("held-year") == year  # as it was typed


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("2300", 230000), ("2,300.5", 230050), ("0.07", 7), (" 12 元", 1200), (".5", 50)],
)
def test_money_is_whole_fen(typed: str, fen: int) -> None:
    assert _form(pay=typed).fen("pay") == fen


@pytest.mark.parametrize("typed", ["-1", "1e3", "2.345", "abc", "1.2.3", "٣", "9" * 40, "."])
def test_money_that_is_none_is_an_error(typed: str) -> None:
    form = _form(pay=typed)
    assert form.fen("pay") is None
    assert form.error("pay") is not None


def test_a_choice_is_one_that_was_offered() -> None:
    assert _form(result="completed").choice("result", TrainingResult) is TrainingResult.COMPLETED
    form = _form(result="perfect")
    assert form.choice("result", TrainingResult) is None
    assert form.error("result") is not None


def test_a_refusal_about_a_field_stands_at_the_field() -> None:
    form = Form()
    form.refuse((refusal("field:held_on", "须为日期。", "It must be a day."), refusal("paused", "已暂停。", "Paused.")))
    assert [error.field for error in form.errors] == ["held_on", ""]
