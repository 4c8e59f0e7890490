"""Hazards 2 to 8 of the rule engine: what must never reach it, and what a missing value means."""

from datetime import date
from decimal import Decimal

import pytest

from cases.determinations import Verdict
from rules.durable_engine import FieldRefused, LoadedProgram
from rules.durable_program import OUTCOME
from tests.rules.engine_programs import by_plain_reading, waited, waiting_program

PROGRAM = LoadedProgram(waiting_program())
COMPLETE = waited(90, certified=1, grade="二级")


@pytest.mark.parametrize("missing", ["waited_lo", "waited_hi", "certified", "grade"])
def test_a_missing_field_settles_nothing_by_itself(missing: str) -> None:
    fields = {name: value for name, value in COMPLETE.items() if name != missing}
    assert PROGRAM.verdicts(fields) == by_plain_reading(waiting_program(), fields)


def test_nothing_known_is_unknown_throughout() -> None:
    assert PROGRAM.verdicts({}) == {}


def test_a_missing_text_is_not_a_different_text() -> None:
    assert "disabled" not in PROGRAM.verdicts({"certified": 1})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("waited_lo", "90", id="a number as text"),
        pytest.param("grade", 2, id="a text as number"),
        pytest.param("grade", "", id="an empty text"),
        pytest.param("grade", "五级", id="a text that is no member"),
        pytest.param("grade", "x" * 65_536, id="a text whose length wraps to nothing"),
        pytest.param("grade", ["一级"], id="a list"),
        pytest.param("grade", {"a": 1}, id="an object"),
        pytest.param("waited_lo", None, id="none"),
        pytest.param("waited_lo", 90.0, id="a float"),
        pytest.param("waited_lo", 1e-5, id="a small float"),
        pytest.param("waited_lo", float("nan"), id="not a number"),
        pytest.param("waited_lo", float("inf"), id="infinity"),
        pytest.param("waited_lo", Decimal(90), id="a decimal"),
        pytest.param("certified", True, id="true for one"),
        pytest.param("certified", False, id="false for nought"),
        pytest.param("waited_lo", 2**63, id="beyond 64 bits"),
        pytest.param("waited_lo", 2**53 + 1, id="beyond the range that is checked at load"),
        pytest.param("waited_lo", -(2**53) - 1, id="below the range"),
        pytest.param("waited_lo", "2024-06-01", id="a day as text"),
        pytest.param("waited_lo", date(2024, 6, 1), id="a day"),
        pytest.param("id", 1, id="the engine's own id"),
        pytest.param("sid", "0", id="the engine's own state"),
        pytest.param("kind", "case", id="our own kind"),
        pytest.param("$s", 1, id="a dollar name"),
        pytest.param("a.b", 1, id="a dotted name"),
        pytest.param("unheard_of", 1, id="an undeclared name"),
    ],
)
def test_what_is_not_declared_never_reaches_the_engine(field: str, value: object) -> None:
    with pytest.raises(FieldRefused) as refused:
        PROGRAM.verdicts({**COMPLETE, field: value})  # type: ignore[dict-item]  # the wrong type is the point
    assert "x" * 20 not in str(refused.value)


@pytest.mark.parametrize("limit", [0, 1, 2**53 - 1, 2**53])
def test_whole_numbers_are_exact_on_the_line_and_one_step_past(limit: int) -> None:
    program = LoadedProgram(waiting_program(limit))
    assert program.verdicts(waited(limit))["long-wait"] is Verdict.YES
    assert program.verdicts(waited(limit - 1))["long-wait"] is Verdict.NO
    program.close()


def test_one_and_nought_are_not_true_and_false_texts() -> None:
    assert PROGRAM.verdicts(waited(0, certified=1, grade="一级"))[OUTCOME] is Verdict.YES
    assert PROGRAM.verdicts(waited(0, certified=0, grade="一级"))[OUTCOME] is Verdict.NO
