"""At the desk a refusal comes before anything is sent, and an answer that was given before is given again."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.desk import Desk, EngineAway, StillWorking
from activities.records import Records
from cases.commands import Command, Receipt, command
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.engine import RingAlarm
from cases.hardship.leaving import ApproveClosure, HandOver, Reopen
from cases.hardship.needing import OpenNeed
from cases.hardship.referring import RecordReferral
from cases.hardship.stages import Stage
from cases.refusals import Refused, refusal
from cases.roles import Role
from cases.steps import Step
from tests.activities.office import Office
from tests.activities.temporal import FakeServer, rpc_error

NEED = OpenNeed("孩子无人看管")


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


def desk(office: Office, server: FakeServer) -> Desk:
    return Desk(server.client, office.station.engine, office.station.keyring, office.station.policies)


async def refused(office: Office, server: FakeServer, wanted: Command, case_id: str = "") -> list[str]:
    with pytest.raises(Refused) as refused:
        await desk(office, server).submit(case_id or office.case.id, wanted, now=office.now)
    return [reason.code for reason in refused.value.refusals]


def asked(act: Act, actor: str = "caseworker-1", key: str = "") -> Command:
    return command(key or uuid4().hex, act, actor)


def write(office: Office, wanted: Command) -> Receipt:
    """What the workflow would write."""
    records = Records(office.station.engine, office.station.keyring, office.station.policies)
    done = records.commit_step(Step(office.case, f"{office.case.id}/act/{wanted.key}", wanted, office.now))
    assert done.receipt
    return done.receipt


async def test_an_act_that_may_be_done_is_sent_with_the_revision_it_was_judged_at(
    office: Office, server: FakeServer
) -> None:
    office.register()
    receipt = Receipt(office.case.id, "k", 9, Stage.DETERMINATION, None, office.now)
    server.answer = receipt
    wanted = asked(NEED, key="k")
    assert await desk(office, server).submit(office.case.id, wanted, now=office.now) == receipt
    sent = replace(wanted, judged_at_revision=office.case.revision)
    assert server.asked == [("act", office.case.id, sent)]


async def test_every_reason_is_told_before_anything_is_sent(office: Office, server: FakeServer) -> None:
    office.register()
    early = RecordReferral("vacancy-x", office.today - timedelta(days=1))
    wanted = replace(asked(early, "officer-1"), expected_revision=office.case.revision - 1)
    assert await refused(office, server, wanted) == [
        "not-your-role",
        "wrong-stage",
        "before-application",
        "unknown",
        "changed-meanwhile",
    ]
    assert server.asked == []


@pytest.mark.parametrize("what", ["孩子\0", "\ud800"])
async def test_what_the_record_cannot_keep_never_reaches_it(office: Office, server: FakeServer, what: str) -> None:
    """Its writer would try for ever, and the case stand still."""
    office.register()
    assert await refused(office, server, asked(OpenNeed(what))) == ["unwritable"]
    assert server.asked == []


async def test_nobody_acts_as_the_engine(office: Office, server: FakeServer) -> None:
    office.recognised()
    ring = RingAlarm("term", 50)
    assert await refused(office, server, asked(ring, Role.ENGINE)) == ["not-a-person"]
    assert await refused(office, server, asked(ring, "manager-1")) == ["not-your-role"]
    assert server.asked == []


async def test_a_case_that_is_not_there_is_said_so(office: Office, server: FakeServer) -> None:
    assert await refused(office, server, asked(NEED), "case-9") == ["no-such-case"]


async def test_a_command_that_was_done_is_answered_without_asking_again(office: Office, server: FakeServer) -> None:
    office.register()
    wanted = asked(NEED)
    first = write(office, wanted)
    assert await desk(office, server).submit(office.case.id, wanted, now=office.now) == first
    assert server.asked == []


async def test_what_was_done_is_answered_although_it_could_not_be_done_now(office: Office, server: FakeServer) -> None:
    office.register()
    wanted = asked(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    first = write(office, wanted)
    again = replace(wanted, expected_revision=0)
    assert await desk(office, server).submit(office.case.id, again, now=office.now) == first


async def test_a_key_that_was_used_for_another_act_is_refused(office: Office, server: FakeServer) -> None:
    office.register()
    write(office, asked(NEED, key="k"))
    assert await refused(office, server, asked(OpenNeed("另一项"), key="k")) == ["key-taken"]
    assert await refused(office, server, asked(NEED, "guide-1", key="k")) == ["key-taken"]


async def test_an_act_on_the_view_that_stands_is_sent(office: Office, server: FakeServer) -> None:
    office.register()
    await desk(office, server).submit(
        office.case.id, replace(asked(NEED), expected_revision=office.case.revision), now=office.now
    )
    assert len(server.asked) == 1


async def test_only_a_reopening_may_start_a_workflow(office: Office, server: FakeServer) -> None:
    office.recognised()
    office.does(HandOver("示例区残联", "托养服务"))
    office.does(ApproveClosure(), "supervisor-1")
    await desk(office, server).submit(office.case.id, asked(Reopen("再次失业")), now=office.now)
    assert [name for name, _, _ in server.asked] == ["act with start"]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        pytest.param(rpc_error(RPCStatusCode.NOT_FOUND), EngineAway, id="no workflow yet"),
        pytest.param(rpc_error(RPCStatusCode.RESOURCE_EXHAUSTED), EngineAway, id="too much in hand"),
        pytest.param(
            rpc_error(RPCStatusCode.UNAVAILABLE), StillWorking, id="a line that broke, perhaps after it arrived"
        ),
        pytest.param(rpc_error(RPCStatusCode.PERMISSION_DENIED), RPCError, id="a door that is shut"),
        pytest.param(WorkflowUpdateRPCTimeoutOrCancelledError(), StillWorking, id="no answer in time"),
        pytest.param(TimeoutError(), StillWorking, id="no answer at all"),
    ],
)
async def test_a_server_that_does_not_answer_is_said_in_words(
    office: Office, server: FakeServer, answer: Exception, raised: type[Exception]
) -> None:
    office.register()
    server.answer = answer
    with pytest.raises(raised) as said:
        await desk(office, server).submit(office.case.id, asked(NEED, key="k"), now=office.now)
    if isinstance(said.value, StillWorking):
        assert said.value.key == "k"


def refused_by_the_workflow() -> WorkflowUpdateFailedError:
    reason = refusal("paused", "本案已暂停。", "The case is paused.")
    return WorkflowUpdateFailedError(ApplicationError("Refused", reason, type="Refused", non_retryable=True))


async def test_what_the_workflow_refuses_is_refused(office: Office, server: FakeServer) -> None:
    office.register()
    server.answer = refused_by_the_workflow()
    assert await refused(office, server, asked(NEED)) == ["paused"]


async def test_a_refusal_of_what_was_written_meanwhile_is_its_receipt(office: Office) -> None:
    office.register()
    wanted = asked(NEED)

    class Quicker(FakeServer):
        def _answer(self, name: str, workflow_id: str, argument: object) -> object:
            self.asked.append((name, workflow_id, write(office, wanted)))
            raise refused_by_the_workflow()

    quicker = Quicker()
    receipt = await desk(office, quicker).submit(office.case.id, wanted, now=office.now)
    assert receipt == quicker.asked[0][2]


async def test_a_failure_that_is_no_refusal_is_not_hidden(office: Office, server: FakeServer) -> None:
    office.register()
    server.answer = WorkflowUpdateFailedError(ApplicationError("x", type="Broken"))
    with pytest.raises(WorkflowUpdateFailedError):
        await desk(office, server).submit(office.case.id, asked(NEED), now=office.now)
