"""What travels between a case's workflow and its activities: one value in, one value out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from pydantic import TypeAdapter

from cases.any_case import AnyCase
from cases.case import Case
from cases.case_parts import PaperState
from cases.commands import Command, Receipt
from cases.refusals import Refusal, refusal

C = TypeVar("C", bound=Case)

REFUSALS: Final = TypeAdapter(tuple[Refusal, ...])


@dataclass(frozen=True)
class Step:
    """One command to be written. `at` is business time, from the workflow's clock; `key` is the step's for ever."""

    case: AnyCase
    key: str
    command: Command
    at: datetime


@dataclass(frozen=True)
class StepDone:
    """The case as the record now holds it, and the receipt; or why nothing was written.

    `leaf`: what the step left in the decision log, in hex. The workflow engine keeps it out of the database's reach.
    """

    case: AnyCase
    receipt: Receipt | None = None
    refusals: tuple[Refusal, ...] = ()
    leaf: str | None = None

    def case_as(self, kind: type[C]) -> C:
        """The case, whose kind the caller knows: a step never changes it."""
        if not isinstance(self.case, kind):
            raise TypeError(f"{self.case.id} is no {kind.__name__}.")
        return self.case


@dataclass(frozen=True)
class PolicyStep:
    """A policy to be determined for a case on the facts as they stand."""

    case: AnyCase
    key: str
    policy: str
    at: datetime


@dataclass(frozen=True)
class PaperStep:
    """A paper to be made."""

    case: AnyCase
    paper: PaperState


@dataclass(frozen=True)
class PaperMade:
    """The digests of a paper's bytes and of the sealed file that keeps them."""

    paper: str
    sha256: str
    file_sha256: str
    file_size: int


def changed_meanwhile() -> Refusal:
    return refusal(
        "changed-meanwhile",
        "个案在您打开后已有变动，请先查看再办理。",
        "The case has changed since you opened it: look again, then act.",
    )


def key_taken(key: str) -> Refusal:
    return refusal(
        "key-taken",
        f"指令编号{key}已用于另一次办理，请换一个编号。",
        f"The key {key} was used for another act: send this one under a key of its own.",
    )
