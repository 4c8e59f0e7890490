"""An audit packet (审计包): one file of one case that the stand-alone verifier checks without this system.

What leaves the building: the case's id, place and days; the facts that its policies read; what was found, concluded and
decided, by whom; the policies; the log's records, salts and proofs. No name, number, phone or address of anybody, no
paper, and nobody's words. Every export has a reason and is written down before the file is given away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Final

from sqlalchemy import Connection, Engine

from activities.sequencing import sequence_all
from cases.any_case import OneCase
from cases.canonical import Json, canonical
from cases.checkpoints import Checkpoint, NotACheckpoint, PublicKey, opened, signed_text
from cases.refusals import Refused, refusal
from store.aead import Key
from store.audit import AuditEvent, record_audit
from store.case_leaves import CaseLeaf, leaves_of_case
from store.cases import load_any
from store.engine import read, write
from store.erasure import erasure_of
from store.kept_determinations import Chosen, KeptDetermination, kept_determinations
from store.keys import KeyRing
from store.log_reading import LogTree, newest_checkpoint
from store.log_signing import known_keys, log_origin, signers, verifies
from store.person_keys import KeyDestroyed, person_key
from store.policy_contents import policy_contents
from store.scope import Scope, require_any_case

FORM: Final = 2
KIND: Final = "export-audit-packet"
MOST_REASON: Final = 200
MOST_DETERMINATIONS: Final = 10_000


@dataclass(frozen=True)
class Export:
    """Who takes which case along, why, and the checkpoints that they hold from earlier."""

    case_id: str
    reader: str
    reason: str
    checkpoints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Packets:
    engine: Engine
    keyring: KeyRing

    def packet(self, asked: Export, scope: Scope, at: datetime) -> bytes:
        """The file. Raises NotInScope, and Refused where there is no reason or a checkpoint is another's."""
        _require_reason(asked.reason)
        with read(self.engine) as connection:
            require_any_case(connection, scope, asked.case_id)
            case = load_any(connection, asked.case_id)
            for note in asked.checkpoints:
                _opened(note, known_keys(connection))
        # What waits for its place in the log gets it first, so that all of the case can be proved.
        sequence_all(self.engine, self.keyring)
        event = AuditEvent(
            KIND, asked.reader, at, case_id=case.id, station_id=case.station_id, reason=asked.reason.strip()
        )
        with write(self.engine) as connection:
            record_audit(connection, self.keyring, event)
        with read(self.engine) as connection:
            return self._signed(connection, self._said(connection, case, asked, scope, at))

    def _said(
        self, connection: Connection, case: OneCase, asked: Export, scope: Scope, at: datetime
    ) -> dict[str, Json]:
        key = _key(connection, self.keyring, case.person)
        newest = newest_checkpoint(connection)
        kept = kept_determinations(connection, scope, Chosen(case_id=case.id), None, MOST_DETERMINATIONS)
        contents = policy_contents(connection, {each.policy_hash for each in kept})
        leaves = leaves_of_case(connection, key, case.id, newest.size if newest else 0)
        texts = {each.id: each.text(key).text for each in kept} if key else {}
        sheets = {hash_: content for each in kept for hash_, content in each.sheets.items()}
        return {
            "case": _case(case),
            "exported": {
                "at": at.isoformat(),
                "by": asked.reader,
                "reason": asked.reason.strip(),
                "version": version("yizhan"),
            },
            "erased": _erased(connection, case.person),
            "policies": {hash_: content.content for hash_, content in contents.items()},
            "sheets": sheets if texts else {},
            "determinations": [_determination(each, texts.get(each.id)) for each in kept],
            "entries": [_entry(leaf, key, texts) for leaf in leaves],
            "checkpoint": newest.note if newest else None,
            "older": [_older(connection, note, newest.size if newest else 0) for note in asked.checkpoints],
            "keys": [key.spelled for key in self._keys(connection)],
        }

    def _keys(self, connection: Connection) -> Sequence[PublicKey]:
        """Every key that ever signed the log, and those that sign now."""
        known = dict(known_keys(connection))
        for signer in signers(self.keyring, log_origin(connection)):
            ours = PublicKey(signer.name, signer.algorithm, signer.public)
            known.setdefault(ours.id, ours)
        return tuple(known.values())

    def _signed(self, connection: Connection, said: Mapping[str, Json]) -> bytes:
        digest = sha256(canonical(said).encode()).hexdigest()
        case = said["case"]
        case_id = case["id"] if isinstance(case, Mapping) else ""
        text = f"yizhan packet v{FORM}\n{case_id}\nsha256 {digest}\n"
        note = signed_text(text, signers(self.keyring, log_origin(connection)))
        return canonical({"format": FORM, "packet": said, "note": note}).encode()


