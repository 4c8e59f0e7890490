"""Many acts at once: whoever has no workflow yet refuses, and whoever does not answer is named after all others."""

import asyncio
from datetime import datetime
from typing import Final, cast

import pytest

from activities.desk import Desk, EngineAway, NotBegun, StillWorking
from activities.errands import Answer, Errand, Unanswered, through_desk
from cases.commands import Command, Receipt, command
from cases.refusals import Refused, refusal
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.stages import Stage
from tests.builders import OPENED_AT

NO: Final = Refused((refusal("wrong-stage", "不在该阶段", "another stage"),))


class FakeDesk:
    """Answers each case as it is told to, and does the act where it is told nothing."""

    def __init__(self, **failing: Exception) -> None:
        self.failing = failing
        self.done: list[str] = []

    async def submit(self, case_id: str, command: Command, *, now: datetime) -> Receipt:
        await asyncio.sleep(0)
        if case_id in self.failing:
            raise self.failing[case_id]
        self.done.append(case_id)
        return Receipt(case_id, command.key, 1, Stage.NOTICE, None, now)


def done_by(desk: FakeDesk, *cases: str) -> list[Answer]:
    errands = [Errand(case, command("key", PublishNotice("list"), "officer-1")) for case in cases]
    with asyncio.Runner() as runner:
        return list(through_desk(cast("Desk", desk), runner, OPENED_AT)(errands))


def test_a_case_without_a_workflow_refuses_and_the_others_are_done() -> None:
    desk = FakeDesk(b=NotBegun("key"), c=NO)
    answers = done_by(desk, "a", "b", "c", "d")
    assert desk.done == ["a", "d"]
    codes = [[why.code for why in each.refusals] if isinstance(each, Refused) else [] for each in answers]
    assert codes == [[], ["workflow-not-begun"], ["wrong-stage"], []]


@pytest.mark.parametrize("late", [StillWorking("key"), EngineAway("key")], ids=["still working", "engine away"])
def test_who_does_not_answer_is_named_once_all_others_are_done(late: Exception) -> None:
    desk = FakeDesk(b=late)
    with pytest.raises(Unanswered) as said:
        done_by(desk, "a", "b", "c")
    assert (said.value.cases, desk.done) == (("b",), ["a", "c"])
    assert "b" in said.value.wording.zh
    assert "b" in said.value.wording.en


def test_what_nobody_foresaw_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        done_by(FakeDesk(a=StillWorking("key"), b=ZeroDivisionError()), "a", "b")
