"""An act (办理动作): what a person, or the engine, does to a case. One frozen dataclass per kind and kind of case.

The page, the command line, the workflow's validator and the writing activity all ask the same object whether it may be
done and what becomes of the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from cases.case import Case, CaseStage
from cases.refusals import Refusal, refusal
from cases.roles import Role, any_of
from cases.setting import Setting
from cases.wording import Wording

C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=Setting)


@dataclass(frozen=True)
class Act(Generic[C, S]):
    """`refusals` needs the case alone (a workflow's validator can ask it); `objections` also asks the record."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    KIND: ClassVar[str]
    TITLE: ClassVar[Wording]
    BY: ClassVar[frozenset[Role]]
    DURING: ClassVar[frozenset[Any]]  # stages of the case's kind
    WHILE_PAUSED: ClassVar[bool] = False
    REGISTRY: ClassVar[dict[str, type[Any]]]  # the acts of one kind of case, by their kind

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.KIND and hasattr(cls, "REGISTRY"):  # what kinds of case share has no registry, a shared base no kind
            cls.REGISTRY[cls.KIND] = cls

    def station(self, case: C) -> str:
        """The station in which the actor needs the role."""
        return case.station_id

    def refusals(self, case: C) -> Iterator[Refusal]:
        yield from ()

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        yield from ()

    def apply(self, case: C, seen: S) -> C:
        raise NotImplementedError


def refusals(act: Act[C, S], case: C) -> tuple[Refusal, ...]:
    """Every reason, visible in the case itself, why this act cannot be done now."""
    return (*_out_of_place(act, case), *act.refusals(case))


def objections(act: Act[C, S], case: C, seen: S) -> tuple[Refusal, ...]:
    """Every reason, the record and the actor's roles included."""
    return (*_not_theirs(act, seen), *refusals(act, case), *act.objections(case, seen))


def _out_of_place(act: Act[C, S], case: C) -> Iterator[Refusal]:
    if case.stage not in act.DURING:
        stages: list[CaseStage] = [stage for stage in type(case.stage) if stage in act.DURING]
        zh = "、".join(stage.label.zh for stage in stages)
        en = ", ".join(stage.label.en for stage in stages)
        yield refusal(
            "wrong-stage",
            f"“{act.TITLE.zh}”只能在以下阶段办理：{zh}；本案现处于“{case.stage.label.zh}”阶段。",
            f"“{act.TITLE.en}” belongs to {'the stage' if len(act.DURING) == 1 else 'the stages'} {en}; "
            f"this case is in the stage {case.stage.label.en}.",
        )
    elif case.paused and not act.WHILE_PAUSED:
        yield refusal("paused", "本案已暂停，请先恢复办理。", "The case is paused: resume it first.")


def _not_theirs(act: Act[C, S], seen: S) -> Iterator[Refusal]:
    if not act.BY & seen.roles:
        needed = any_of(act.BY)
        yield refusal(
            "not-your-role",
            f"“{act.TITLE.zh}”须由本站的{needed.zh}办理；{seen.actor}在本站没有该角色。",
            f"“{act.TITLE.en}” is for the {needed.en} of this station; {seen.actor} holds no such role here.",
        )


def blank(field: str, text: str) -> Iterator[Refusal]:
    """A text that proves something must say something."""
    if not text.strip():
        yield refusal("blank", f"请填写“{field}”。", f"Fill in “{field}”: it may not be blank.")


def unknown(what: Wording, value: str) -> Refusal:
    return refusal("unknown", f"没有{what.zh}{value}。", f"There is no {what.en} {value}.")


def in_future(field: str, day: object, today: object) -> Refusal:
    return refusal("future", f"“{field}”{day}晚于今天{today}。", f"“{field}” {day} lies after today, {today}.")
