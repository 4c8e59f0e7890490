"""The parts that every kind of case has: determinations, pauses, clocks and papers."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.determinations import Conclusion
from cases.reckoning import Threshold


@dataclass(frozen=True)
class DeterminationState:
    """One determination (认定) and what officers did with it; `granted` is None until it is decided."""

    id: str
    policy: str
    conclusion: Conclusion
    made_at: datetime
    granted: bool | None = None
    decided_by: str | None = None
    departing: bool | None = None  # the outcome an officer proposes instead, awaiting a second person
    departed_by: str | None = None
    superseded: bool = False
    turns_on: date | None = None  # the first later day on which, all else staying as it is, it would come out otherwise
    turns_to: Conclusion | None = None
    turns_by_itself: bool = False  # today's date turns it, and not the day of an application
    woken_at: datetime | None = None  # when that day was seen to
    anew: bool | None = None  # whether the worker, asked then, applied anew
    amount_fen: int | None = None  # of a subsidy: what the rules came to, in fen


@dataclass(frozen=True)
class PauseSpan:
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True)
class ClockState:
    """A clock (时限) as a row: start, length, day type, pauses, due instant, calendar, thresholds sent.

    `due_at` is None while the case is paused: a paused clock has no due instant.
    """

    id: str  # what it times: "item/guidance", "term", "outcome/referral-1"
    terms_id: str  # whose terms it runs under, in the pinned policies
    length: int
    unit: str  # day | month
    counts: str  # working | natural
    started_at: datetime
    due_at: datetime | None
    alarms: tuple[Threshold, ...]
    provisional: bool
    calendar_hash: str
    pauses: tuple[PauseSpan, ...] = ()
    sent: tuple[int, ...] = ()
    stopped_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.stopped_at is None

    @property
    def next_alarm(self) -> Threshold | None:
        """The first threshold not yet sent, or None while stopped or paused."""
        if not self.running or self.due_at is None:
            return None
        return next((alarm for alarm in self.alarms if alarm.percent not in self.sent), None)


@dataclass(frozen=True)
class PaperState:
    """A paper owed or made. `about` is the part of the case it speaks of.

    Once made, `sha256` names the PDF's bytes, and `file_sha256` those of the file that keeps them sealed.
    """

    id: str
    kind: str
    about: str
    dated: date
    sha256: str | None = None
    file_sha256: str | None = None
    file_size: int | None = None  # bytes
    waived_on: date | None = None  # given up by a supervisor, with a reason

    @property
    def owed(self) -> bool:
        return self.sha256 is None and self.waived_on is None
