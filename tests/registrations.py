"""Invented registrations: each of a person who does not exist, with a number whose region code is never issued."""

from itertools import count
from typing import Any
from uuid import uuid4

from cases.identity import check_character

_PEOPLE = count(1)


def an_identity_number(ordinal: int, born: str = "19750101") -> str:
    first = f"699999{born}{ordinal % 1000:03d}"
    return first + check_character(first)


def a_registration(**changes: Any) -> dict[str, Any]:
    """A man who waited long, known in every hard constraint."""
    ordinal = next(_PEOPLE)
    fields: dict[str, Any] = {
        "key": uuid4().hex,
        "station": "station-1",
        "worker": {
            "name": f"示例{ordinal}",
            "identity_number": an_identity_number(ordinal * 2 - 1),  # odd for a man
            "phone": f"139{ordinal:08d}",
            "address": f"示例区示例街道{ordinal}号",
        },
        "limits": {
            "hours": [{"days": [1, 2, 3, 4, 5, 6, 7], "begin": "00:00", "until": "00:00"}],
            "places": ["cn-50-99", "cn-42-99"],
            "pay_floor_fen": 15000,
            "pay_floor_unit": "day",
            "health": [],
        },
        "facts": [
            {
                "name": "waiting_since",
                "value": "2025-01-01",
                "source": "statement",
                "established_on": "2026-03-02",
                "detail": "本人陈述",
            },
            {
                "name": "in_work",
                "value": False,
                "source": "statement",
                "established_on": "2026-03-02",
                "detail": "本人陈述",
            },
        ],
    }
    return fields | changes
