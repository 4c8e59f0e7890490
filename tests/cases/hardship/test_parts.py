"""The parts of a case are found by their id, and lie in one order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cases.hardship.case import NeedState
from cases.parts import find, in_order, numbered, put

DAY = date(2026, 3, 2)


def needs(*ids: str) -> tuple[NeedState, ...]:
    return tuple(NeedState(need_id, DAY) for need_id in ids)


def ids(parts: tuple[NeedState, ...]) -> list[str]:
    return [part.id for part in parts]


def test_a_part_is_found_by_its_whole_id() -> None:
    parts = needs("need-1", "need-10")
    assert find(parts, "need-10") is parts[1]
    assert find(parts, "need-100") is None


def test_a_changed_part_takes_its_place_and_a_new_one_the_end() -> None:
    changed = NeedState("need-1", DAY, solved=True)
    assert put(needs("need-1", "need-2"), changed) == (changed, *needs("need-2"))
    assert ids(put(needs("need-1"), NeedState("need-2", DAY))) == ["need-1", "need-2"]


def test_ids_are_numbered_as_parts_are_made() -> None:
    assert numbered("need", needs()) == "need-1"
    assert numbered("need", needs("need-1", "need-2")) == "need-3"


def test_the_tenth_comes_after_the_ninth() -> None:
    made = [f"need-{number}" for number in range(1, 13)]
    assert ids(in_order(needs(*sorted(made)))) == made


def test_parts_without_a_number_come_first_by_their_id() -> None:
    parts = needs("outcome/referral-1", "term", "follow-up/follow-up-1", "first-contact", "item/guidance")
    assert ids(in_order(parts)) == [
        "first-contact",
        "item/guidance",
        "term",
        "follow-up/follow-up-1",
        "outcome/referral-1",
    ]


@given(st.permutations(["a-1", "b-1", "a-2", "term", "item/x-y", "a-10", "b-0"]))
def test_the_order_is_told_from_the_ids_alone(shuffled: list[str]) -> None:
    assert ids(in_order(needs(*shuffled))) == ["b-0", "item/x-y", "term", "a-1", "b-1", "a-2", "a-10"]
