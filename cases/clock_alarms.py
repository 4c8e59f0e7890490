"""Reminders of clocks (时限提醒): who is told from which share of a term on, and in which words."""

from typing import Final

from cases.roles import Role
from cases.wording import Wording

OVER: Final = 100  # per cent of a term
# Reminders climb: the caseworker first, from three quarters on the supervisor too, at the end the manager as well.
REMINDED_FROM: Final = ((0, Role.CASEWORKER), (75, Role.SUPERVISOR), (100, Role.MANAGER))


def alarm_wording(called: Wording, percent: int, due: str) -> Wording:
    if percent >= OVER:
        return Wording(
            f"“{called.zh}”已到期" + (f"（{due}）" if due else ""),
            f"{called.en}: its term has ended" + (f" ({due})" if due else ""),
        )
    return Wording(
        f"“{called.zh}”已过{percent}%" + (f"，{due}到期" if due else ""),
        f"{called.en}: {percent} % of its days are over" + (f", due {due}" if due else ""),
    )
