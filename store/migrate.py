"""Bring the database to the tables of this version; a database of a newer version is left alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

import store.tables
from store.append_only import keep_append_only, lift_append_only
from store.engine import read
from store.keys import KeyRing
from store.log_sequence import queue_leaves_of_before, receipt_leaves_of_before
from store.tables.base import METADATA

FOLDER: Final = Path(__file__).parent / "migrations"
FIRST_WITH_LOG: Final = "0005"
# Any number, the same for all who migrate: the second waits for the first, and then finds nothing left to do.
_ADVISORY_LOCK: Final = 0x79697A68616E


class RecordTooNew(Exception):
    """The database was written by a newer version, which this one would misread."""


class RecordTooOld(Exception):
    """The database has not been brought to this version yet."""


def upgrade(engine: Engine, keyring: Callable[[], KeyRing] | None = None) -> None:
    """Bring the database to this version, all steps or none; `keyring` for what an older one left without receipts."""
    with _migrating(engine) as connection:
        _refuse_newer(connection)
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(_config(connection), "head")
        keep_append_only(connection)
        queue_leaves_of_before(connection)
        if keyring and before and before < FIRST_WITH_LOG:
            receipt_leaves_of_before(connection, keyring)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an older revision (`base`: no tables), losing what only newer ones hold."""
    with _migrating(engine) as connection:
        lift_append_only(connection)
        command.downgrade(_config(connection), revision)


def current_revision(engine: Engine) -> str | None:
    """The revision of the database; None: it is empty."""
    with read(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision to which this version upgrades."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    if head is None:
        raise LookupError(f"There are no revisions in {FOLDER}.")
    return head


def require_current(engine: Engine) -> None:
    """Refuse to work on a database of another version, newer or older."""
    with read(engine) as connection:
        _refuse_newer(connection)
    if (found := current_revision(engine)) != (wanted := newest_revision()):
        raise RecordTooOld(
            f"The database is at revision {found or 'none'}, and this version needs {wanted}: run yizhan migrate."
        )


def new_revision(engine: Engine, message: str) -> Path:
    """Write the revision that leads from the tables of an up-to-date database to those of the code."""
    number = f"{sum(1 for _ in ScriptDirectory(str(FOLDER)).walk_revisions()) + 1:04}"
    with _migrating(engine) as connection:
        made = command.revision(_config(connection), message, autogenerate=True, rev_id=number)
    if made is None or isinstance(made, list):
        raise RuntimeError("Alembic wrote no revision, or several.")
    return Path(made.path)


def every_table() -> MetaData:
    """The metadata once every module of `store.tables` has put its tables there."""
    for module in walk_packages(store.tables.__path__, "store.tables."):
        import_module(module.name)
    return METADATA


def _refuse_newer(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    if unknown := sorted(set(found) - known):
        raise RecordTooNew(
            f"The database is at revision {', '.join(unknown)}, which this version does not know: a newer version of "
            "Yizhan wrote it. Start that version, or restore a backup from before it."
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all steps, and one process at a time."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table that is written anew is dropped in between, which its references must not notice.
            with _references_unchecked(connection), connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"A migration would leave {len(broken)} references to rows that are gone.")
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
                yield connection


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    # SQLite ignores this pragma inside a transaction, so it goes to the driver before one begins.
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("The connection to the database is closed.")
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
