"""A case at hand, of whatever kind: opened for its reader, with the rules and the record that acts are judged by."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cases.acts import Act, objections
from cases.case import Case
from cases.commands import Acts, AnyAct
from cases.days import day_of
from cases.notices import Notice
from cases.refusals import Refusal, Refused
from web.acts.described import ActForm
from web.acts.reading import Facts
from web.case.opened_any import Opened
from web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """`at` is the time of the case. It lives as long as its connection.

    `forms`: of the acts that people do to this kind of case. What follows from an act is told by each kind.
    """

    opened: Opened
    connection: Connection
    at: datetime

    @property
    def visit(self) -> Visit:
        return self.opened.visit

    @property
    def case(self) -> Case:
        return self.opened.case

    @property
    def acts(self) -> Acts[Any]:
        return self.opened.ACTS

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def facts(self) -> Facts:
        return self.opened.station.policies.book.facts

    def objections(self, act: AnyAct) -> tuple[Refusal, ...]:
        """Every reason against an act of the reader's, now; the same that the desk and the writer find."""
        asked: Act[Any, Any] = act
        return objections(asked, self.case, self.seen(act))

    def would_be(self, act: AnyAct) -> Any:  # noqa: ANN401 - a case of the act's kind
        """The case as the act would leave it, were nothing in its way; None where that cannot be told."""
        asked: Act[Any, Any] = act
        try:
            return asked.apply(self.case, self.seen(act))
        except (Refused, LookupError):
            return None

    # What differs by the kind of case.

    @property
    @abstractmethod
    def person(self) -> str:
        """Whose case it is, as far as whoever acts on it may read."""

    @abstractmethod
    def seen(self, act: AnyAct) -> Any:  # noqa: ANN401 - the circumstances of the act's kind
        """What the act is judged by."""

    @abstractmethod
    def performed(self, act: AnyAct) -> Any:  # noqa: ANN401 - a case of the act's kind
        """The case after the act and what follows from it. Raises Refused."""

    @abstractmethod
    def told(self, act: AnyAct, then: Any) -> Iterable[Notice]:  # noqa: ANN401 - likewise
        """Who is told of it."""

    @abstractmethod
    def next(self, then: Any) -> Iterable[str]:  # noqa: ANN401 - likewise
        """What comes next, once the case is so; in sentences."""

    @abstractmethod
    def served(self, described: ActForm) -> str:
        """How far the item of the plan is that an act serves, such as “岗位推荐 2/3”; empty where it serves none."""
