"""A command carries one act as canonical text, and whatever is wrong with its fields is named."""

from random import Random
from typing import Any

import pytest

from cases.canonical import canonical, from_canonical
from cases.commands import act_of, body_of, command, read_act
from cases.determinations import Conclusion
from cases.hardship.determining import DeterminationMade
from cases.hardship.engine import KeepPaper, ReckonAnew, RingAlarm
from cases.hardship.leaving import ApproveClosure
from cases.hardship.serving import RecordGuidance
from cases.refusals import Refused
from tests.builders import OPENED_AT
from tests.cases.hardship.lives import followed_up
from tests.cases.hardship.random_acts import FIELDS, a_random_act

BY_THE_ENGINE = (
    DeterminationMade("hardship-worker", Conclusion.GRANTED, 3),
    RingAlarm("term", 50),
    KeepPaper("paper-1", "a" * 64, "b" * 64, 1),
    ReckonAnew("hash"),
)
GUIDANCE = {"held_on": "2026-03-02", "content": "谈了择业方向", "guide": "guide-1"}


def codes(kind: str, fields: dict[str, Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_act(kind, fields)
    return [reason.code for reason in refused.value.refusals]


@pytest.mark.parametrize("kind", FIELDS)
def test_an_act_comes_back_as_it_was_sent(kind: str) -> None:
    case = followed_up().case
    for number in range(10):
        act = a_random_act(Random(number), kind, case, OPENED_AT.date())  # noqa: S311  # dice, not keys
        body = body_of(act)
        assert act_of(kind, body) == act
        assert body == canonical(from_canonical(body))


@pytest.mark.parametrize("act", BY_THE_ENGINE, ids=lambda act: act.KIND)
def test_so_does_the_engines_own(act: Any) -> None:
    assert act_of(act.KIND, body_of(act)) == act


def test_a_command_names_act_actor_and_the_view_it_was_made_on() -> None:
    made = command("k", ApproveClosure(), "supervisor-1", 7)
    assert (made.key, made.kind, made.actor, made.body, made.expected_revision) == (
        "k",
        "approve-closure",
        "supervisor-1",
        "{}",
        7,
    )


def test_plain_fields_are_read_as_what_they_are_for() -> None:
    assert read_act("record-guidance", GUIDANCE) == RecordGuidance(OPENED_AT.date(), "谈了择业方向", "guide-1")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"held_on": "yesterday"}, ["field:held_on"]),
        ({"held_on": "2026-02-30"}, ["field:held_on"]),
        ({"guide": 1}, ["field:guide"]),
        ({"guest": "x"}, ["field:guest"]),
        ({"held_on": None, "content": None}, ["field:held_on", "field:content"]),
    ],
)
def test_every_wrong_field_is_named(changes: dict[str, Any], found: list[str]) -> None:
    assert codes("record-guidance", GUIDANCE | changes) == found


def test_a_missing_field_is_named() -> None:
    assert codes("record-guidance", {"content": "x"}) == ["field:held_on", "field:guide"]


def test_a_wrong_value_is_not_repeated() -> None:
    with pytest.raises(Refused) as refused:
        read_act("record-guidance", GUIDANCE | {"held_on": "13877712345"})
    [reason] = refused.value.refusals
    assert "13877712345" not in reason.wording.zh + reason.wording.en + str(refused.value)


def test_an_act_that_nobody_knows_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(Refused) as refused:
        read_act("dance", {})
    [reason] = refused.value.refusals
    assert reason.code == "no-such-act"
    assert "record-guidance" in reason.wording.en
    assert "ring-alarm" not in reason.wording.en, "nobody types what the engine does"


@pytest.mark.parametrize("body", ["[]", '"x"', "3", "null"])
def test_the_body_of_a_command_is_made_of_fields(body: str) -> None:
    with pytest.raises(Refused, match="bad-body"):
        act_of("approve-closure", body)
