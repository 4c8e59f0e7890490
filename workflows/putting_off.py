"""What cannot be had now is put off: tried again later, and less often each time, so that a case goes on meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FIRST = timedelta(minutes=10)
LONGEST = timedelta(days=1)


@dataclass
class PutOffs:
    """By what was put off: a policy to determine, a paper to print."""

    until: dict[str, datetime] = field(default_factory=dict)
    waits: dict[str, timedelta] = field(default_factory=dict)

    def put_off(self, what: str, now: datetime) -> None:
        wait = min(self.waits[what] * 2, LONGEST) if what in self.waits else FIRST
        self.waits[what] = wait
        self.until[what] = now + wait

    def done(self, what: str) -> None:
        self.until.pop(what, None)
        self.waits.pop(what, None)

    def may_try(self, what: str, now: datetime) -> bool:
        return what not in self.until or self.until[what] <= now

    def wakes(self, now: datetime) -> Iterator[datetime]:
        """The instants to come at which something is tried again."""
        return (at for at in self.until.values() if at > now)
