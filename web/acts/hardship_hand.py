"""A hardship case at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from activities.circumstances import StoredRecord, circumstances
from cases.commands import AnyAct
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.next_step import next_steps
from cases.hardship.progress import perform, policies_due
from cases.hardship.proofs import prove
from cases.hardship.queue_words import what_next
from cases.hardship.record import CourseSeen, EmployerSeen, Seen, VacancySeen
from cases.hardship.roads import road
from cases.hardship.telling import notices
from cases.names import mask_name
from cases.notices import Notice
from cases.roles import Role
from web.acts.at_hand import AtHand
from web.acts.described import ActForm
from web.acts.served import served
from web.case.opened import OpenCase


@dataclass(frozen=True)
class Remembering(StoredRecord):
    """The record, asked each thing once: a page asks the same of many acts."""

    known: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    def vacancy(self, vacancy_id: str, worker_id: str, on: date) -> VacancySeen | None:
        key = ("vacancy", vacancy_id, worker_id, on)
        if key not in self.known:
            self.known[key] = super().vacancy(vacancy_id, worker_id, on)
        seen: VacancySeen | None = self.known[key]
        return seen

    def employer(self, employer_id: str, on: date) -> EmployerSeen | None:
        key = ("employer", employer_id, on)
        if key not in self.known:
            self.known[key] = super().employer(employer_id, on)
        seen: EmployerSeen | None = self.known[key]
        return seen

    def course(self, course_id: str) -> CourseSeen | None:
        key = ("course", course_id)
        if key not in self.known:
            self.known[key] = super().course(course_id)
        seen: CourseSeen | None = self.known[key]
        return seen

    def has_other_open_case(self, worker_id: str, case_id: str) -> bool:
        key = ("other", worker_id, case_id)
        if key not in self.known:
            self.known[key] = super().has_other_open_case(worker_id, case_id)
        found: bool = self.known[key]
        return found

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        key = ("roles", staff_id, station_id, on)
        if key not in self.known:
            self.known[key] = super().roles(staff_id, station_id, on)
        held: frozenset[Role] = self.known[key]
        return held


@dataclass(frozen=True, kw_only=True)
class HardshipHand(AtHand):
    opened: OpenCase
    record: Remembering

    @property
    def case(self) -> HardshipCase:
        return self.opened.case

    @property
    def person(self) -> str:
        """The worker's name, for those who work on the case; masked for those who only lead."""
        name = self.opened.person.name
        return name if self.opened.working or self.opened.there else mask_name(name)

    def seen(self, act: AnyAct) -> Seen:
        return circumstances(self.record, self.case, _hardship(act), self.visit.me.staff_id, self.at)

    def performed(self, act: AnyAct) -> HardshipCase:
        return perform(_hardship(act), self.case, self.seen(act))

    def told(self, act: AnyAct, then: Any) -> Iterable[Notice]:  # noqa: ANN401 - a hardship case
        return notices(_hardship(act), self.case, then)

    def next(self, then: Any) -> Iterator[str]:  # noqa: ANN401 - a hardship case
        speech, plan = self.opened.speech, self.opened.law.plan
        if any(policies_due(then)):
            yield speech("规则随即重新认定", "The rules determine anew at once")
        steps = list(next_steps(then, plan))
        step = next((each for each in steps if each.by in self.opened.mine), next(iter(steps), None))
        if step:
            title = what_next(step.act, step.about, None, road(prove(plan, then), then))
            yield speech(f"下一步变为：{title.zh}", f"Next comes: {title.en}")

    def served(self, described: ActForm) -> str:
        return served(self.opened, described)


def _hardship(act: AnyAct) -> Act:
    if not isinstance(act, Act):
        raise TypeError(type(act).__name__)
    return act
