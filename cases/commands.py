"""A command (指令): one act, asked for by one person, under a key that makes a second sending harmless."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from cases.canonical import Json, canonical, from_canonical
from cases.field_errors import misread
from cases.hardship.acts import Act
from cases.hardship.progress import ACTS
from cases.hardship.stages import Outcome, Stage
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role

# The kinds of act that a person may ask for, and not the engine alone.
OF_PEOPLE: Final = tuple(sorted(kind for kind, act in ACTS.items() if act.BY - {Role.ENGINE}))


@dataclass(frozen=True)
class Command:
    """`body` is canonical JSON of the act's fields. `expected_revision` refuses a command made on an old view.

    `judged_at_revision`: the record's, when the desk let the command pass.
    """

    key: str
    kind: str
    actor: str
    body: str
    expected_revision: int | None = None
    judged_at_revision: int | None = None


@dataclass(frozen=True)
class Receipt:
    """What a command came to; the same key always gets the same receipt."""

    case_id: str
    key: str
    revision: int
    stage: Stage
    outcome: Outcome | None
    at: datetime


def command(key: str, act: Act, actor: str, expected_revision: int | None = None) -> Command:
    return Command(key, act.KIND, actor, body_of(act), expected_revision)


def body_of(act: Act) -> str:
    fields: Json = _adapter(act.KIND).dump_python(act, mode="json")
    return canonical(fields)


def act_of(kind: str, body: str) -> Act:
    """The act a command names. Raises Refused, naming every field that is wrong."""
    fields = from_canonical(body)
    if not isinstance(fields, Mapping):
        raise Refused((refusal("bad-body", "指令内容须为键值。", "The body of a command is a mapping of fields."),))
    return read_act(kind, fields)


def read_act(kind: str, fields: Mapping[str, Any]) -> Act:
    """The act written down as plain fields: a YAML file's, a form's."""
    if kind not in ACTS:
        raise Refused((no_such_act(kind),))
    try:
        return _adapter(kind).validate_python(dict(fields))
    except ValidationError as error:
        raise Refused(tuple(misread(kind, problem) for problem in error.errors(include_input=False))) from None


def no_such_act(kind: str) -> Refusal:
    known = ", ".join(OF_PEOPLE)
    return refusal(
        "no-such-act", f"没有“{kind}”这种办理动作；可用：{known}。", f"There is no act {kind}; known: {known}."
    )


def warm_up() -> None:
    """Build what reads each act, before the first one comes: a workflow task may compute for two seconds only."""
    for kind in ACTS:
        _adapter(kind)


@cache
def _adapter(kind: str) -> TypeAdapter[Act]:
    return TypeAdapter(ACTS[kind])
