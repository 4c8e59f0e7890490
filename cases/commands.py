"""A command (指令): one act, asked for by one person, under a key that makes a second sending harmless."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from cases.canonical import Json, canonical, from_canonical
from cases.case import CaseStage
from cases.case_kinds import CaseKind
from cases.field_errors import misread
from cases.hardship.acts import Act
from cases.hardship.progress import ACTS
from cases.hardship.stages import Stage
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.subsidy.acts import Act as SubsidyAct
from cases.subsidy.progress import ACTS as OF_SUBSIDIES
from cases.subsidy.stages import Stage as SubsidyStage
from cases.wording import Wording

AnyAct: TypeAlias = Act | SubsidyAct
A = TypeVar("A", Act, SubsidyAct)


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
    """What a command came to; the same key always gets the same receipt. `kind` says whose stages and outcomes."""

    case_id: str
    key: str
    revision: int
    stage: str
    outcome: str | None
    at: datetime
    kind: CaseKind = CaseKind.HARDSHIP

    @property
    def stage_label(self) -> Wording:
        stage: CaseStage = Stage(self.stage) if self.kind is CaseKind.HARDSHIP else SubsidyStage(self.stage)
        return stage.label


class Acts(Generic[A]):
    """The acts of one kind of case, and how they are written down."""

    def __init__(self, known: Mapping[str, type[A]]) -> None:
        self.known: Mapping[str, type[A]] = known
        # The kinds that a person may ask for, and not the engine alone.
        self.of_people = tuple(sorted(kind for kind, act in known.items() if act.BY - {Role.ENGINE}))

    def act_of(self, kind: str, body: str) -> A:
        """The act a command names. Raises Refused, naming every field that is wrong."""
        fields = from_canonical(body)
        if not isinstance(fields, Mapping):
            raise Refused((refusal("bad-body", "指令内容须为键值。", "The body of a command is a mapping of fields."),))
        return self.read_act(kind, fields)

    def read_act(self, kind: str, fields: Mapping[str, Any]) -> A:
        """The act written down as plain fields: a YAML file's, a form's."""
        if kind not in self.known:
            raise Refused((self.no_such_act(kind),))
        try:
            found: A = _adapter(self.known[kind]).validate_python(dict(fields))
        except ValidationError as error:
            raise Refused(tuple(misread(kind, problem) for problem in error.errors(include_input=False))) from None
        return found

    def no_such_act(self, kind: str) -> Refusal:
        known = ", ".join(self.of_people)
        return refusal(
            "no-such-act", f"没有“{kind}”这种办理动作；可用：{known}。", f"There is no act {kind}; known: {known}."
        )


# NUL, which PostgreSQL keeps in no text, and halves of characters, which nothing keeps.
_UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")


def unwritable(value: Json) -> bool:
    """Whether something in it cannot be kept: a case would stand still over it, as its writer never gives up."""
    match value:
        case str():
            return _UNWRITABLE.search(value) is not None
        case Mapping():
            return any(map(unwritable, (*value.keys(), *value.values())))
        case list():
            return any(map(unwritable, value))
        case _:
            return False


HARDSHIP_ACTS: Final = Acts(ACTS)
SUBSIDY_ACTS: Final = Acts(OF_SUBSIDIES)
_BY_KIND: Final[Mapping[CaseKind, Acts[Any]]] = {
    CaseKind.HARDSHIP: HARDSHIP_ACTS,
    CaseKind.SUBSIDY: SUBSIDY_ACTS,
}
OF_PEOPLE: Final = HARDSHIP_ACTS.of_people
act_of: Final = HARDSHIP_ACTS.act_of
read_act: Final = HARDSHIP_ACTS.read_act
no_such_act: Final = HARDSHIP_ACTS.no_such_act


def acts_of_kind(kind: CaseKind) -> Acts[Any]:
    return _BY_KIND[kind]


def command(key: str, act: AnyAct, actor: str, expected_revision: int | None = None) -> Command:
    return Command(key, act.KIND, actor, body_of(act), expected_revision)


def body_of(act: AnyAct) -> str:
    fields: Json = _adapter(type(act)).dump_python(act, mode="json")
    return canonical(fields)


def warm_up() -> None:
    """Build what reads each act, before the first one comes: a workflow task may compute for two seconds only."""
    for act in (*ACTS.values(), *OF_SUBSIDIES.values()):
        _adapter(act)


_ADAPTERS: Final[dict[str, TypeAdapter[Any]]] = {}


def _adapter(act: type[object]) -> TypeAdapter[Any]:
    name = f"{act.__module__}.{act.__qualname__}"
    if name not in _ADAPTERS:
        _ADAPTERS[name] = TypeAdapter(act)
    return _ADAPTERS[name]
