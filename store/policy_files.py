"""Policy files as people proposed, checked, withdrew and published them; each act leaves its audit event with it.

Publishing is for a second person: whoever proposed a file cannot publish it, here and by the database.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from cases.canonical import Json
from cases.refusals import Refused
from store.audit import AuditEvent, record_audit
from store.decision_log import PUBLICATION, log_event
from store.keys import KeyRing
from store.one_at_a_time import hold
from store.policy_proposals import (
    Check,
    NewProposal,
    Proposal,
    ProposalState,
    Publication,
    PublishedText,
    Withdrawal,
)
from store.policy_refusals import (
    NO_SUCH_PROPOSAL,
    NOT_PASSED,
    OVERTAKEN,
    PUBLISHED_ALREADY,
    SECOND_PERSON,
    WITHDRAWN_ALREADY,
)
from store.rows import filled
from store.tables.policies import policy_check, policy_proposal, policy_publication, policy_text, policy_withdrawal
from store.ulids import new_id

PROPOSAL: Final = "policy-proposal"  # what the audit events are about
_ONE_BY_ONE: Final = "policy publications"


class Overtaken(Refused):
    """Another file was published meanwhile."""


class ContentTampered(RuntimeError):
    """A published text is not the one that was published."""


def digest(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def propose(connection: Connection, keyring: KeyRing, new: NewProposal, at: datetime) -> Proposal:
    """Keep a proposal; sent again under its id, it is kept once. Raises Refused for what is published already."""
    hold(connection, _ONE_BY_ONE)
    if earlier := proposal(connection, new.id):
        return earlier
    sha = digest(new.content)
    if connection.scalar(select(policy_publication.c.number).where(policy_publication.c.sha256 == sha)):
        raise Refused((PUBLISHED_ALREADY,))
    now = datetime.now(UTC)
    if connection.scalar(select(policy_text.c.sha256).where(policy_text.c.sha256 == sha)) is None:
        connection.execute(insert(policy_text).values(sha256=sha, content=new.content, recorded_at=now))
    values = {name: value for name, value in vars(new).items() if name != "content"}
    values |= {"files": list(new.files), "jurisdictions": list(new.jurisdictions)}
    connection.execute(
        insert(policy_proposal).values(
            **values, sha256=sha, replaces=_newest_of(connection, new.files), proposed_at=at, recorded_at=now
        )
    )
    _audit(connection, keyring, "propose-policy", new.id, new.proposed_by, new.why, at)
    return _found(connection, new.id)


def record_check(connection: Connection, keyring: KeyRing, proposal_id: str, check: Check) -> None:
    values = {**vars(check), "report": dict(check.report)}
    now = datetime.now(UTC)
    connection.execute(
        insert(policy_check).values(**values, id=new_id(check.run_at), proposal_id=proposal_id, recorded_at=now)
    )
    found = "passed" if check.passed else "failed"
    _audit(connection, keyring, "check-policy", proposal_id, check.run_by, found, check.run_at)


def publish(
    connection: Connection, keyring: KeyRing, proposal_id: str, check: Check, in_use_from: date, why: str, after: int
) -> Publication:
    """Publish as whoever ran the check, on which it rests. Raises Refused with why not; then nothing is written.

    `after`: the newest publication that the check knew of. What came since was not tried with it: Overtaken.
    """
    hold(connection, _ONE_BY_ONE)
    found = _open(connection, proposal_id)
    if check.run_by == found.proposed_by:
        raise Refused((SECOND_PERSON,))
    if not check.passed:
        raise Refused((NOT_PASSED,))
    if connection.scalar(select(policy_publication.c.number).where(policy_publication.c.sha256 == found.sha256)):
        raise Refused((PUBLISHED_ALREADY,))
    number = newest_publication(connection) + 1
    if number != after + 1 or _newest_of(connection, found.files) != found.replaces:
        raise Overtaken((OVERTAKEN,))
    connection.execute(
        insert(policy_publication).values(
            proposal_id=proposal_id,
            number=number,
            sha256=found.sha256,
            proposed_by=found.proposed_by,
            published_by=check.run_by,
            published_at=check.run_at,
            in_use_from=in_use_from,
            why=why,
            report=dict(check.report),
            recorded_at=datetime.now(UTC),
        )
    )
    record: dict[str, Json] = {
        "number": number,
        "sha256": found.sha256,
        "files": list(found.files),
        "proposed_by": found.proposed_by,
        "published_by": check.run_by,
        "in_use_from": in_use_from.isoformat(),
    }
    log_event(connection, keyring, PUBLICATION, record, check.run_at, event_id=proposal_id)
    _audit(connection, keyring, "publish-policy", proposal_id, check.run_by, why, check.run_at)
    return Publication(number, check.run_by, check.run_at, in_use_from, why, check.report)


def withdraw(connection: Connection, keyring: KeyRing, proposal_id: str, withdrawal: Withdrawal) -> None:
    """A proposal that is published, or withdrawn already, stays what it is: Refused."""
    hold(connection, _ONE_BY_ONE)
    _open(connection, proposal_id)
    values = {**vars(withdrawal), "proposal_id": proposal_id, "recorded_at": datetime.now(UTC)}
    connection.execute(insert(policy_withdrawal).values(values))
    by, at, why = withdrawal.withdrawn_by, withdrawal.withdrawn_at, withdrawal.why
    _audit(connection, keyring, "withdraw-policy", proposal_id, by, why, at)


def newest_publication(connection: Connection) -> int:
    """The number of the newest one; 0 while nothing was published."""
    return connection.scalar(select(func.max(policy_publication.c.number))) or 0


def published_texts(connection: Connection) -> tuple[PublishedText, ...]:
    """All that was published, the newest last. Raises ContentTampered where a text is not what was published."""
    query = (
        select(policy_publication.c.number, policy_publication.c.sha256, policy_text.c.content)
        .join(policy_text, policy_text.c.sha256 == policy_publication.c.sha256)
        .order_by(policy_publication.c.number)
    )
    found = tuple(filled(PublishedText, row) for row in connection.execute(query).mappings())
    for each in found:
        if digest(each.content) != each.sha256:
            raise ContentTampered(f"What is kept as publication {each.number} is not what was published.")
    return found


def proposal(connection: Connection, proposal_id: str) -> Proposal | None:
    row = connection.execute(_PROPOSALS.where(policy_proposal.c.id == proposal_id)).mappings().one_or_none()
    return _proposal(row) if row else None


def proposals(connection: Connection, *, most: int = 200) -> tuple[Proposal, ...]:
    """The newest first."""
    order = policy_proposal.c.proposed_at.desc(), policy_proposal.c.id.desc()
    return tuple(_proposal(row) for row in connection.execute(_PROPOSALS.order_by(*order).limit(most)).mappings())


def content(connection: Connection, sha: str) -> str:
    """Raises ContentTampered where it is no longer the text of that hash."""
    found: str = connection.execute(select(policy_text.c.content).where(policy_text.c.sha256 == sha)).scalar_one()
    if digest(found) != sha:
        raise ContentTampered(f"The text that is kept as {sha} is not the one that was proposed.")
    return found


def checks(connection: Connection, proposal_id: str) -> tuple[Check, ...]:
    """Every run of a proposal's examples, the latest first."""
    query = select(policy_check).where(policy_check.c.proposal_id == proposal_id)
    rows = connection.execute(query.order_by(policy_check.c.run_at.desc(), policy_check.c.id.desc())).mappings()
    return tuple(filled(Check, row) for row in rows)


