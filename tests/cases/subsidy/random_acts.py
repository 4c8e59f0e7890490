"""Acts of subsidy cases at random, fitting a case more often than not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeAlias

from cases.facts import SourceKind
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.progress import ACTS
from cases.subsidy.stages import DeliveryWay, Instance

Choices: TypeAlias = Sequence[Any]
PEOPLE: Final = ("caseworker-1", "officer-1", "officer-2", "officer-3", "supervisor-1", "worker-1")
TEXT: Final = [*["说明"] * 9, " "]
YES_OR_NO: Final = (True, False)
SUMS: Final = (60_000, 60_000, 120_000, 30_000, 1)


def one_of(parts: tuple[Any, ...]) -> Choices:
    """Mostly a part that is there, the newest above all; now and then one that is not."""
    there = [part.id for part in parts]
    return [*there, *there[-1:] * 6, "nobody-knows"]


def one_day(today: date) -> Choices:
    return [*[today] * 8, today - timedelta(days=3), today + timedelta(days=1)]


def one_month(today: date) -> Choices:
    return [f"{today:%Y-%m}", f"{today - timedelta(days=31):%Y-%m}", "2026-02", "2027-13"]


FIELDS: Final[Mapping[str, Callable[[SubsidyCase, date], Mapping[str, Choices]]]] = {
    "record-fact": lambda _, on: {
        "name": ["flexible_work", "unheard-of"],
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
        "amount_fen": [*SUMS, None],
    },
    "confirm-departure": lambda case, _: {"determination": one_of(case.determinations)},
    "reject-departure": lambda case, _: {"determination": one_of(case.determinations), "reason": TEXT},
    "claim-periods": lambda _, on: {"months": [(month,) for month in one_month(on)]},
    "withdraw-application": lambda *_: {"reason": TEXT},
    "ask-person": lambda *_: {"reason": TEXT},
    "answer-person": lambda *_: {"stands": YES_OR_NO, "finding": TEXT},
    "publish-notice": lambda *_: {"notice": ["notice-1", "notice-1", ""]},
    "raise-objection": lambda *_: {"what": TEXT},
    "settle-objection": lambda case, _: {
        "objection": one_of(case.objections),
        "upheld": [False, False, True],
        "reason": TEXT,
    },
    "accept-unverified": lambda *_: {"value": ["stop_after", "not_twice", "no-such"], "reason": TEXT},
    "recheck": lambda *_: {},
    "order-payment": lambda *_: {},
    "send-payment": lambda case, _: {"payment": one_of(case.payments), "batch": ["batch-1", "batch-1", ""]},
    "settle-payment": lambda case, on: {
        "payment": one_of(case.payments),
        "paid": [True, True, True, False],
        "settled_on": one_day(on),
        "code": ["R01", "R01", ""],
    },
    "return-payment": lambda case, on: {
        "payment": one_of(case.payments),
        "returned_on": one_day(on),
        "code": ["R09", "R09", ""],
        "evidence": TEXT,
    },
    "cancel-payment": lambda case, _: {"payment": one_of(case.payments), "reason": TEXT},
    "record-stop-event": lambda _, on: {
        "event": ["employer_insured", "own_business", "unheard-of"],
        "month": one_month(on),
        "detail": TEXT,
    },
    "strike-stop-event": lambda case, _: {"stop": one_of(case.stops), "reason": TEXT},
    "stop": lambda *_: {"reason": TEXT},
    "finish": lambda *_: {"reason": TEXT},
    "demand-recovery": lambda *_: {"reason": TEXT},
    "record-repayment": lambda case, on: {
        "amount_fen": [*SUMS, max(1, case.overpaid_fen), 0],
        "received_on": one_day(on),
        "receipt": TEXT,
    },
    "write-off": lambda *_: {"reason": TEXT},
    "record-delivery": lambda case, on: {
        "paper": one_of(case.papers),
        "way": tuple(DeliveryWay),
        "on": one_day(on),
    },
    "ask-review": lambda *_: {"reason": TEXT},
    "decide-review": lambda case, _: {
        "review": one_of(case.reviews),
        "reversed_": YES_OR_NO,
        "reason": TEXT,
    },
    "record-appeal": lambda _, on: {"instance": tuple(Instance), "asked_on": one_day(on), "body": TEXT},
    "settle-appeal": lambda case, on: {
        "review": one_of(case.reviews),
        "reversed_": YES_OR_NO,
        "reason": TEXT,
        "decided_on": one_day(on),
    },
    "reopen": lambda *_: {"reason": TEXT},
    "assign": lambda *_: {"to": ["caseworker-1", "caseworker-2", "officer-1"]},
    "waive-paper": lambda case, _: {"paper": one_of(case.papers), "reason": TEXT},
}
# Ways out are rarer than ways on, or most lives would end in their first week.
ONCE_IN_A_WHILE: Final = frozenset(
    {"withdraw-application", "stop", "finish", "write-off", "record-stop-event", "return-payment"}
)


def a_random_act(dice: Random, kind: str, case: SubsidyCase, on: date) -> Act:
    fields = {name: dice.choice(choices) for name, choices in FIELDS[kind](case, on).items()}
    return ACTS[kind](**fields)
