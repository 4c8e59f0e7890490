"""What a place asks before a person may leave by one reason (退出条件)."""

from dataclasses import dataclass

from cases.authorities import Authority
from cases.hardship.stages import ExitReason
from cases.wording import Wording


@dataclass(frozen=True)
class ListedReason:
    """`times` refusals, and the months of refusals or of silence that a reason asks for; None where it asks none."""

    reason: ExitReason
    title: Wording
    authority: Authority
    times: int | None = None
    within_months: int | None = None
