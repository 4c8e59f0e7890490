"""Public-notice lists (公示名单): all cases of a station that were granted and wait, put on one list, each once.

Broken off anywhere and begun again, the same list is gone on with: what is chosen stands in the record before any case
is told, and a case that knows of the list is not told again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from activities.bootstrap import Station
from activities.errands import Do, Errand
from activities.progress import Progress, Tell, tell_nobody
from cases.commands import command
from cases.days import day_of
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.subsidy.noticing import PublishNotice
from cases.wording import Wording
from store import staff, subsidy_notices
from store.audit import AuditEvent, record_audit
from store.engine import read, write
from store.subsidy_notices import Entry, NoticeList

CHUNK: Final = 500
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
        notice = self._begun(station_id, policy, actor, at)
        if notice.collected_at is None:
            self._collect(notice, at)
        self._put_all(notice, actor)
        with write(self.station.engine) as connection:
            notice = subsidy_notices.publish(connection, notice, at)
            event = AuditEvent(PUBLISHED, actor, at, ABOUT, notice.id, station_id=station_id, reason=policy)
            record_audit(connection, self.station.keyring, event)
            cases = subsidy_notices.how_many(connection, notice.id)
            return Published(notice, cases, subsidy_notices.left_out_of(connection, notice.id))

    def _begun(self, station_id: str, policy: str, actor: str, at: datetime) -> NoticeList:
        try:
            with write(self.station.engine) as connection:
                being_made = subsidy_notices.unfinished(connection, station_id, policy)
                if being_made:
                    return being_made
                here = subsidy_notices.waiting(connection, [station_id])
                place = next((each.jurisdiction for each in here if each.policy == policy), None)
                if place is None:
                    raise Refused((_nothing_waits(policy),))
                return subsidy_notices.begin(connection, station_id, place, policy, actor, at)
        except IntegrityError:  # somebody else began it at the same moment
            with read(self.station.engine) as connection:
                begun = subsidy_notices.unfinished(connection, station_id, policy)
            if begun is None:
                raise
            return begun

    def _collect(self, notice: NoticeList, at: datetime) -> None:
        chosen = 0
        while True:
            try:
                with write(self.station.engine) as connection:
                    more = subsidy_notices.collect(connection, notice, self.chunk, at)
            except IntegrityError:  # somebody else goes on with it too, and has just taken these
                continue
            if not more:
                return
            chosen += more
            self.tell(Progress(CHOSEN, chosen))

    def _put_all(self, notice: NoticeList, actor: str) -> None:
        after, done = 0, 0
        while True:
            with read(self.station.engine) as connection:
                chunk = subsidy_notices.not_yet_put(connection, notice, after, self.chunk)
                told = subsidy_notices.told_already(connection, notice, [each.case_id for each in chunk])
            if not chunk:
                return
            self._put(notice, [each for each in chunk if each.case_id not in told], dict(told), actor)
            after, done = chunk[-1].position, done + len(chunk)
            self.tell(Progress(TOLD, done))

    def _put(self, notice: NoticeList, untold: Sequence[Entry], revisions: dict[str, int], actor: str) -> None:
        act = PublishNotice(notice.id)
        errands = [Errand(each.case_id, command(f"{notice.id}/{actor}", act, actor)) for each in untold]
        answers = dict(zip((each.case_id for each in errands), self.do(errands), strict=True))
        refused = {case_id: answer for case_id, answer in answers.items() if isinstance(answer, Refused)}
        revisions |= {id_: answer.revision for id_, answer in answers.items() if not isinstance(answer, Refused)}
        with write(self.station.engine) as connection:
            # Somebody else may have told it in between: then it refused us, and is on the list all the same.
            revisions |= subsidy_notices.told_already(connection, notice, list(refused))
            subsidy_notices.put(connection, notice, revisions)
            gone = {case_id: codes(answer) for case_id, answer in refused.items() if case_id not in revisions}
            subsidy_notices.leave_out(connection, notice, gone)


def require_officer(connection: Connection, station_id: str, actor: str, at: datetime) -> None:
    if Role.OFFICER not in staff.station_roles(connection, actor, station_id, day_of(at)):
        raise Refused(
            (
                refusal(
                    "not-your-role",
                    f"须由本站的审批人办理；{actor}在{station_id}没有该角色。",
                    f"This is for an officer of the station; {actor} is none at {station_id}.",
                ),
            )
        )


def codes(refused: Refused) -> str:
    return ",".join(each.code for each in refused.refusals)


def _nothing_waits(policy: str) -> Refusal:
    return refusal(
        "nothing-waits",
        f"本站没有等待公示的“{policy}”个案。",
        f"No case of {policy} waits for its public notice at this station.",
    )
