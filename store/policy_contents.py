"""The contents of policies that decided something, kept by their hash: no file is needed to decide again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.remembered import once
from store.tables.contents import policy_content as table

# Made once: every determination asks.
_KEPT: Final = select(table.c.hash).where(table.c.hash == bindparam("hash"))


class ContentAltered(ValueError):
    """A kept content is not the one of its hash; `hash` names which."""

    def __init__(self, hash_: str) -> None:
        super().__init__(f"The content kept of the policy {hash_} is no longer the one of that hash: it was altered.")
        self.hash = hash_


@dataclass(frozen=True)
class PolicyContent:
    """`content` is canonical JSON, `hash` its SHA-256."""

    hash: str
    policy: str
    content: str


def keep_policy_content(connection: Connection, content: PolicyContent, at: datetime) -> None:
    """In the transaction of a determination: the content of what decided, unless it is kept already."""
    if is_kept(connection, content.hash):
        return
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    row = {"hash": content.hash, "policy": content.policy, "content": content.content, "at": at}
    connection.execute(insert(table).on_conflict_do_nothing(), row)


def is_kept(connection: Connection, hash_: str) -> bool:
    """What is kept is never taken away."""
    ask = connection.execute
    return once(connection, (table.name, hash_), lambda: ask(_KEPT, {"hash": hash_}).scalar_one_or_none()) is not None


def policy_contents(connection: Connection, hashes: Collection[str]) -> Mapping[str, PolicyContent]:
    """Those that are kept, each proved by its hash. Raises `ContentAltered`."""
    rows = connection.execute(select(table).where(table.c.hash.in_(hashes)).order_by(table.c.hash))
    return {row.hash: _proved(PolicyContent(row.hash, row.policy, row.content)) for row in rows}


def _proved(content: PolicyContent) -> PolicyContent:
    if sha256(content.content.encode()).hexdigest() != content.hash:
        raise ContentAltered(content.hash)
    return content
