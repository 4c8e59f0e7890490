"""A hardship case on the real server and a real record."""

from datetime import UTC, datetime

import pytest

from cases.days import day_of
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import RecordGuidance
from cases.hardship.stages import Stage
from cases.refusals import Refused
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]


def today() -> object:
    return day_of(datetime.now(UTC))


async def test_help_begins_when_an_officer_adopts_what_the_rules_concluded(office: Office) -> None:
    case_id = office.register()
    case = await office.until(case_id, lambda case: case.current(HARDSHIP) and case.current(DIFFICULTY))
    assert case.current(HARDSHIP).conclusion is Conclusion.GRANTED
    receipt = await office.does(case_id, AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    assert receipt.stage is Stage.HELP
    on = day_of(datetime.now(UTC))
    await office.does(case_id, RecordGuidance(on, "谈了择业方向", "guide-1"))
    await office.does(case_id, RecordReferral("vacancy-1", on))
    case = office.case(case_id)
    assert [c.name for c in case.referrals[0].conditions if not c.met] == []


async def test_an_act_out_of_place_is_refused_and_leaves_no_trace(office: Office) -> None:
    case_id = office.register()
    before = await office.until(case_id, lambda case: case.current(HARDSHIP) and case.current(DIFFICULTY))
    with pytest.raises(Refused) as refused:
        await office.does(case_id, RecordReferral("vacancy-1", day_of(datetime.now(UTC))))
    assert [reason.code for reason in refused.value.refusals] == ["wrong-stage"]
    assert office.case(case_id) == before


async def test_the_same_command_twice_has_one_effect(office: Office) -> None:
    case_id = office.register()
    await office.until(case_id, lambda case: case.current(HARDSHIP) and case.current(DIFFICULTY))
    first = await office.does(case_id, AdoptDetermination(f"{HARDSHIP}-1"), "officer-1", key="k")
    again = await office.does(case_id, AdoptDetermination(f"{HARDSHIP}-1"), "officer-1", key="k")
    assert again == first
