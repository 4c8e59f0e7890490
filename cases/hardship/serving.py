"""Help that is given: guidance, policy briefings, more on top, point-to-point talks, training."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future, unknown
from cases.hardship.acts import HELPING_STAGES, Act
from cases.hardship.case import HardshipCase, ServiceState, TalkState, TrainingState
from cases.hardship.helping import contacted
from cases.hardship.record import Seen
from cases.hardship.stages import TrainingResult
from cases.parts import find, numbered, put
from cases.plans import ServiceKind
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class Given(Act):
    """Help given on a day, with what was done."""

    KIND: ClassVar = ""
    DURING: ClassVar = HELPING_STAGES
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})
    SERVICE: ClassVar[ServiceKind] = ServiceKind.OTHER

    held_on: date
    content: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("服务内容 content", self.content)
        yield from not_before_application("held_on", self.held_on, case)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.held_on > seen.on:
            yield in_future("held_on", self.held_on, seen.on)

    def giver(self, seen: Seen) -> str:
        return seen.actor

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        service = ServiceState(
            id=numbered("service", case.services),
            kind=self.SERVICE,
            given_by=self.giver(seen),
            held_on=self.held_on,
            described=bool(self.content.strip()),
        )
        return contacted(replace(case, services=(*case.services, service)), seen)


@dataclass(frozen=True)
class RecordGuidance(Given):
    """Given by a guide of the station, who need not be the one at the keyboard."""

    KIND: ClassVar = "record-guidance"
    TITLE: ClassVar = Wording("登记职业指导", "Record guidance")
    SERVICE: ClassVar = ServiceKind.GUIDANCE

    guide: str

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        yield from super().objections(case, seen)
        if Role.GUIDE not in seen.record.roles(self.guide, case.station_id, self.held_on):
            yield refusal(
                "not-a-guide",
                f"{self.guide}在{self.held_on}不是本站职业指导员。",
                f"{self.guide} was not a guide of this station on {self.held_on}.",
            )

    def giver(self, seen: Seen) -> str:
        return self.guide


@dataclass(frozen=True)
class RecordPolicyBriefing(Given):
    KIND: ClassVar = "record-policy-briefing"
    TITLE: ClassVar = Wording("登记政策宣讲", "Record a policy briefing")
    SERVICE: ClassVar = ServiceKind.POLICY_BRIEFING


@dataclass(frozen=True)
class RecordService(Given):
    """Help beyond the plan's items."""

    KIND: ClassVar = "record-service"
    TITLE: ClassVar = Wording("登记其他服务", "Record another service")


@dataclass(frozen=True)
class RecordTalk(Act):
    """点对点洽谈: with a verified employer only (duty A12)."""

    KIND: ClassVar = "record-talk"
    TITLE: ClassVar = Wording("登记点对点洽谈", "Record a point-to-point talk")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = HELPING_STAGES

    employer: str
    held_on: date
    content: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("洽谈内容 content", self.content)
        yield from not_before_application("held_on", self.held_on, case)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.held_on > seen.on:
            yield in_future("held_on", self.held_on, seen.on)
        employer = seen.record.employer(self.employer, self.held_on)
        if employer is None:
            yield unknown(Wording("用工主体", "employer"), self.employer)
        elif not employer.verified:
            yield refusal(
                "employer-not-verified",
                f"用工主体{self.employer}在{self.held_on}未经核实，不能组织点对点洽谈；请先核实。",
                f"{self.employer} was not verified on {self.held_on}: talks are held with verified employers only.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        talk = TalkState(numbered("talk", case.talks), self.employer, self.held_on)
        return contacted(replace(case, talks=(*case.talks, talk)), seen)


@dataclass(frozen=True)
class EnrolTraining(Act):
    KIND: ClassVar = "enrol-training"
    TITLE: ClassVar = Wording("报名培训", "Enrol in a training")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = HELPING_STAGES

    course: str
    enrolled_on: date

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from not_before_application("enrolled_on", self.enrolled_on, case)
        if any(t.course_id == self.course and t.result is None for t in case.trainings):
            yield refusal("already-enrolled", "本人已报名该课程。", "The worker is enrolled in this course already.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.enrolled_on > seen.on:
            yield in_future("enrolled_on", self.enrolled_on, seen.on)
        if seen.record.course(self.course) is None:
            yield unknown(Wording("课程", "course"), self.course)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        training = TrainingState(numbered("training", case.trainings), self.course, self.enrolled_on)
        return contacted(replace(case, trainings=(*case.trainings, training)), seen)


@dataclass(frozen=True)
class OnTraining(Act):
    """Something about a training that has no result yet."""

    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = HELPING_STAGES

    training: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.trainings, self.training)
        if found is None:
            yield unknown(Wording("培训", "training"), self.training)
        elif found.result is not None:
            yield refusal("training-over", f"{self.training}已有结果。", f"{self.training} has its result already.")

    def found(self, case: HardshipCase) -> TrainingState:
        training = find(case.trainings, self.training)
        if training is None:
            raise LookupError(self.training)
        return training


@dataclass(frozen=True)
class RecordAttendance(OnTraining):
    """`hours` are whole class hours attended since the last record."""

    KIND: ClassVar = "record-attendance"
    TITLE: ClassVar = Wording("登记培训出勤", "Record attendance")

    hours: int

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if self.hours <= 0:
            yield refusal("no-hours", "出勤课时须大于0。", "Hours attended must be more than 0.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        training = find(case.trainings, self.training)
        course = seen.record.course(training.course_id) if training else None
        if training and course and training.hours_attended + self.hours > course.hours:
            yield refusal(
                "too-many-hours",
                f"已登记{training.hours_attended}课时，再加{self.hours}课时超过该课程的{course.hours}课时。",
                f"{training.hours_attended} hours are recorded; {self.hours} more exceed the course's {course.hours}.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        training = self.found(case)
        attended = replace(training, hours_attended=training.hours_attended + self.hours)
        return replace(case, trainings=put(case.trainings, attended))


@dataclass(frozen=True)
class RecordTrainingResult(OnTraining):
    KIND: ClassVar = "record-training-result"
    TITLE: ClassVar = Wording("登记培训结果", "Record a training's result")

    result: TrainingResult
    known_on: date

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.known_on > seen.on:
            yield in_future("known_on", self.known_on, seen.on)
        training = find(case.trainings, self.training)
        if training and self.known_on < training.enrolled_on:
            yield refusal(
                "before-enrolment",
                f"结果日{self.known_on}早于报名日{training.enrolled_on}。",
                f"Its result cannot be known on {self.known_on}, before the enrolment on {training.enrolled_on}.",
            )
        course = seen.record.course(training.course_id) if training else None
        if course and training and self.result is not TrainingResult.LEFT:
            yield from _too_little_attended(training.hours_attended, course.minimum_hours)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        ended = replace(self.found(case), result=self.result, result_on=self.known_on)
        return replace(case, trainings=put(case.trainings, ended))


def _too_little_attended(attended: int, minimum: int) -> Iterator[Refusal]:
    if attended < minimum:
        yield refusal(
            "too-little-attended",
            f"出勤{attended}课时，少于该课程结业所需的{minimum}课时；请先登记出勤。",
            f"{attended} hours are recorded, the course asks for {minimum}: record the attendance first.",
        )


def not_before_application(field: str, day: date, case: HardshipCase) -> Iterator[Refusal]:
    if day < case.applied_on:
        yield refusal(
            "before-application",
            f"“{field}”{day}早于本案登记日{case.applied_on}。",
            f"“{field}” {day} lies before the day of this registration, {case.applied_on}.",
        )
