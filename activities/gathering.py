"""Many cases in one go (汇总): begun once, gathered in chunks, and each case told once.

Broken off anywhere and begun again, the same list or file is gone on with: what is chosen stands in the record before
any case is told, and a case that was told is not told again. A case that refuses, or whose workflow is not there yet,
is left out by name; one that does not answer holds up no other. Memory holds one chunk.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from activities.errands import Answer, Unanswered
from activities.progress import Progress, Tell, tell_nobody
from cases.commands import Receipt
from cases.days import day_of
from cases.refusals import Refused, refusal
from cases.roles import Role
from cases.wording import Wording
from store import staff
from store.engine import read, write

CHUNK: Final = 500
Whole = TypeVar("Whole")
Each = TypeVar("Each")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Gathering:
    engine: Engine
    tell: Tell = tell_nobody
    chunk: int = CHUNK

    def begun(self, unfinished: Callable[[Connection], Whole | None], begin: Callable[[Connection], Whole]) -> Whole:
        """The one that is being made, or a new one; the database lets two people begin one, and not two."""
        try:
            with write(self.engine) as connection:
                return unfinished(connection) or begin(connection)
        except IntegrityError:  # somebody else began it at the same moment
            with read(self.engine) as connection:
                begun = unfinished(connection)
            if begun is None:
                raise
            return begun

    def gathered(self, collect: Callable[[Connection, int], int], what: Wording) -> None:
        """`collect` chooses so many more, and answers how many there were; 0: it is complete."""
        chosen = 0
        while True:
            try:
                with write(self.engine) as connection:
                    more = collect(connection, self.chunk)
            except IntegrityError:  # somebody else goes on with it too, and has just taken these
                continue
            if not more:
                return
            chosen += more
            self.tell(Progress(what, chosen))

    def dealt_with(
        self,
        ahead: Callable[[Connection, int, int], Sequence[Each]],
        deal: Callable[[Sequence[Each]], None],
        place: Callable[[Each], int],
        what: Wording,
    ) -> None:
        """Chunk after chunk of what lies ahead of a place. Raises Unanswered once all others are dealt with."""
        after, done, silent = 0, 0, Unanswered(())
        while True:
            with read(self.engine) as connection:
                chunk = ahead(connection, after, self.chunk)
            if not chunk:
                break
            try:
                deal(chunk)
            except Unanswered as some:
                if len(some.cases) == len(chunk):  # nobody answers: the others would not either
                    raise
                silent = Unanswered((*silent.cases, *some.cases))
            after, done = place(chunk[-1]), done + len(chunk)
            self.tell(Progress(what, done))
        if silent.cases:
            raise silent


def parted(keys: Collection[Key], answers: Sequence[Answer]) -> tuple[Mapping[Key, Receipt], Mapping[Key, str]]:
    """Who did it, and who refused and by which codes."""
    given = list(zip(keys, answers, strict=True))
    done = {key: answer for key, answer in given if not isinstance(answer, Refused)}
    return done, {key: codes(answer) for key, answer in given if isinstance(answer, Refused)}


def codes(refused: Refused) -> str:
    return ",".join(each.code for each in refused.refusals)


def require_officer(connection: Connection, station_id: str, actor: str, at: datetime) -> None:
    if Role.OFFICER not in staff.station_roles(connection, actor, station_id, day_of(at)):
        raise Refused(
            (
                refusal(
                    "not-your-role",
                    f"须由本站的审批人办理；{actor}在{station_id}没有该角色。",
                    f"This is for an officer of the station; {actor} is none at {station_id}.",
                ),
            )
        )