_ENDINGS: Final = (
    policy_publication.c.number,
    policy_publication.c.published_by,
    policy_publication.c.published_at,
    policy_publication.c.in_use_from,
    policy_publication.c.report,
    policy_publication.c.why.label("published_why"),
    policy_withdrawal.c.withdrawn_by,
    policy_withdrawal.c.withdrawn_at,
    policy_withdrawal.c.why.label("withdrawn_why"),
)
_PROPOSALS: Final[Select[tuple[object, ...]]] = (
    select(policy_proposal, *_ENDINGS)
    .outerjoin(policy_publication, policy_publication.c.proposal_id == policy_proposal.c.id)
    .outerjoin(policy_withdrawal, policy_withdrawal.c.proposal_id == policy_proposal.c.id)
)


def _proposal(row: RowMapping) -> Proposal:
    published = filled(Publication, row, why=row["published_why"]) if row["number"] else None
    withdrawn = filled(Withdrawal, row, why=row["withdrawn_why"]) if row["withdrawn_by"] else None
    places = tuple(row["jurisdictions"])
    return filled(
        Proposal,
        row,
        files=tuple(row["files"]),
        jurisdictions=places,
        publication=published,
        withdrawal=withdrawn,
    )


def _newest_of(connection: Connection, files: Iterable[str]) -> int:
    """The newest publication of any of these files; 0 while the shipped ones are in use, or there are none."""
    query = select(policy_publication.c.number, policy_proposal.c.files).join(
        policy_proposal, policy_proposal.c.id == policy_publication.c.proposal_id
    )
    wanted = set(files)
    return max((row.number for row in connection.execute(query) if wanted & set(row.files)), default=0)


def _found(connection: Connection, proposal_id: str) -> Proposal:
    found = proposal(connection, proposal_id)
    if found is None:
        raise Refused((NO_SUCH_PROPOSAL,))
    return found


def _open(connection: Connection, proposal_id: str) -> Proposal:
    found = _found(connection, proposal_id)
    if found.state is ProposalState.PUBLISHED:
        raise Refused((PUBLISHED_ALREADY,))
    if found.state is ProposalState.WITHDRAWN:
        raise Refused((WITHDRAWN_ALREADY,))
    return found


def _audit(
    connection: Connection, keyring: KeyRing, kind: str, proposal_id: str, actor: str, why: str, at: datetime
) -> None:
    record_audit(connection, keyring, AuditEvent(kind, actor, at, PROPOSAL, proposal_id, reason=why))