def _require_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= MOST_REASON:
        zh = f"请写明导出的事由（最多 {MOST_REASON} 个字，不写个人信息）。"
        en = f"Say why the packet is exported (at most {MOST_REASON} characters, naming nobody)."
        raise Refused((refusal("no-reason", zh, en),))


def _opened(note: str, keys: Mapping[str, PublicKey]) -> Checkpoint:
    try:
        return opened(note, keys, verifies)
    except NotACheckpoint:
        zh = "给出的检查点不是本日志签出的：请核对文件；若确是从前取得的，日志的密钥或内容可能被换过，请立即报告。"
        en = (
            "A checkpoint that was given is none of this log's: look at the file. If it was had from here, the log's "
            "keys or contents may have been exchanged: report it at once."
        )
        raise Refused((refusal("no-checkpoint-of-ours", zh, en),)) from None


def _key(connection: Connection, keyring: KeyRing, worker_id: str) -> Key | None:
    try:
        return person_key(connection, keyring, worker_id)
    except KeyDestroyed:
        return None


def _case(case: OneCase) -> dict[str, Json]:
    return {
        "id": case.id,
        "station": case.station_id,
        "jurisdiction": case.jurisdiction,
        "applied_on": case.applied_on.isoformat(),
        "opened_at": case.opened_at.isoformat(),
        "stage": case.stage.value,
        "outcome": case.outcome.value if case.outcome else None,
    }


def _erased(connection: Connection, worker_id: str) -> Json:
    found = erasure_of(connection, worker_id)
    return {"at": found.at.isoformat(), "basis": found.basis.value} if found else None


def _determination(kept: KeptDetermination, text: str | None) -> dict[str, Json]:
    """Word for word; of somebody erased only that there was one."""
    return {"id": kept.id, "made_at": kept.made_at.isoformat(), "policy_hash": kept.policy_hash, "text": text}


def _entry(leaf: CaseLeaf, key: Key | None, texts: Mapping[str, str]) -> dict[str, Json]:
    """With the salts of the determination's lines; nobody's words are opened."""
    text = texts.get(leaf.determination)
    salts = leaf.salts(key, text) if key and text is not None else None
    return {
        "record": leaf.record,
        "index": leaf.index,
        "proof": [each.hex() for each in leaf.proof],
        "salt": leaf.salt.hex() if leaf.salt else None,
        "salts": [each.hex() for each in salts] if salts else None,
        "words": None,
    }


def _older(connection: Connection, note: str, size: int) -> dict[str, Json]:
    found = _opened(note, known_keys(connection))
    if found.size > size:
        zh, en = (
            f"给出的检查点有{found.size}条，日志现在只有{size}条：日志少了内容，请立即报告。",
            f"The given checkpoint is of {found.size} records, and the log has {size} now: some are gone. Report it.",
        )
        raise Refused((refusal("log-is-shorter", zh, en),))
    proof = LogTree(connection).consistency(found.size, size) if found.size > 0 else []
    return {"note": note, "proof": [each.hex() for each in proof]}
