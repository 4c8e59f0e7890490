"""A vacancy's form as somebody fills it in."""

from datetime import date, timedelta


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-year": str(on.year), f"{name}-month": str(on.month), f"{name}-day": str(on.day)}


def offer(today: date, **changes: str | list[str]) -> dict[str, str | list[str]]:
    return {
        "key": "0123456789abcdef0123456789abcdef",
        "employer": "employer-1",
        "replaces": "",
        "station": "station-1",
        "title": "叉车工",
        "trade": "搬运",
        "headcount": "3",
        "place": "cn-50-99-01",
        "address": "示例路9号",
        "pay_min": "200",
        "pay_max": "230.50",
        "pay_unit": "day",
        "hours_said": "yes",
        "days1": ["1", "2", "3"],
        "begin1": "22:00",
        "until1": "06:00",
        "health_said": "some",
        "health": ["driving"],
        **day("received_on", today),
        **day("expires_on", today + timedelta(days=30)),
        **changes,
    }
