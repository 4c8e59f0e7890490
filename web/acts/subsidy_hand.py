"""A subsidy case at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from activities.subsidy_record import StoredSubsidyRecord
from activities.subsidy_steps import subsidy_circumstances
from cases.commands import SUBSIDY_ACTS, AnyAct
from cases.notices import Notice
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.next_step import next_steps
from cases.subsidy.progress import perform, policies_due
from cases.subsidy.record import Seen
from cases.subsidy.telling import notices
from web.acts.at_hand import AtHand
from web.acts.described import ActForm
from web.subsidies.opened import OpenSubsidy


@dataclass(frozen=True, kw_only=True)
class SubsidyHand(AtHand):
    opened: OpenSubsidy
    record: StoredSubsidyRecord

    @property
    def case(self) -> SubsidyCase:
        return self.opened.case

    @property
    def person(self) -> str:
        return self.opened.applicant.name

    def seen(self, act: AnyAct) -> Seen:
        return subsidy_circumstances(self.record, self.case, _subsidy(act), self.visit.me.staff_id, self.at)

    def performed(self, act: AnyAct) -> SubsidyCase:
        return perform(_subsidy(act), self.case, self.seen(act))

    def told(self, act: AnyAct, then: Any) -> Iterable[Notice]:  # noqa: ANN401 - a subsidy case
        return notices(_subsidy(act), self.case, then)

    def next(self, then: Any) -> Iterator[str]:  # noqa: ANN401 - a subsidy case
        speech, steps = self.opened.speech, list(next_steps(then))
        if any(policies_due(then)):
            yield speech("规则随即重新认定", "The rules determine anew at once")
        if steps:
            title = SUBSIDY_ACTS.known[steps[0].act].TITLE
            yield speech(f"下一步变为：{title.zh}", f"Next comes: {title.en}")

    def served(self, described: ActForm) -> str:
        return ""


def subsidy_record(connection: Connection, opened: OpenSubsidy) -> StoredSubsidyRecord:
    return StoredSubsidyRecord(connection, opened.station.keyring, opened.station.policies)


def _subsidy(act: AnyAct) -> Act:
    if not isinstance(act, Act):
        raise TypeError(type(act).__name__)
    return act
