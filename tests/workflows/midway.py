"""Cases led into every stage and left there, each with what is done to it next."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import uuid4

from activities.desk import EngineAway, StillWorking
from cases.commands import Receipt
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import ApproveClosure, AskReview, HandOver, ProposeExit
from cases.hardship.moving import AcceptTransfer, MakeAppointment, Pause, ProposeTransfer, Resume
from cases.hardship.needing import OpenNeed, SettleNeed
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.progress import next_dated, papers_due, policies_due
from cases.hardship.referring import DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance
from cases.hardship.stages import ExitReason, ReferralOutcome, Stage
from tests.faults.lives import CASEWORKER, GUIDE, OFFICER, SUPERVISOR, TERMS, a_worker, known_facts
from tests.workflows.office import Office

Did: TypeAlias = tuple[Act, str]  # the act, and who does it

PATIENCE_S, LOOK_AGAIN_S = 120, 0.5
NOW = datetime.now(UTC)
TODAY = day_of(NOW)
ADOPT: Did = (AdoptDetermination(f"{HARDSHIP}-1"), OFFICER)
GUIDE_HIM: Did = (RecordGuidance(TODAY, "谈了择业方向", "guide-1"), GUIDE)
REFER: Did = (RecordReferral("vacancy-1", TODAY), CASEWORKER)


@dataclass(frozen=True)
class Midway:
    """What was done so far, what is done next, and the stage it leads to."""

    done: tuple[Did, ...]
    next: Did
    then: Stage


MIDWAY = {
    "undecided": Midway((), ADOPT, Stage.HELP),
    "recognised": Midway((ADOPT, (AdoptDetermination(f"{DIFFICULTY}-1"), OFFICER)), GUIDE_HIM, Stage.HELP),
    "with a need": Midway(
        (ADOPT, GUIDE_HIM, (OpenNeed("孩子无人看管"), CASEWORKER)),
        (SettleNeed("need-1", solved=True), CASEWORKER),
        Stage.HELP,
    ),
    "referred": Midway(
        (ADOPT, REFER, (DeliverReferral("referral-1", TODAY, "当面送达"), CASEWORKER)),
        (RecordReferralOutcome("referral-1", ReferralOutcome.NOT_HIRED, TODAY), CASEWORKER),
        Stage.HELP,
    ),
    "in training": Midway(
        (ADOPT, (EnrolTraining("course-1", TODAY), CASEWORKER)),
        (RecordAttendance("training-1", 8), CASEWORKER),
        Stage.HELP,
    ),
    "paused": Midway(
        (ADOPT, GUIDE_HIM, (Pause("ill", "住院"), CASEWORKER)), (Resume("已出院"), CASEWORKER), Stage.HELP
    ),
    "in transfer": Midway(
        (
            ADOPT,
            (MakeAppointment(NOW + timedelta(days=2), CASEWORKER, "面谈"), CASEWORKER),
            (ProposeTransfer("station-2", "本人搬家"), CASEWORKER),
        ),
        (AcceptTransfer("caseworker-2"), "caseworker-2"),
        Stage.HELP,
    ),
    "placed": Midway(
        (ADOPT, (RecordPlacement("employer-1", TODAY - timedelta(days=40), TERMS), CASEWORKER)),
        (RecordFollowUp("follow-up-1", TODAY - timedelta(days=10), still_employed=True, content="在岗"), CASEWORKER),
        Stage.FOLLOW_UP,
    ),
    "told of an exit": Midway(
        (ADOPT, (ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人书面申请"), CASEWORKER)),
        (AskReview("想继续接受帮扶"), CASEWORKER),
        Stage.EXIT_NOTICE,
    ),
    "handed over": Midway(
        (ADOPT, (HandOver("示例区民政局", "社会救助"), CASEWORKER)), (ApproveClosure(), SUPERVISOR), Stage.CLOSED
    ),
}


async def lead(office: Office, ordinal: int, midway: Midway) -> str:
    """A case of its own, opened fifty days ago, led so far; its id."""
    opened_at = NOW - timedelta(days=50)
    facts = known_facts(TODAY, in_work=False)
    case_id = office.register(at=opened_at, worker=a_worker(ordinal), facts=facts)
    await until_settled(office, case_id)
    for did in midway.done:
        await have_done(office, case_id, did)
    await until_settled(office, case_id)
    return case_id


async def have_done(office: Office, case_id: str, did: Did) -> Receipt:
    """Asks again under the same key while a busy machine has not answered."""
    (act, actor), key = did, uuid4().hex
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with suppress(StillWorking, EngineAway):
                return await office.does(case_id, act, actor, key)
            await asyncio.sleep(LOOK_AGAIN_S)


async def until_settled(office: Office, case_id: str) -> HardshipCase:
    """Looks now and then only: many cases are led at once, in the process that also works on them."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            await asyncio.sleep(LOOK_AGAIN_S)
            if settled(case := office.case(case_id)):
                return case


def settled(case: HardshipCase) -> bool:
    """Whether the engine has determined, printed and rung all that is due."""
    dated = next_dated(case)
    late = dated is not None and dated.at <= datetime.now(UTC)
    return not (late or any(policies_due(case)) or any(papers_due(case)))
