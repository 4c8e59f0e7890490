"""The life of any case: one step after another, each a person's act, what time brings, or the engine's own work.

What a kind of case adds is its acts, and what is due when.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from workflows.putting_off import PutOffs

with workflow.unsafe.imports_passed_through():
    from activities.determining import Determining
    from activities.namespace import CASE_STAGE, DUE_DATE, STATION_CODE
    from activities.papers_desk import PapersDesk
    from activities.queues import papers_queue
    from activities.records import Records
    from activities.starting import shown
    from cases.acts import refusals
    from cases.any_case import OneCase
    from cases.case import CaseStage
    from cases.case_parts import PaperState
    from cases.clocks_due import first_due
    from cases.commands import Acts, AnyAct, Command, Receipt, body_of
    from cases.progress_of_any import Dated, papers_due
    from cases.refusals import Refused
    from cases.roles import Role
    from cases.steps import PaperMade, PaperStep, PolicyStep, Step, StepDone, changed_meanwhile

# A record that is away is waited for; a policy or a paper that cannot be had is put off, and the case goes on.
UNTIL_WRITTEN = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=30),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=30)),
)
A_FEW_TRIES = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=1),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_attempts=4),
)

C = TypeVar("C", bound=OneCase)


class Casework(Generic[C]):
    """Starts from a case as the record holds it: at intake, reopening, a phase's end and a rebuild alike."""

    CASE: ClassVar[type[Any]]
    ACTS: ClassVar[Acts[Any]]
    PASSING: ClassVar[frozenset[CaseStage]]  # stages of days, which end with the run that led to them
    KEEP_PAPER: ClassVar[type[Any]]  # the kind's own KeepPaper, and so on
    RECKON_ANEW: ClassVar[type[Any]]
    PUT_OFF: ClassVar[type[Any]]

    def __init__(self, seed: C) -> None:
        self.case = seed
        self.began_in = seed.stage
        self.inbox: deque[Command] = deque()
        self.answers: dict[str, StepDone] = {}
        self.calendars: deque[str] = deque()
        self.printing: set[str] = set()
        self.printed: deque[PaperMade] = deque()
        self.failed: deque[tuple[str, str]] = deque()  # what, and why not
        self.put_offs = PutOffs()
        self.timer: asyncio.Task[None] | None = None
        self.wakes_at: datetime | None = None

    def policies_due(self) -> Iterator[str]:
        """The policies to be determined now."""
        raise NotImplementedError

    def next_dated(self) -> Dated[Any] | None:
        """What time brings next."""
        raise NotImplementedError

    async def live(self) -> None:
        """Until the case is over, or its phase."""
        while not (self._over() and await self._idle()):
            await self._next_step()
            if self._phase_ended() and await self._idle():
                workflow.continue_as_new(self.case, search_attributes=shown(self.case))
            self._show()

    @workflow.update
    async def act(self, command: Command) -> Receipt:
        """Queue an act, and answer once its step is written."""
        if command.key not in self.answers:
            self.inbox.append(command)
            await workflow.wait_condition(lambda: command.key in self.answers)
        done = self.answers[command.key]
        if done.receipt is None:
            raise ApplicationError("Refused", *done.refusals, type="Refused", non_retryable=True)
        return done.receipt

    @act.validator
    def may_act(self, command: Command) -> None:
        """A refusal here leaves no trace, in the history or in the record."""
        if command.judged_at_revision is not None and command.judged_at_revision > self.case.revision:
            return  # the record is ahead by a step that was not reported yet: the writer judges, after it
        try:
            reasons = refusals(self.ACTS.act_of(command.kind, command.body), self.case)
        except Refused as refused:
            reasons = refused.refusals
        if command.expected_revision not in (None, self.case.revision):
            reasons = (*reasons, changed_meanwhile())
        if reasons:
            raise ApplicationError("Refused", *reasons, type="Refused", non_retryable=True)

    @workflow.signal
    def calendar_arrived(self, calendar: str) -> None:
        self.calendars.append(calendar)

    async def _next_step(self) -> None:
        if self.inbox:
            await self._answer(self.inbox.popleft())
        elif self.printed:
            made = self.printed.popleft()
            kept = self.KEEP_PAPER(made.paper, made.sha256, made.file_sha256, made.file_size)
            await self._engine(kept, "paper", made.paper)
            self.printing.discard(made.paper)
        elif self.failed:
            what, cause = self.failed.popleft()
            await self._engine(self.PUT_OFF(what, cause), self.PUT_OFF.KIND, what, cause)
        elif policy := next((p for p in self.policies_due() if self._may_try(p)), None):
            await self._determine(policy)
        elif self.calendars:
            calendar = self.calendars.popleft()
            await self._engine(self.RECKON_ANEW(calendar), "calendar", calendar)
        elif not self._start_printing():
            await self._wait()

    async def _wait(self) -> None:
        """Until something arrives, or the next thing comes that time brings."""
        dated, now = self.next_dated(), workflow.now()
        if dated and dated.at <= now:
            await self._engine(dated.act, *dated.key)
            return
        wakes = [*([dated.at] if dated else []), *self.put_offs.wakes(now)]
        self._wake_at(min(wakes, default=None), now)
        await workflow.wait_condition(lambda: self._something_arrived() or self._woken())

    def _wake_at(self, at: datetime | None, now: datetime) -> None:
        """One timer for the next thing that time brings; a step that does not change it leaves its timer running."""
        if at == self.wakes_at and not self._woken():
            return
        if self.timer:
            self.timer.cancel()
        self.wakes_at = at
        self.timer = asyncio.create_task(asyncio.sleep((at - now).total_seconds())) if at else None

    def _woken(self) -> bool:
        return self.timer is not None and self.timer.done()

    def _something_arrived(self) -> bool:
        return bool(self.inbox or self.printed or self.failed or self.calendars)

    async def _idle(self) -> bool:
        """Whether every handler has answered; what came meanwhile is done first."""
        await workflow.wait_condition(lambda: self._something_arrived() or workflow.all_handlers_finished())
        return not self._something_arrived()

    async def _answer(self, command: Command) -> None:
        done = await self._write(command, "act", command.key)
        self.answers[command.key] = done

    async def _engine(self, act: AnyAct, *key: str) -> None:
        """A step of the engine's own. Refused, it no longer stands, and the case is as it should be."""
        await self._write(Command("/".join(key), act.KIND, Role.ENGINE, body_of(act)), *key)

    async def _write(self, command: Command, *key: str) -> StepDone:
        step = Step(self.case, "/".join((self.case.id, *key)), command, workflow.now())
        done = await workflow.execute_activity_method(Records.commit_step, step, **UNTIL_WRITTEN)
        self.case = done.case_as(self.CASE)
        return done

    async def _determine(self, policy: str) -> None:
        key = "/".join((self.case.id, "determination", policy, str(self.case.facts_seen)))
        step = PolicyStep(self.case, key, policy, workflow.now())
        try:
            done = await workflow.execute_activity_method(Determining.determine, step, **A_FEW_TRIES)
        except ActivityError as error:
            self._put_off(policy, error)
            return
        if done.case.revision == step.case.revision:
            self.put_offs.put_off(policy, workflow.now())  # nothing was written: never ask again at once
        else:
            self.put_offs.done(policy)
        self.case = done.case_as(self.CASE)

    def _start_printing(self) -> bool:
        """Set every paper that is due to print, beside the steps of the case; say whether any was."""
        wanted = [p for p in papers_due(self.case) if p.id not in self.printing and self._may_try(p.id)]
        for paper in wanted:
            self.printing.add(paper.id)
            asyncio.create_task(self._print(paper))  # noqa: RUF006  # the workflow's own loop keeps its tasks
        return bool(wanted)

    async def _print(self, paper: PaperState) -> None:
        try:
            made = await workflow.execute_activity_method(
                PapersDesk.make_paper,
                PaperStep(self.case, paper),
                task_queue=papers_queue(workflow.info().task_queue),
                start_to_close_timeout=timedelta(minutes=2),
                retry_policy=A_FEW_TRIES["retry_policy"],
            )
        except ActivityError as error:
            self._put_off(paper.id, error)
            self.printing.discard(paper.id)
        else:
            self.put_offs.done(paper.id)
            self.printed.append(made)

    def _put_off(self, what: str, error: ActivityError) -> None:
        """Tried again later; and the first time, for each cause, a person is told."""
        cause = error.cause
        code = (cause.type if isinstance(cause, ApplicationError) else None) or type(cause).__name__
        self.put_offs.put_off(what, workflow.now())
        self.failed.append((what, code))
        workflow.logger.warning("Something could not be done; it is tried again later.")

    def _may_try(self, what: str) -> bool:
        return self.put_offs.may_try(what, workflow.now())

    def _over(self) -> bool:
        return self.case.closed and not self._something_arrived() and not any(papers_due(self.case))

    def _phase_ended(self) -> bool:
        """A run ends with its phase, so that none outlives the code it began with; and never with work in hand."""
        same = self.case.stage == self.began_in or self.case.stage in self.PASSING
        moved = not same or workflow.info().is_continue_as_new_suggested()
        due = (*(paper.id for paper in papers_due(self.case)), *self.policies_due())
        busy = self._something_arrived() or self.printing or any(map(self._may_try, due))
        return moved and not busy and not self._over()

    def _show(self) -> None:
        """What an operator may search by: codes and an instant, nothing about a person.

        A search entry costs the server more than a step. So what is due is shown anew only with the next stage, or when
        it comes sooner or has passed: it may be shown too early, never too late.
        """
        seen = workflow.info().typed_search_attributes
        due, seen_due = first_due(self.case), seen.get(DUE_DATE)
        as_it_is = (seen.get(CASE_STAGE), seen.get(STATION_CODE)) == (self.case.stage, self.case.station_id)
        soon_enough = due == seen_due or (due and seen_due and workflow.now() < seen_due <= due)
        if as_it_is and soon_enough:
            return
        updates = [CASE_STAGE.value_set(self.case.stage), STATION_CODE.value_set(self.case.station_id)]
        workflow.upsert_search_attributes([*updates, DUE_DATE.value_set(due) if due else DUE_DATE.value_unset()])
