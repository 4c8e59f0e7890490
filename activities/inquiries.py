"""Inquiries (政策查问): asked on a page, worked on in a process of its own, and kept with what came of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError

from activities.analysing import Analysed, Analysing
from activities.bootstrap import Station
from cases.canonical import Json
from cases.failures import Failed
from cases.inquiries import InquiryKind
from cases.refusals import Refusal, Refused
from rules.solver_there import no_solver
from store import inquiries
from store.engine import read, write
from store.inquiries import Came, Inquiry
from store.policy_files import proposal

ANALYSED: Final = TypeAdapter(Analysed)
Telling = Callable[[int, int], None]  # how many of how many


def silent(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Inquiries:
    station: Station

    def ask(self, new: Inquiry) -> bool:
        """Write down who asks what; False where this very question is there already.

        Raises Refused at once where nothing could come of it.
        """
        self._refuse(new)
        try:
            with write(self.station.engine) as connection:
                if inquiries.kept_inquiry(connection, new.id):
                    return False
                inquiries.ask(connection, new)
        except IntegrityError:  # sent twice at the same moment
            return False
        return True

    def answer(self, inquiry_id: str, telling: Telling = silent) -> None:
        """Work it out and keep what came of it, refusals too. What was answered before is not worked out again."""
        with read(self.station.engine) as connection:
            kept = inquiries.kept_inquiry(connection, inquiry_id)
        if kept is None or kept.came is not None:
            return
        try:
            came = Came(datetime.now(UTC), self._worked_out(kept.asked, telling))
        except Refused as refused:
            came = Came(datetime.now(UTC), refusals=refused.refusals)
        except Failed as failed:
            came = Came(datetime.now(UTC), refusals=(Refusal("failed", failed.wording),))
        with write(self.station.engine) as connection:
            inquiries.answer(connection, inquiry_id, came)

    def _refuse(self, new: Inquiry) -> None:
        if new.kind is InquiryKind.ANALYSIS:
            if (none := no_solver()) is not None:
                raise Refused((none,))
        else:
            self.station.cohorts.require(new.about, new.asked_by, new.asked_at)

    def _worked_out(self, asked: Inquiry, telling: Telling) -> Json:
        if asked.kind is InquiryKind.COHORT:
            from_on = date.fromisoformat(str(asked.given["from_on"]))
            made = self.station.cohorts.report(asked.about, asked.asked_by, from_on, asked.asked_at, telling)
            return {"cohort": made.cohort.id}
        found: Json = ANALYSED.dump_python(self._analysed(asked), mode="json")
        return found

    def _analysed(self, asked: Inquiry) -> Analysed:
        analysing = Analysing.like(self.station.publishing)
        place, _, policy = asked.about.partition("/")
        if policy:
            return analysing.file(policy, place)
        with read(self.station.engine) as connection:
            proposed = proposal(connection, asked.about)
        if proposed is None:
            raise LookupError(asked.about)
        return analysing.proposal(proposed)
