"""When a paper or a determination cannot be had: a person is told, and a paper owed can be waived with a reason."""

from dataclasses import dataclass
from typing import ClassVar

from cases.acts_of_any import engine, papering
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.engine import EVERY_STAGE, ByEngine
from cases.hardship.record import Seen


@dataclass(frozen=True)
class PutOff(engine.PutOff[HardshipCase, Seen], ByEngine):
    """The engine could not do its own work."""


@dataclass(frozen=True)
class WaivePaper(papering.WaivePaper[HardshipCase, Seen], Act):
    """A paper that cannot be made is given up."""

    DURING: ClassVar = EVERY_STAGE
