"""How far a long piece of work has come, told to whoever waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cases.wording import Wording


@dataclass(frozen=True)
class Progress:
    """`of` is None where nobody knows yet how much there is."""

    what: Wording
    done: int
    of: int | None = None


Tell: TypeAlias = Callable[[Progress], None]


def tell_nobody(progress: Progress) -> None:
    """Nobody waits."""
