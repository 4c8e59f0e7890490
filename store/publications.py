"""The truth check (真实性审查) of a vacancy, where it is then published, and when the employer last confirmed it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from cases.refusals import Refused, refusal
from store.rows import filled
from store.tables.vacancies import CheckResult, publication, truth_check, vacancy_confirmation
from store.ulids import new_id
from store.vacancies import vacancy


class NotPublishable(Refused):
    """A vacancy that may not be shown to anyone yet."""


@dataclass(frozen=True)
class TruthCheck:
    """Who looked, when, at what evidence; findings of discrimination (歧视性内容) are named one by one."""

    vacancy_id: str
    checked_by: str
    checked_on: date
    evidence: tuple[str, ...]
    discrimination_findings: tuple[str, ...]
    result: CheckResult

    @property
    def passed(self) -> bool:
        return self.result is CheckResult.PASSED and not self.discrimination_findings


@dataclass(frozen=True)
class Publication:
    """Where a vacancy was shown, from a day on, until it was withdrawn."""

    channel: str
    published_on: date
    published_by: str
    withdrawn_on: date | None


@dataclass(frozen=True)
class Confirmation:
    """The employer's word that a vacancy is still open."""

    confirmed_on: date
    confirmed_by: str


@dataclass(frozen=True)
class Standing:
    """How a vacancy stands on a day."""

    live: bool
    truth_checked: bool
    channels: tuple[str, ...]  # where it is shown
    confirmed_on: date  # when the employer last said that it is still open

    @property
    def published(self) -> bool:
        return bool(self.channels)

    def stale(self, on: date, after_days: int) -> bool:
        """Whether it has gone unconfirmed for longer than the place allows (a policy's number of days)."""
        return (on - self.confirmed_on).days > after_days


def record_truth_check(
    connection: Connection, new: TruthCheck, recorded_at: datetime, check_id: str | None = None
) -> str:
    """Write a check down. What no longer passes is no longer shown from the day of the check."""
    check_id = check_id or new_id(recorded_at)
    values = {
        **vars(new),
        "evidence": list(new.evidence),
        "discrimination_findings": list(new.discrimination_findings),
    }
    connection.execute(insert(truth_check).values(**values, id=check_id, recorded_at=recorded_at))
    if not new.passed:
        withdraw(connection, new.vacancy_id, new.checked_on)
    return check_id


def is_written(connection: Connection, check_id: str) -> bool:
    return connection.execute(select(truth_check.c.id).where(truth_check.c.id == check_id)).first() is not None


def latest_truth_check(connection: Connection, vacancy_id: str, on: date) -> TruthCheck | None:
    """The latest check of a vacancy as of a day, whatever its result."""
    query = (
        select(truth_check)
        .where(truth_check.c.vacancy_id == vacancy_id, truth_check.c.checked_on <= on)
        .order_by(truth_check.c.checked_on.desc(), truth_check.c.recorded_at.desc(), truth_check.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return _check(row) if row else None


def truth_checks(connection: Connection, vacancy_id: str) -> tuple[TruthCheck, ...]:
    """Every check of a vacancy, the newest first."""
    query = (
        select(truth_check)
        .where(truth_check.c.vacancy_id == vacancy_id)
        .order_by(truth_check.c.checked_on.desc(), truth_check.c.recorded_at.desc(), truth_check.c.id.desc())
    )
    return tuple(_check(row) for row in connection.execute(query).mappings())


def publications(connection: Connection, vacancy_id: str) -> tuple[Publication, ...]:
    """Where a vacancy is and was shown, the latest first."""
    query = (
        select(publication)
        .where(publication.c.vacancy_id == vacancy_id)
        .order_by(publication.c.published_on.desc(), publication.c.channel)
    )
    return tuple(filled(Publication, row) for row in connection.execute(query).mappings())


def confirmations(connection: Connection, vacancy_id: str) -> tuple[Confirmation, ...]:
    query = select(vacancy_confirmation).where(vacancy_confirmation.c.vacancy_id == vacancy_id)
    rows = connection.execute(query.order_by(vacancy_confirmation.c.confirmed_on.desc())).mappings()
    return tuple(filled(Confirmation, row) for row in rows)


def publish(
    connection: Connection, vacancy_id: str, channel: str, published_on: date, published_by: str, recorded_at: datetime
) -> str:
    """Show a vacancy in a channel; refused while its latest truth check is not passed."""
    found = standing(connection, vacancy_id, published_on)
    if found is None or not found.live or not found.truth_checked:
        raise NotPublishable(
            (
                refusal(
                    "not-publishable",
                    "岗位须在有效期内并通过真实性审查后才能发布。",
                    "A vacancy is shown only while it is live and its truth check is passed.",
                ),
            )
        )
    publication_id = new_id(recorded_at)
    connection.execute(
        insert(publication).values(
            id=publication_id,
            vacancy_id=vacancy_id,
            channel=channel,
            published_on=published_on,
            published_by=published_by,
            recorded_at=recorded_at,
        )
    )
    return publication_id


def withdraw(connection: Connection, vacancy_id: str, withdrawn_on: date, channel: str | None = None) -> None:
    """Show a vacancy no more from this day on: in this channel, or nowhere."""
    shown = (publication.c.vacancy_id == vacancy_id) & publication.c.withdrawn_on.is_(None)
    if channel is not None:
        shown &= publication.c.channel == channel
    connection.execute(update(publication).where(shown).values(withdrawn_on=withdrawn_on))


def confirm(
    connection: Connection, vacancy_id: str, confirmed_on: date, confirmed_by: str, recorded_at: datetime
) -> None:
    """The employer says that the vacancy is still open."""
    connection.execute(
        insert(vacancy_confirmation).values(
            id=new_id(recorded_at),
            vacancy_id=vacancy_id,
            confirmed_on=confirmed_on,
            confirmed_by=confirmed_by,
            recorded_at=recorded_at,
        )
    )


def standing(connection: Connection, vacancy_id: str, on: date) -> Standing | None:
    """How a vacancy stood on a day; what happened later does not count."""
    offered = vacancy(connection, vacancy_id)
    if offered is None:
        return None
    check = latest_truth_check(connection, vacancy_id, on)
    said = select(vacancy_confirmation.c.confirmed_on).where(
        vacancy_confirmation.c.vacancy_id == vacancy_id, vacancy_confirmation.c.confirmed_on <= on
    )
    return Standing(
        live=offered.live(on),
        truth_checked=check is not None and check.passed,
        channels=_channels(connection, vacancy_id, on) if offered.live(on) else (),
        confirmed_on=max((offered.received_on, *connection.scalars(said))),
    )


def _channels(connection: Connection, vacancy_id: str, on: date) -> tuple[str, ...]:
    shown = select(publication).where(publication.c.vacancy_id == vacancy_id, publication.c.published_on <= on)
    rows = connection.execute(shown.order_by(publication.c.channel)).all()
    return tuple(row.channel for row in rows if row.withdrawn_on is None or row.withdrawn_on > on)


def _check(row: RowMapping) -> TruthCheck:
    findings = tuple(row["discrimination_findings"])
    return filled(TruthCheck, row, evidence=tuple(row["evidence"]), discrimination_findings=findings)
