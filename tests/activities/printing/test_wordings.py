from datetime import UTC, date, datetime

import pytest

from activities.printing.wordings import LABELS, hours, shown
from cases.authorities import Tag
from cases.contract_parts import HoursSystem, PayChannel, PayForm
from cases.hardship.stages import Outcome
from cases.papers import Leaf, leaves
from cases.parties import PayPeriod
from cases.plans import ServiceKind
from tests.paper_builders import EVERY_PAPER


@pytest.mark.parametrize("members", [HoursSystem, PayForm, PayChannel, PayPeriod, ServiceKind, Tag, Outcome])
def test_every_member_of_a_list_has_its_word(members: type) -> None:
    assert all(LABELS[member] for member in members)  # type: ignore[attr-defined]  # each is an enum


@pytest.mark.parametrize(
    ("leaf", "text"),
    [
        (Leaf("issued_on", date(2026, 3, 2)), "2026年3月2日"),
        (Leaf("talk_at", datetime(2026, 3, 4, 1, 5, tzinfo=UTC)), "2026年3月4日9时05分"),
        (Leaf("wages.monthly_fen", 268_050), "2,680.50"),
        (Leaf("wages.minimum.value", 233_000), "2,330.00"),
        (Leaf("minutes_per_day", 210), "3小时30分钟"),
        (Leaf("probation_months", 2), "2"),
        (Leaf("probation_months", 0), None),
        (Leaf("to_retirement", value=True), None),
        (Leaf("worker.name", "张𬭊"), "张𬭊"),
        (Leaf("outcome", Outcome.PLACED), "就业安置"),
    ],
    ids=lambda value: value.path if isinstance(value, Leaf) else "",
)
def test_how_a_value_reads(leaf: Leaf, text: str | None) -> None:
    assert shown(leaf) == text


@pytest.mark.parametrize(("minutes", "text"), [(30, "30分钟"), (60, "1小时"), (61, "1小时1分钟")])
def test_hours(minutes: int, text: str) -> None:
    assert hours(minutes) == text


def test_a_value_that_no_paper_can_show_is_an_error() -> None:
    with pytest.raises(TypeError, match="share"):
        shown(Leaf("share", 0.5))


def test_every_value_of_every_paper_can_be_shown() -> None:
    for paper in EVERY_PAPER.values():
        for leaf in leaves(paper):
            shown(leaf)
