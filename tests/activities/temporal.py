"""A workflow server that is not there: it remembers what it was asked, and answers as a test wishes."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cases.hardship.case import HardshipCase


def rpc_error(status: RPCStatusCode) -> RPCError:
    return RPCError("away", status, b"")


@dataclass
class FakeServer:
    """`answer` is raised if it is an exception, else given; `failing` are cases whose workflow cannot be started."""

    answer: object = None
    failing: set[str] = field(default_factory=set)
    running: dict[str, HardshipCase] = field(default_factory=dict)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)

    @property
    def client(self) -> Client:
        return cast("Client", self)

    async def start_workflow(self, workflow: str, case: HardshipCase, **options: Any) -> None:
        self.asked.append(("start", options["id"], options))
        if case.id in self.failing:
            raise rpc_error(RPCStatusCode.UNAVAILABLE)
        self.running.setdefault(case.id, case)

    def get_workflow_handle(self, workflow_id: str) -> Any:
        async def update(name: str, command: object, **_: Any) -> object:
            return self._answer(name, workflow_id, command)

        async def signal(name: str, argument: object) -> None:
            self._answer(name, workflow_id, argument)

        return SimpleNamespace(execute_update=update, signal=signal)

    async def execute_update_with_start_workflow(self, name: str, command: object, **options: Any) -> object:
        return self._answer(f"{name} with start", options["id"], command)

    def _answer(self, name: str, workflow_id: str, argument: object) -> object:
        self.asked.append((name, workflow_id, argument))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer
