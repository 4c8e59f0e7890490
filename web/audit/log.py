"""The decision log for an auditor: its signed head, the keys that signed it, and one leaf with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import from_canonical
from cases.checkpoints import NotACheckpoint, opened
from cases.erasing import Erasure
from cases.merkle import includes
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.auditing import whole_tree
from store.decision_log import DECISION, DETERMINATION, ERASURE, PUBLICATION, leaf_hash
from store.erasure import erasure_of_leaf
from store.log_reading import (
    LogDamaged,
    LogTree,
    Signed,
    entry_of,
    latest_entries,
    newest_checkpoint,
    pending_leaf,
)
from store.log_sequence import waiting
from store.log_signing import known_keys, verifies
from store.scope import NotInScope, require_any_case
from web.roles import AUDITING
from web.serving import Page
from web.visit import Visit

LOOKED: Final = "read-leaf"
LATEST: Final = 20
KINDS: Final[Mapping[str, Wording]] = {
    DETERMINATION: Wording("规则认定", "determination by rules"),
    DECISION: Wording("审批人的决定", "an officer's decision"),
    ERASURE: Wording("删除个人信息", "erasure of a person"),
    PUBLICATION: Wording("政策发布", "publication of a policy"),
}
LONGEST_ID: Final = 200


@dataclass(frozen=True)
class LeafShown:
    """A leaf with its proof: `holds` is what checking it just now came to; None while it waits for its index."""

    id: str
    case_id: str | None
    kind: Wording
    at: datetime
    record: str
    leaf: str
    index: int | None
    size: int
    proof: tuple[str, ...]
    holds: bool | None
    erasure: Erasure | None


@dataclass(frozen=True)
class LatestShown:
    index: int
    id: str
    kind: Wording
    at: datetime


def log_page(visit: Visit) -> Response:
    asked = visit.asked("leaf").strip()[:LONGEST_ID]
    # A look at a leaf is written down; the page without one writes nothing.
    with visit.writing() if asked else visit.reading() as connection:
        newest = newest_checkpoint(connection)
        context = {
            "newest": newest,
            "origin": newest.note.partition("\n")[0] if newest else None,
            "waiting": waiting(connection),
            "keys": list(known_keys(connection).values()),
            "latest": _latest(connection) if whole_tree(visit.scope) else None,
            "asked": asked,
            "leaf": _leaf(connection, visit, asked, newest) if asked else None,
        }
    return visit.render("audit/log.html", context)


def _latest(connection: Connection) -> list[LatestShown]:
    return [
        LatestShown(row.leaf_index, row.pending_id, _kind(_said(row.record)), row.recorded_at)
        for row in latest_entries(connection, LATEST)
    ]


def _said(record: str) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", from_canonical(record))


def _kind(said: Mapping[str, Any]) -> Wording:
    kind = str(said.get("kind", DECISION))  # those of before there were others were decisions
    return KINDS.get(kind, Wording(kind, kind))


def checkpoint_file(visit: Visit) -> Response:
    """The signed head as text, to be kept out of the database's reach."""
    with visit.reading() as connection:
        newest = newest_checkpoint(connection)
    if newest is None:
        return visit.go("/audit/log")
    headers = {"Content-Disposition": f'attachment; filename="checkpoint-{newest.size}.txt"'}
    return Response(newest.note, media_type="text/plain", headers=headers)


def _leaf(connection: Connection, visit: Visit, leaf_id: str, newest: Signed | None) -> LeafShown | None:
    """None where there is no such leaf, or not for this reader. Who looked is written down."""
    row = pending_leaf(connection, leaf_id)
    if row is None:
        return None
    said = _said(row.record)
    case_id = said.get("case")
    if not _in_scope(connection, visit, case_id):
        return None
    event = AuditEvent(
        LOOKED, visit.me.staff_id, visit.now, "leaf", leaf_id, case_id=case_id, station_id=said.get("station")
    )
    record_audit(connection, visit.office.station.keyring, event)
    entry = entry_of(connection, leaf_id)
    size, proof, holds = _proved(connection, row.record, entry.index, newest) if entry and newest else (0, (), None)
    return LeafShown(
        leaf_id,
        case_id,
        _kind(said),
        row.at,
        row.record,
        row.leaf.hex(),
        entry.index if entry else None,
        size,
        proof,
        holds,
        erasure_of_leaf(connection, leaf_id),
    )


def _proved(connection: Connection, record: str, index: int, newest: Signed) -> tuple[int, tuple[str, ...], bool]:
    """The proof, and whether it holds: from the record as it stands to a head that a known key signed."""
    try:
        head = opened(newest.note, known_keys(connection), verifies)
        proof = LogTree(connection).inclusion(index, head.size)
    except (LogDamaged, NotACheckpoint):
        return newest.size, (), False
    holds = includes(head.root, head.size, index, leaf_hash(record), proof)
    return head.size, tuple(each.hex() for each in proof), holds


def _in_scope(connection: Connection, visit: Visit, case_id: str | None) -> bool:
    """A case's leaf is for who audits the case; what is of no case, for who audits everything."""
    if case_id is None:
        return whole_tree(visit.scope)
    try:
        require_any_case(connection, visit.scope, case_id)
    except NotInScope:
        return False
    return True


ROUTES: Final = [
    Page("/audit/log", log_page, AUDITING),
    Page("/audit/log/checkpoint", checkpoint_file, AUDITING),
]
