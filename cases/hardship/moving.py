"""Who has the case: assignment, transfer to another station, appointments, pauses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from cases.acts import blank, unknown
from cases.acts_of_any import moving as shared
from cases.acts_of_any.moving import not_a_caseworker
from cases.case_parts import PauseSpan
from cases.hardship.acts import OPEN_STAGES, WORKING_STAGES, Act
from cases.hardship.case import AppointmentState, HardshipCase, TransferState
from cases.hardship.helping import contacted
from cases.hardship.record import Record, Seen
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.timing import pause_all, resumed
from cases.wording import Wording


@dataclass(frozen=True)
class Assign(shared.Assign[HardshipCase, Seen], Act):
    """Give the case to a caseworker of the station."""

    DURING: ClassVar = OPEN_STAGES

    def record(self, seen: Seen) -> Record:
        return seen.record


@dataclass(frozen=True)
class ProposeTransfer(Act):
    KIND: ClassVar = "propose-transfer"
    TITLE: ClassVar = Wording("提出移交", "Propose a transfer")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    WHILE_PAUSED: ClassVar = True

    to_station: str
    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.transfer:
            yield refusal(
                "transfer-pending",
                f"已有移交{case.transfer.to_station}的申请待接收。",
                f"A transfer to {case.transfer.to_station} is waiting already.",
            )
        if self.to_station == case.station_id:
            yield refusal("same-station", "本案已在该站。", "The case is at that station already.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if seen.record.station_jurisdiction(self.to_station) is None:
            yield unknown(Wording("驿站", "station"), self.to_station)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return replace(case, transfer=TransferState(self.to_station, seen.actor, seen.at))


@dataclass(frozen=True)
class OnTransfer(Act):
    """For the receiving station to say."""

    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    WHILE_PAUSED: ClassVar = True

    def station(self, case: HardshipCase) -> str:
        return case.transfer.to_station if case.transfer else case.station_id

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        if case.transfer is None:
            yield refusal("no-transfer", "没有待接收的移交。", "No transfer is waiting.")


@dataclass(frozen=True)
class AcceptTransfer(OnTransfer):
    """Every clock, open item and appointment to come follows; the policy versions stay those of the application."""

    KIND: ClassVar = "accept-transfer"
    TITLE: ClassVar = Wording("接收移交", "Accept a transfer")

    caseworker: str

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        yield from not_a_caseworker(self.caseworker, self.station(case), seen.on, seen.record)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        appointments = tuple(
            replace(a, with_staff=self.caseworker) if a.kept is None and a.at > seen.at else a
            for a in case.appointments
        )
        return replace(
            case,
            station_id=self.station(case),
            caseworker=self.caseworker,
            appointments=appointments,
            transfer=None,
        )


@dataclass(frozen=True)
class DeclineTransfer(OnTransfer):
    KIND: ClassVar = "decline-transfer"
    TITLE: ClassVar = Wording("不接收移交", "Decline a transfer")

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return replace(case, transfer=None)


@dataclass(frozen=True)
class MakeAppointment(Act):
    KIND: ClassVar = "make-appointment"
    TITLE: ClassVar = Wording("预约", "Make an appointment")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})

    at: datetime
    with_staff: str
    purpose: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("事由 purpose", self.purpose)
        if self.at.tzinfo is None:
            yield refusal("no-zone", "预约时间须带时区。", "The time of an appointment needs its zone (+08:00).")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.at.tzinfo is not None and self.at <= seen.at:
            yield refusal("past", "预约时间已过。", "The time of the appointment has passed.")
        if not seen.record.roles(self.with_staff, case.station_id, seen.on):
            yield refusal(
                "not-staff", f"{self.with_staff}不在本站任职。", f"{self.with_staff} does not serve at this station."
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        made = AppointmentState(numbered("appointment", case.appointments), self.at, self.with_staff)
        return replace(case, appointments=(*case.appointments, made))


@dataclass(frozen=True)
class KeepAppointment(Act):
    KIND: ClassVar = "keep-appointment"
    TITLE: ClassVar = Wording("登记预约是否履行", "Record whether an appointment was kept")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})

    appointment: str
    kept: bool

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.appointments, self.appointment)
        if found is None:
            yield unknown(Wording("预约", "appointment"), self.appointment)
        elif found.kept is not None:
            yield refusal("recorded", f"{self.appointment}已登记。", f"{self.appointment} is recorded already.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        found = find(case.appointments, self.appointment)
        if found and self.kept and found.at > seen.at:
            yield refusal("not-yet", f"{self.appointment}的时间还没有到。", f"{self.appointment} is still to come.")

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.appointments, self.appointment)
        if found is None:
            raise LookupError(self.appointment)
        case = replace(case, appointments=put(case.appointments, replace(found, kept=self.kept)))
        return contacted(case, seen) if self.kept else case


@dataclass(frozen=True)
class Pause(Act):
    """Stops every running clock; the case's age goes on."""

    KIND: ClassVar = "pause"
    TITLE: ClassVar = Wording("暂停办理", "Pause")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    DURING: ClassVar = WORKING_STAGES

    reason: str  # one that the place's `clocks` policy lists
    explanation: str = ""

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.reason not in seen.pause_reasons:
            listed = ", ".join(seen.pause_reasons)
            yield refusal(
                "not-listed",
                f"“{self.reason}”不是本地列出的暂停情形；可选：{listed}。",
                f"“{self.reason}” is no reason that this place lists for a pause; listed are: {listed}.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return pause_all(replace(case, pauses=(*case.pauses, PauseSpan(seen.at))), seen.at)


@dataclass(frozen=True)
class Resume(Act):
    KIND: ClassVar = "resume"
    TITLE: ClassVar = Wording("恢复办理", "Resume")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    DURING: ClassVar = WORKING_STAGES
    WHILE_PAUSED: ClassVar = True

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if not case.paused:
            yield refusal("not-paused", "本案没有暂停。", "The case is not paused.")

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return resumed(case, seen)
