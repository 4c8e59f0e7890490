"""The record as versions before lines were committed to left it: whole texts, one sealed salt for all of a leaf.

Such records are kept for as long as cases are, so everything that reads them is tested on both.
"""

import hmac
import json
import secrets
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select, update

from cases.canonical import Json, canonical
from cases.determinations import Determination
from store.aead import Key
from store.append_only import keep_append_only, lift_append_only
from store.decision_log import leaf_hash, receipt_of
from store.determinations import kept_text
from store.encryption import seal
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import determination_record, hardship_case, log_pending
from store.tables.contents import finding_sheet


def commitment(salt: bytes, name: str, value: Json) -> str:
    return hmac.new(salt, canonical([name, value]).encode(), sha256).hexdigest()


def written_as_before(connection: Connection, keyring: KeyRing, case_id: str) -> None:
    """Write what a case left anew, before any of it is sequenced."""
    worker_id = connection.execute(select(hardship_case.c.worker_id).where(hardship_case.c.id == case_id)).scalar_one()
    key = person_key(connection, keyring, worker_id)
    made = _determinations(connection, key, case_id)
    lift_append_only(connection)
    for row in connection.execute(select(log_pending).where(log_pending.c.person_id == worker_id)).all():
        record = json.loads(row.record)
        if record["format"] > 1 and record["case"] == case_id:
            salt = secrets.token_bytes(32)
            text = canonical(_of_values(record, salt, *made[record["determination"]]))
            leaf = leaf_hash(text)
            values = {
                "record": text,
                "leaf": leaf,
                "salt_sealed": seal(key, "log_pending", "salt_sealed", row.id, salt.hex()),
                "receipt": receipt_of(keyring, row.id, leaf, row.at),
            }
            connection.execute(update(log_pending).where(log_pending.c.id == row.id).values(values))
    connection.execute(finding_sheet.delete())
    keep_append_only(connection)


def _determinations(connection: Connection, key: Key, case_id: str) -> dict[str, tuple[Determination, str]]:
    table, made = determination_record, {}
    for id_ in connection.execute(select(table.c.id).where(table.c.case_id == case_id)).scalars().all():
        kept = kept_text(connection, key, case_id, id_)
        made[id_] = kept.determination, kept.whole
        sealed = seal(key, table.name, "detail_sealed", f"{case_id}/{id_}", kept.whole)
        here = table.c.case_id == case_id, table.c.id == id_
        connection.execute(update(table).where(*here).values(detail_sealed=sealed))
    return made


def _of_values(record: dict[str, Any], salt: bytes, made: Determination, text: str) -> dict[str, Any]:
    findings: dict[str, Json] = {
        f.rule: [f.verdict.value, [[read.name, read.value] for read in f.read]] for f in made.findings
    }
    committed = {
        "facts": {name: commitment(salt, name, value) for name, value in json.loads(made.facts_json).items()},
        "findings": {rule: commitment(salt, f"findings/{rule}", found) for rule, found in findings.items()},
        "whole": {"detail": commitment(salt, "whole/detail", text)},
    }
    words = {"words": {name: commitment(salt, f"words/{name}", "") for name in record.get("words", ())}}
    kept = {name: said for name, said in record.items() if name not in ("committed", "words")}
    return {**kept, **committed, **(words if "words" in record else {}), "format": 1}
