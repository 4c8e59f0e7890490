"""Invented applications for subsidies."""

from typing import Any
from uuid import uuid4

ON = "2026-03-02"


def said(name: str, value: object, source: str = "record", **more: str) -> dict[str, Any]:
    return {"name": name, "value": value, "source": source, "established_on": ON, "detail": "联网核验", **more}


def recognised(name: str, value: object) -> dict[str, Any]:
    """A fact that is an officer's to find, told by another body's paper."""
    return said(name, value, "recognition", body="示例区就业服务中心", paper="示例认〔2026〕1号")


def own_payment(month: str, pension: int = 60_000, medical: int = 30_000) -> dict[str, Any]:
    return {"month": month, "pension": pension, "medical": medical, "by_self": True}


def flexible_facts(*months: str) -> list[dict[str, Any]]:
    """Everything that the subsidy for flexible work asks of a person with employment difficulty."""
    return [
        said("flexible_work", value=True),
        said("flexible_kind", "ride_hail", "statement"),
        said("minimum_living", value=True),
        said("local_hukou", value=True),
        said("zero_employment_family", value=False),
        recognised("employment_difficulty", value=True),
        recognised("retirement_month", "2040-01"),
        said("stop_events", []),
        said("past_grants", []),
        said("own_payments", [own_payment(month) for month in months]),
    ]


def an_application(worker: str, *months: str, **changes: Any) -> dict[str, Any]:
    """For the insurance subsidy of flexible workers, with all that it asks."""
    fields: dict[str, Any] = {
        "key": uuid4().hex,
        "station": "station-1",
        "policy": "flexible-insurance",
        "applicant": {"worker": worker},
        "periods": list(months),
        "said_true": True,
        "facts": flexible_facts(*months),
    }
    return fields | changes
