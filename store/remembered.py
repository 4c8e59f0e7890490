"""What one transaction was told already and need not ask again, such as the key of a person whose case it changes.

It is forgotten with the transaction. Only what nobody changes, or whose changing says so here (`forget`), is kept.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, RootTransaction

T = TypeVar("T")
MOST: Final = 4000  # a chunk of a month's applications has a few of each person

_of: "WeakKeyDictionary[RootTransaction, dict[Hashable, Any]]" = WeakKeyDictionary()


def once(connection: Connection, key: Hashable, ask: Callable[[], T | None]) -> T | None:
    """The answer as this transaction has it; that there is none is asked again each time.

    Inside a savepoint nothing is remembered: what it wrote may be undone while the transaction goes on.
    """
    transaction = connection.get_transaction()
    if transaction is None or connection.in_nested_transaction():
        return ask()
    known = _of.setdefault(transaction, {})
    if key in known:
        answer: T = known[key]
        return answer
    found = ask()
    if found is not None:
        if len(known) >= MOST:
            known.clear()
        known[key] = found
    return found


def forget(connection: Connection, key: Hashable) -> None:
    transaction = connection.get_transaction()
    if transaction is not None:
        _of.get(transaction, {}).pop(key, None)
