"""What travels between a case's workflow and its activities: one value in, one value out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from cases.case_parts import PaperState
from cases.commands import Command, Receipt
from cases.hardship.case import HardshipCase
from cases.refusals import Refusal, refusal

REFUSALS: Final = TypeAdapter(tuple[Refusal, ...])


@dataclass(frozen=True)
class Step:
    """One command to be written. `at` is business time, from the workflow's clock; `key` is the step's for ever."""

    case: HardshipCase
    key: str
    command: Command
    at: datetime


@dataclass(frozen=True)
class StepDone:
    """The case as the record now holds it, and the receipt; or why nothing was written.

    `leaf`: what the step left in the decision log, in hex. The workflow engine keeps it out of the database's reach.
    """

    case: HardshipCase
    receipt: Receipt | None = None
    refusals: tuple[Refusal, ...] = ()
    leaf: str | None = None


@dataclass(frozen=True)
class PolicyStep:
    """A policy to be determined for a case on the facts as they stand."""

    case: HardshipCase
    key: str
    policy: str
    at: datetime


@dataclass(frozen=True)
class PaperStep:
    """A paper to be made."""

    case: HardshipCase
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
