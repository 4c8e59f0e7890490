"""A notice (通知): what one role of one station is told. Nothing about a person is in it."""

from dataclasses import dataclass

from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class Notice:
    """For one role of one station; the case's own caseworker, or its worker, stand for these two roles."""

    to: Role
    station_id: str
    wording: Wording
