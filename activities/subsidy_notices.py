"""Public-notice lists (公示名单): all cases of a station that were granted and wait, put on one list, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.errands import Do, Errand
from activities.gathering import CHUNK, Gathering, parted, require_officer
from activities.progress import Tell, tell_nobody
from cases.commands import command
from cases.refusals import Refusal, Refused, refusal
from cases.subsidy.noticing import PublishNotice
from cases.wording import Wording
from store import subsidy_notices, subsidy_waiting
from store.audit import AuditEvent, record_audit
from store.engine import read, write
from store.subsidy_notices import Entry, NoticeList

PUBLISHED: Final = "publish-subsidy-notice"
ABOUT: Final = "subsidy-notice"
CHOSEN: Final = Wording("选入名单", "chosen for the list")
TOLD: Final = Wording("列入公示", "put on the list")


@dataclass(frozen=True)
class Published:
    """A list that is whole; `left_out` are cases that refused, with the refusal's code."""

    notice: NoticeList
    cases: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Notices:
    station: Station
    do: Do
    tell: Tell = tell_nobody
    chunk: int = CHUNK

    def publish(self, station_id: str, policy: str, actor: str, at: datetime) -> Published:
        """Make the list, or go on with the one that is being made. Raises Refused where nothing waits."""
        with read(self.station.engine) as connection:
            require_officer(connection, station_id, actor, at)
        notice = self.gathering.begun(
            partial(subsidy_notices.unfinished, station_id=station_id, policy=policy),
            lambda connection: _begin(connection, station_id, policy, actor, at),
        )
        if notice.collected_at is None:
            self.gathering.gathered(
                lambda connection, most: subsidy_notices.collect(connection, notice, most, at), CHOSEN
            )
        self.gathering.dealt_with(
            lambda connection, after, most: subsidy_notices.not_yet_put(connection, notice, after, most),
            lambda chunk: self._put(notice, chunk, actor),
            lambda entry: entry.position,
            TOLD,
        )
        with write(self.station.engine) as connection:
            notice = published(connection, self.station, notice, actor, at)
            cases = subsidy_notices.how_many(connection, notice.id)
            return Published(notice, cases, subsidy_notices.left_out_of(connection, notice.id))

    @property
    def gathering(self) -> Gathering:
        return Gathering(self.station.engine, self.tell, self.chunk)

    def _put(self, notice: NoticeList, chunk: Sequence[Entry], actor: str) -> None:
        with read(self.station.engine) as connection:
            told = subsidy_notices.told_already(connection, notice, [each.case_id for each in chunk])
        act = PublishNotice(notice.id)
        untold = [each.case_id for each in chunk if each.case_id not in told]
        answers = self.do([Errand(case_id, command(f"{notice.id}/{actor}", act, actor)) for case_id in untold])
        done, refused = parted(untold, answers)
        with write(self.station.engine) as connection:
            # Somebody else may have told it in between: then it refused us, and is on the list all the same.
            meanwhile = subsidy_notices.told_already(connection, notice, list(refused))
            on_it = {case_id: receipt.revision for case_id, receipt in done.items()} | dict(told) | dict(meanwhile)
            subsidy_notices.put(connection, notice, on_it)
            gone = {case_id: codes for case_id, codes in refused.items() if case_id not in on_it}
            subsidy_notices.leave_out(connection, notice, gone)


def _begin(connection: Connection, station_id: str, policy: str, actor: str, at: datetime) -> NoticeList:
    here = subsidy_waiting.waiting(connection, [station_id])
    place = next((each.jurisdiction for each in here if each.policy == policy), None)
    if place is None:
        raise Refused((_nothing_waits(policy),))
    return subsidy_notices.begin(connection, station_id, place, policy, actor, at)


def published(connection: Connection, station: Station, notice: NoticeList, actor: str, at: datetime) -> NoticeList:
    """Every case on it was told: the list is whole."""
    notice = subsidy_notices.publish(connection, notice, at)
    event = AuditEvent(PUBLISHED, actor, at, ABOUT, notice.id, station_id=notice.station_id, reason=notice.policy)
    record_audit(connection, station.keyring, event)
    return notice


def _nothing_waits(policy: str) -> Refusal:
    return refusal(
        "nothing-waits",
        f"本站没有等待公示的“{policy}”个案。",
        f"No case of {policy} waits for its public notice at this station.",
    )
