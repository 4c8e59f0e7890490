"""The nightly check of the decision log (夜间核验): every night at three, or as soon as the station runs again.

What it came to is an audit event: it stands on the administrator's page, and a check that failed in the log of the
process too.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import structlog
from sqlalchemy import Engine

from activities.log_checking import Checked, check_live
from cases.days import ONE_DAY, day_of, instant
from store.engine import read, write
from store.keys import KeyRing
from store.log_checks import LogChecked, keep_log_check, latest_log_check
from store.log_signing import known_keys
from store.one_at_a_time import hold

AT_NIGHT: Final = time(3)
LOOK_AGAIN_SECONDS: Final = 600.0
SHOWN: Final = 20  # of the findings: a log that was changed early differs everywhere after
log = structlog.get_logger()


def latest_night(now: datetime) -> datetime:
    """The instant since which the log has to have been checked."""
    tonight = instant(day_of(now), AT_NIGHT)
    return tonight if tonight <= now else instant(day_of(now) - ONE_DAY, AT_NIGHT)


@dataclass(frozen=True)
class LogWatch:
    engine: Engine
    keyring: KeyRing
    threads: Executor | None = None  # whoever stops the loop waits for them; None: the event loop's own
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def watch_forever(self) -> None:
        while True:
            try:
                await asyncio.get_running_loop().run_in_executor(self.threads, self.check_if_due)
            except Exception as error:  # noqa: BLE001  # the record may be away; the loop outlives it
                log.warning("log-check-away", error=type(error).__name__)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def check_if_due(self) -> LogChecked | None:
        """None where it was checked since the latest night."""
        now = self.now()
        if not self._due(now):
            return None
        with read(self.engine) as connection:
            trusted = dict(known_keys(connection))
        checked = check_live(self.engine, self.keyring, trusted=trusted, kept=())
        return self._kept(checked, now)

    def _due(self, now: datetime) -> bool:
        with read(self.engine) as connection:
            latest = latest_log_check(connection)
        return latest is None or latest[0] < latest_night(now)

    def _kept(self, checked: Checked, now: datetime) -> LogChecked:
        first = tuple(each.wording for each in checked.findings[:SHOWN])
        found = LogChecked(checked.leaves, checked.checkpoints, len(checked.findings), first)
        if found.findings:
            log.error("log-check-failed", findings=found.findings, first=[each.en for each in first])
        with write(self.engine) as connection:
            hold(connection, "log-check")
            latest = latest_log_check(connection)
            # Another process may have checked it at the same time: it is told once, unless this one found more.
            if latest is None or latest[0] < latest_night(now) or found.findings > latest[1].findings:
                keep_log_check(connection, self.keyring, found, now)
        return found
