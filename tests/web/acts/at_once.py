"""A workflow server that writes what it is sent at once, as a Temporal worker would in the end."""

from types import SimpleNamespace
from typing import Any, cast

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from activities.bootstrap import Station
from activities.records import Records
from cases.commands import Command, Receipt
from cases.steps import Step
from store.cases import load_any
from store.engine import read
from tests.web.counter import Counter, Hands


class AtOnce:
    def __init__(self, station: Station, hands: Hands) -> None:
        self.station, self.hands, self.sent = station, hands, list[Command]()

    def get_workflow_handle(self, workflow_id: str) -> Any:
        async def update(_: str, command: Command, **__: Any) -> Receipt:
            return self._write(workflow_id, command)

        return SimpleNamespace(execute_update=update)

    async def execute_update_with_start_workflow(self, _: str, command: Command, **options: Any) -> Receipt:
        return self._write(options["start_workflow_operation"]._start_workflow_input.id, command)

    def _write(self, case_id: str, command: Command) -> Receipt:
        self.sent.append(command)
        station = self.station
        with read(station.engine) as connection:
            case = load_any(connection, case_id)
        records = Records(station.engine, station.keyring, station.policies)
        done = records.commit_step(Step(case, f"{case_id}/act/{command.key}", command, self.hands()))
        if done.receipt is None:
            raise WorkflowUpdateFailedError(ApplicationError("Refused", *done.refusals, type="Refused"))
        return done.receipt


def answers_at_once(counter: Counter) -> AtOnce:
    """From now on the counter's acts are written as soon as they are sent."""
    server = AtOnce(counter.office.station, counter.hands)
    counter.office._client = cast("Client", server)
    return server
