"""Sending an act: kept before it goes out, so that neither a late answer nor a server that dies loses it.

What was sent lies as a draft at an address of its own until it is answered; whoever finds it there (the page, or
`web.settling`) sends it again under its key, which does it once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import uuid4

import structlog
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from activities.desk import look
from cases.commands import AnyAct, Command, Receipt, command
from cases.failures import Failed
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.steps import changed_meanwhile
from store.drafts import Draft, NewDraft, drop_draft, keep_draft
from store.engine import read, write
from store.since import happened_since, revision_of
from store.tables.access import DraftState
from store.training import time_of_case
from web.case.homes import home_of
from web.csrf import FIELD as TOKEN
from web.forms import KEY, REVISION, Form
from web.office import Office
from web.visit import Visit

log = structlog.get_logger(__name__)

# What a draft that was sent holds beside the fields of its form.
KIND, BODY, FORM = "sent-kind", "sent-body", "sent-form"
TRIES: Final = 3
_CHANGED: Final = changed_meanwhile().code
_WENT_WRONG: Final = refusal(
    "went-wrong",
    "系统出错，没有办成，已记录。请重新提交；仍不行的，请联系管理员。",
    "Something went wrong on our side; it was not done, and was logged. Send it again, or tell the administrator.",
)


@dataclass(frozen=True)
class Done:
    """Written: only now may "saved" be said."""

    receipt: Receipt


@dataclass(frozen=True)
class Late:
    """Sent, and not answered yet; it settles by itself."""

    key: str


@dataclass(frozen=True)
class Declined:
    """Not done, and nothing was changed."""

    refusals: tuple[Refusal, ...]

    @property
    def changed(self) -> bool:
        """Whether somebody else was first."""
        return any(reason.code == _CHANGED for reason in self.refusals)


Sent: TypeAlias = Done | Late | Declined


async def send(
    visit: Visit, case_id: str, act: AnyAct, *, form: Form, actor: str | None = None, address: str | None = None
) -> Sent:
    """Have an act done. `address`: its form's, whose draft goes once it is done. Declined, the form gets a new key."""
    by, address = actor or visit.me.owner, address or visit.path
    for _ in range(TRIES):
        wanted = await run_in_threadpool(_wanted, visit, case_id, act, by, form)
        sent = await _sent_once(visit, home_of(case_id, act), wanted, form, address)
        if isinstance(sent, Declined):
            form.key = uuid4().hex  # the old one may be used up
            if sent.changed and await run_in_threadpool(_only_the_engine, visit.office, case_id, form):
                continue
        return sent
    return sent


async def submit(office: Office, case_id: str, wanted: Command, now: datetime) -> Sent:
    """One try; whoever calls it keeps what was sent until it is answered."""
    try:
        async with asyncio.timeout(2 * office.patience.total_seconds()):
            desk = await office.desk()
            return Done(await desk.submit(case_id, wanted, now=now))
    except Refused as refused:
        return Declined(refused.refusals)
    except WorkflowUpdateFailedError:
        log.exception("An act failed in its workflow.", case=case_id, kind=wanted.kind)
        return Declined((_WENT_WRONG,))
    except (Failed, RPCError, TimeoutError) as late:
        log.warning("An act is not answered yet.", case=case_id, kind=wanted.kind, cause=type(late).__name__)
        return Late(wanted.key)


def sent_address(home: str, key: str) -> str:
    """`home`: the address of the case."""
    return f"{home}/sent/{key}"


def sent_command(draft: Draft) -> tuple[str, Command]:
    """The command of a draft that was sent, and its case."""
    case_id = draft.form.split("/")[2]
    revision = _first(draft.fields, REVISION)
    wanted = Command(
        key=_first(draft.fields, KEY),
        kind=_first(draft.fields, KIND),
        actor=draft.owner,
        body=_first(draft.fields, BODY),
        expected_revision=int(revision) if revision.isdecimal() else None,
    )
    return case_id, wanted


def current_revision(connection: Connection, case_id: str, seen: int | None) -> int | None:
    """The revision to expect: what was seen, or the case's own where only the engine has acted since."""
    if seen is None or all(step.actor == Role.ENGINE for step in happened_since(connection, case_id, seen)):
        return revision_of(connection, case_id)
    return seen


async def _sent_once(visit: Visit, home: str, wanted: Command, form: Form, address: str) -> Sent:
    office, case_id = visit.office, home.rpartition("/")[2]
    try:
        now, finished = await run_in_threadpool(_looked, visit, case_id, wanted)
    except Refused as refused:
        return Declined(refused.refusals)
    if finished is None:
        await run_in_threadpool(_keep, visit, home, wanted, form, address)
        sent = await submit(office, case_id, wanted, now)
    else:
        sent = Done(finished)
    if not isinstance(sent, Late):
        await run_in_threadpool(_drop, visit, wanted, sent_address(home, wanted.key))
    if not isinstance(sent, Declined):
        await run_in_threadpool(_drop, visit, wanted, address)
    return sent


def _wanted(visit: Visit, case_id: str, act: AnyAct, by: str, form: Form) -> Command:
    with visit.reading() as connection:
        return command(form.key, act, by, current_revision(connection, case_id, form.revision))


def _looked(visit: Visit, case_id: str, wanted: Command) -> tuple[datetime, Receipt | None]:
    """Every reason against it is told although the workflow server may be away."""
    station = visit.office.station
    with visit.reading() as connection:
        now = time_of_case(connection, case_id, visit.now)
    return now, look(station.engine, station.keyring, station.policies, case_id, wanted, now)[0]


def _only_the_engine(office: Office, case_id: str, form: Form) -> bool:
    if form.revision is None:
        return True
    with read(office.station.engine) as connection:
        return current_revision(connection, case_id, form.revision) != form.revision


def _keep(visit: Visit, home: str, wanted: Command, form: Form, address: str) -> None:
    typed = {name: tuple(values) for name, values in form.values.items() if name != TOKEN}
    own: dict[str, tuple[str, ...]] = {
        KEY: (wanted.key,),
        REVISION: ("" if wanted.expected_revision is None else str(wanted.expected_revision),),
        KIND: (wanted.kind,),
        BODY: (wanted.body,),
        FORM: (address,),
    }
    kept = NewDraft(wanted.actor, sent_address(home, wanted.key), typed | own, state=DraftState.SENT)
    with visit.writing() as connection:
        keep_draft(connection, visit.office.station.keyring, kept, visit.now)


def _drop(visit: Visit, wanted: Command, address: str) -> None:
    with write(visit.office.station.engine) as connection:
        drop_draft(connection, wanted.actor, address)


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")
