"""What comes next in a case of whatever kind, for whom, and why (下一步)."""

from dataclasses import dataclass
from datetime import datetime

from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class NextStep:
    """`act` is the kind of act that would do it, `about` a part of the case, `item` the plan's item it serves.

    `due_at`: of what is to be done on a day of its own, and not within a clock.
    """

    act: str
    by: Role
    why: Wording
    about: str | None = None
    item: str | None = None
    due_at: datetime | None = None
