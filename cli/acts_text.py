"""The acts of a case as a terminal lists them: what each is, who may do it and when, and which fields it takes."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cases.case import CaseStage
from cases.commands import Acts, AnyAct
from cases.roles import Role
from cases.wording import Language, Wording

BY, DURING, FIELDS = Wording("办理人", "by"), Wording("阶段", "in"), Wording("字段", "fields")
REQUIRED, OPTIONAL = Wording("必填", "required"), Wording("可不填", "optional")
NO_FIELDS = Wording("没有字段，不需要文件", "no fields: it needs no file")
KINDS: Final[dict[object, Wording]] = {
    date: Wording("日期 2026-03-02", "a day 2026-03-02"),
    datetime: Wording("时刻 2026-03-02T09:00+08:00", "a time 2026-03-02T09:00+08:00"),
    bool: Wording("true 或 false", "true or false"),
    int: Wording("整数", "a whole number"),
    str: Wording("文字", "text"),
    object: Wording("事实的值", "the fact's value"),
}
LIST = Wording("列表", "a list")


@dataclass(frozen=True)
class FieldShown:
    name: str
    meaning: Wording
    required: bool


def fields_of(shape: type, prefix: str = "") -> Iterator[FieldShown]:
    """The fields of an act, those of a nested part behind its name and a dot."""
    hints = get_type_hints(shape)
    for field in fields(shape):
        kind = _plain(hints[field.name])
        if isinstance(kind, type) and is_dataclass(kind):
            yield from fields_of(kind, f"{prefix}{field.name}.")
        else:
            yield FieldShown(prefix + field.name, _meaning(kind), required=_required(field))


@dataclass(frozen=True)
class ActShown:
    kind: str
    title: Wording
    by: tuple[Role, ...]
    during: tuple[CaseStage, ...]
    fields: tuple[FieldShown, ...]


def act_shown(act: type[AnyAct]) -> ActShown:
    by = tuple(role for role in Role if role in act.BY)
    return ActShown(act.KIND, act.TITLE, by, _stages(act), tuple(fields_of(act)))


def all_acts(acts: Acts[Any], language: Language) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_header=False)
    for kind in acts.of_people:
        act = acts.known[kind]
        table.add_row(kind, act.TITLE.within(language), _roles(act, language))
    return table


def one_act(act: type[AnyAct], language: Language) -> RenderableType:
    stages = "、".join(stage.label.within(language) for stage in _stages(act))
    head = Text(f"{act.KIND}  {act.TITLE.within(language)}", style="bold")
    who = Text(f"{BY.within(language)}: {_roles(act, language)}\n{DURING.within(language)}: {stages}")
    found = list(fields_of(act))
    if not found:
        return Group(head, who, Text(NO_FIELDS.within(language)))
    table = Table(box=None, pad_edge=False, show_header=False)
    for field in found:
        needed = REQUIRED if field.required else OPTIONAL
        table.add_row(field.name, needed.within(language), field.meaning.within(language))
    return Group(head, who, Text(f"{FIELDS.within(language)}:"), table)


def _stages(act: type[AnyAct]) -> tuple[CaseStage, ...]:
    """In the order of its kind of case."""
    found: frozenset[CaseStage] = act.DURING
    return tuple(stage for stage in type(next(iter(found))) if stage in found)


def _roles(act: type[AnyAct], language: Language) -> str:
    return "、".join(role.label.within(language) for role in Role if role in act.BY)


def _required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _plain(hint: object) -> object:
    """What may stand there, once "or nothing" is left out."""
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


def _meaning(kind: object) -> Wording:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = ", ".join(kind)
        return Wording(members, members)
    return KINDS.get(kind, LIST)
