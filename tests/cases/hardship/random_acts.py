"""Acts at random, fitting a case more often than not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeAlias

from cases.days import start_of
from cases.facts import SourceKind
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.progress import ACTS
from cases.hardship.stages import ExitReason, ReferralOutcome, TrainingResult
from tests.builders import AT_STATION_2, some_work

Choices: TypeAlias = Sequence[Any]
PEOPLE: Final = (
    "caseworker-1",
    "caseworker-2",
    "guide-1",
    "officer-1",
    "officer-2",
    "supervisor-1",
    "worker-1",
    *AT_STATION_2,
)


def one_of(parts: tuple[Any, ...]) -> Choices:
    """Mostly a part that is there, the newest above all; now and then one that is not."""
    there = [part.id for part in parts]
    return [*there, *there[-1:] * 6, "nobody-knows"]


def one_day(today: date) -> Choices:
    return [*[today] * 8, today - timedelta(days=3), today + timedelta(days=1)]


TEXT: Final = [*["说明"] * 9, " "]
YES_OR_NO: Final = (True, False)
EMPLOYERS: Final = ["employer-1", "employer-2", "employer-x"]

FIELDS: Final[Mapping[str, Callable[[HardshipCase, date], Mapping[str, Choices]]]] = {
    "record-fact": lambda _, on: {
        "name": ["in_work", "unheard-of"],
        "value": YES_OR_NO,
        "source": tuple(SourceKind),
        "established_on": one_day(on),
        "detail": TEXT,
    },
    "adopt-determination": lambda case, _: {"determination": one_of(case.determinations)},
    "depart-from-determination": lambda case, _: {
        "determination": one_of(case.determinations),
        "granted": YES_OR_NO,
        "reason": TEXT,
    },
    "confirm-departure": lambda case, _: {"determination": one_of(case.determinations)},
    "reject-departure": lambda case, _: {"determination": one_of(case.determinations), "reason": TEXT},
    "record-guidance": lambda _, on: {"held_on": one_day(on), "content": TEXT, "guide": PEOPLE},
    "record-policy-briefing": lambda _, on: {"held_on": one_day(on), "content": TEXT},
    "record-service": lambda _, on: {"held_on": one_day(on), "content": TEXT},
    "record-talk": lambda _, on: {"employer": EMPLOYERS, "held_on": one_day(on), "content": TEXT},
    "enrol-training": lambda _, on: {
        "course": ["course-1", "course-x"],
        "enrolled_on": one_day(on),
    },
    "record-attendance": lambda case, _: {"training": one_of(case.trainings), "hours": [0, 16, 32]},
    "record-training-result": lambda case, on: {
        "training": one_of(case.trainings),
        "result": tuple(TrainingResult),
        "known_on": one_day(on),
    },
    "record-referral": lambda _, on: {
        "vacancy": [f"vacancy-{n}" for n in range(1, 7)],
        "made_on": one_day(on),
    },
    "deliver-referral": lambda case, on: {
        "referral": one_of(case.referrals),
        "delivered_on": one_day(on),
        "channel": TEXT,
    },
    "answer-referral": lambda case, _: {"referral": one_of(case.referrals), "confirmed": YES_OR_NO, "reason": TEXT},
    "record-referral-outcome": lambda case, on: {
        "referral": one_of(case.referrals),
        "outcome": tuple(ReferralOutcome),
        "known_on": one_day(on),
        "reason": TEXT,
    },
    "open-need": lambda *_: {"what": TEXT},
    "answer-need": lambda case, _: {"need": one_of(case.needs), "by": one_of((*case.services, *case.referrals))},
    "settle-need": lambda case, _: {"need": one_of(case.needs), "solved": YES_OR_NO, "reason": TEXT},
    "assign": lambda *_: {"to": PEOPLE},
    "propose-transfer": lambda *_: {"to_station": ["station-1", "station-2", "x"], "reason": TEXT},
    "accept-transfer": lambda *_: {"caseworker": PEOPLE},
    "decline-transfer": lambda *_: {"reason": TEXT},
    "make-appointment": lambda _, on: {
        "at": [start_of(on) + timedelta(days=days, hours=10) for days in (-1, 1, 2, 5)],
        "with_staff": PEOPLE,
        "purpose": TEXT,
    },
    "keep-appointment": lambda case, _: {"appointment": one_of(case.appointments), "kept": YES_OR_NO},
    "pause": lambda *_: {"reason": ["ill", "ill", "ill", "bored"]},
    "resume": lambda *_: {"reason": TEXT},
    "record-placement": lambda _, on: {
        "employer": EMPLOYERS,
        "started_on": one_day(on),
        "terms": [some_work(), some_work(), some_work(pay_fen=0)],
    },
    "record-follow-up": lambda case, on: {
        "follow_up": one_of(case.follow_ups),
        "held_on": one_day(on),
        "still_employed": [True, True, True, False],
        "content": TEXT,
    },
    "propose-exit": lambda *_: {"reason": tuple(ExitReason), "explanation": TEXT},
    "ask-review": lambda *_: {"reason": TEXT},
    "decide-review": lambda *_: {"upheld": YES_OR_NO, "reason": TEXT},
    "hand-over": lambda *_: {"body": TEXT, "matter": TEXT, "open_needs_reason": TEXT},
    "propose-closure": lambda *_: {"open_needs_reason": TEXT},
    "approve-closure": lambda *_: {},
    "return-closure": lambda *_: {"reason": TEXT},
    "waive-paper": lambda case, _: {"paper": one_of(case.papers), "reason": TEXT},
    "reopen": lambda *_: {"reason": TEXT},
    "ask-anew": lambda case, _: {
        "determination": one_of(case.determinations),
        "applies": YES_OR_NO,
        "said": TEXT,
    },
}
# Ways out are rarer than ways on, or most lives would end in their first week.
ONCE_IN_A_WHILE: Final = frozenset({"hand-over", "propose-exit", "pause", "propose-transfer", "approve-closure"})


def a_random_act(dice: Random, kind: str, case: HardshipCase, on: date) -> Act:
    fields = {name: dice.choice(choices) for name, choices in FIELDS[kind](case, on).items()}
    return ACTS[kind](**fields)
