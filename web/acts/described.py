"""What the description of a form is made of: fields in sections, and how the act is spoken of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cases.commands import AnyAct
from cases.plans import ServiceKind
from cases.wording import Wording
from web.acts.widgets import Widget


class Group(StrEnum):
    """Under which heading a case lists an act."""

    HELP = "help"
    PLACEMENT = "placement"
    DECIDING = "deciding"
    PAYMENT = "payment"
    RUNNING = "running"
    APPEALS = "appeals"
    MOVING = "moving"
    PAUSES = "pauses"
    CLOSING = "closing"
    PAPERS = "papers"

    @property
    def label(self) -> Wording:
        return GROUPS[self]


GROUPS: Mapping[Group, Wording] = MappingProxyType(
    {
        Group.HELP: Wording("帮扶服务", "Help"),
        Group.PLACEMENT: Wording("就业安置与回访", "Placement and follow-up"),
        Group.DECIDING: Wording("事实与认定", "Facts and determinations"),
        Group.PAYMENT: Wording("公示与拨付", "Public notice and payment"),
        Group.RUNNING: Wording("享受、停发与追回", "Running, stopping, recovery"),
        Group.APPEALS: Wording("复核与救济", "Reviews and appeals"),
        Group.MOVING: Wording("分派、移交与预约", "Assignment, transfer, appointments"),
        Group.PAUSES: Wording("暂停与恢复", "Pausing and resuming"),
        Group.CLOSING: Wording("退出与办结", "Leaving and closing"),
        Group.PAPERS: Wording("文书", "Papers"),
    }
)


@dataclass(frozen=True)
class Field:
    """`name` is its path in the act (`terms.pay_fen`).

    `when`: shown, and read, only where another field holds this value. `own`: not the act's, but the form's alone; how
    an act answers it. `needed_when`: when an optional field may not stay empty.
    """

    name: str
    label: Wording
    widget: Widget
    hint: Wording | None = None
    required: bool = True
    when: tuple[str, str] | None = None
    own: Callable[[Any], Any] | None = None
    needed_when: tuple[str, frozenset[str]] | None = None


@dataclass(frozen=True)
class Section:
    title: Wording | None
    fields: tuple[Field, ...]
    side_by_side: bool = False
    folded: Wording | None = None  # behind these words until it is opened


@dataclass(frozen=True)
class ActForm:
    """`save` is the button; `done` what is said once it is kept.

    `about`: the field that the address may fill in. `at`: by the code of a refusal, the field that it is about; what is
    about no field stands in the way of the act as a whole. `leaves`: it leaves the station or is hard to take back, so
    that what will happen is looked at once more. `plan`: the item of the plan whose progress is told after saving.
    """

    kind: str
    group: Group
    save: Wording
    done: Wording
    sections: tuple[Section, ...] = ()
    about: str = ""
    at: Mapping[str, str] = field(default_factory=dict)
    leaves: bool = False
    plan: ServiceKind | None = None

    @property
    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def named(self, name: str) -> Field | None:
        return next((each for each in self.fields if each.name == name), None)


def one_section(*fields: Field) -> tuple[Section, ...]:
    return (Section(None, fields),)


def plain(act: AnyAct, path: str) -> Any:  # noqa: ANN401 - a field of any type
    """The value at a path of an act."""
    value: Any = act
    for step in path.split("."):
        value = getattr(value, step)
    return value
