"""The acts of a case as they were written down, with what was said in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from activities.composing.ledger import Ledger
from cases.commands import act_of
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from store.person_keys import person_key
from store.steps import timeline

A = TypeVar("A", bound=Act)


@dataclass(frozen=True)
class Written:
    """One act: who did it, and on which day."""

    act: Act
    actor: str
    on: date


@dataclass(frozen=True)
class Acts:
    """In the order in which they were done; the n-th of a kind made the case's n-th part of that kind."""

    written: tuple[Written, ...]

    def of(self, *kinds: type[A]) -> Iterator[A]:
        return (each.act for each in self.written if isinstance(each.act, kinds))

    def nth(self, kind: type[A], number: int) -> A:
        return tuple(self.of(kind))[number - 1]

    def by(self, act: Act) -> Written:
        return next(each for each in self.written if each.act is act)


def acts_written(ledger: Ledger, case: HardshipCase, *kinds: type[Act]) -> Acts:
    """The acts of these kinds up to the case as it is given, whatever came after."""
    key = person_key(ledger.connection, ledger.keyring, case.worker_id)
    wanted = {kind.KIND for kind in kinds}
    return Acts(
        tuple(
            Written(act_of(entry.kind, entry.body), entry.actor, day_of(entry.at))
            for entry in timeline(ledger.connection, key, case.id)
            if entry.kind in wanted and entry.revision <= case.revision
        )
    )


def ordinal(part_id: str) -> int:
    """`placement-2` is the second."""
    return int(part_id.rpartition("-")[2])
