"""Invented people for the demonstration; the region of their numbers is never issued."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from cases.days import day_of
from cases.identity import check_character

_ORDINALS = count(1)


def a_person(**facts: object) -> dict[str, Any]:
    """A registration with every hard constraint known, and these facts."""
    ordinal = next(_ORDINALS)
    first = f"69999919850312{ordinal * 2 % 1000:03d}"
    today = day_of(datetime.now(UTC)).isoformat()
    return {
        "key": uuid4().hex,
        "station": "station-1",
        "worker": {
            "name": f"示例䶮{ordinal}",
            "identity_number": first + check_character(first),
            "phone": f"138{ordinal:08d}",
            "address": f"示例区示例街道{ordinal}号",
        },
        "limits": {
            "hours": [{"days": [1, 2, 3, 4, 5, 6, 7], "begin": "06:00", "until": "20:00"}],
            "places": ["cn-50-99"],
            "pay_floor_fen": 15_000,
            "pay_floor_unit": "day",
            "health": ["heights"],
        },
        "facts": [
            {"name": name, "value": value, "source": "record", "established_on": today, "detail": "联网核验"}
            for name, value in facts.items()
        ],
    }
