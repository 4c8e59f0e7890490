"""What the database does by itself: what is written once stays, and every new leaf of the log waits for its index.

A pending leaf may lose its salt, which is how a person is erased; nothing else of it changes. Who owns the database can
take these triggers away; what they then change, the decision log shows.
"""

from typing import Final

from sqlalchemy import Connection, Table, inspect, text

from store.tables.cases import log_pending
from store.tables.cohorts import cohort_case, policy_cohort
from store.tables.contents import finding_sheet
from store.tables.erasures import erasure
from store.tables.inquiries import policy_inquiry, policy_inquiry_result
from store.tables.log import log_checkpoint, log_entry, log_key, log_tile, log_waiting
from store.tables.policies import policy_check, policy_proposal, policy_publication, policy_text, policy_withdrawal
from store.tables.simulations import simulation, simulation_result

_PUBLISHING: Final = (policy_text, policy_proposal, policy_check, policy_publication, policy_withdrawal)
_SIMULATING: Final = (simulation, simulation_result)
_INQUIRIES: Final = (policy_inquiry, policy_inquiry_result)
_COHORTS: Final = (policy_cohort, cohort_case)
KEPT: Final[tuple[Table, ...]] = (
    log_entry,
    log_tile,
    log_checkpoint,
    log_key,
    erasure,
    finding_sheet,
    *_PUBLISHING,
    *_SIMULATING,
    *_COHORTS,
    *_INQUIRIES,
)
REFUSAL: Final = "{table} is append-only: what was written stays as it is"
WAITS: Final = f"{log_pending.name}_waits"


def keep_append_only(connection: Connection) -> None:
    """Put the triggers on the tables that are there; once more changes nothing."""
    sqlite, tables = _is_sqlite(connection), _there(connection)
    for statement in _sqlite(tables) if sqlite else _postgresql(tables):
        connection.execute(text(statement))
    if inspect(connection).has_table(log_waiting.name):
        for statement in (_SQLITE_WAITS,) if sqlite else _POSTGRESQL_WAITS:
            connection.execute(text(statement))


def lift_append_only(connection: Connection) -> None:
    """Take them away, before a table goes or is written anew."""
    for table in _there(connection):
        names = [f"{table.name}_no_{event}" for event in ("update", "delete", "truncate")]
        for name in (*names, WAITS) if table is log_pending else names:
            on = "" if _is_sqlite(connection) else f"ON {table.name}"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name} {on}"))


def _there(connection: Connection) -> list[Table]:
    """Those of the tables that the database has, with all their columns: an older one may lack them."""
    found = inspect(connection)
    names = set(found.get_table_names())
    if log_entry.name not in names:
        return []
    return [table for table in (*KEPT, log_pending) if table.name in names]


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _unchanged(old: str, new: str, same: str) -> str:
    """That all of a pending leaf but its salt is as it was, and the salt at most gone."""
    kept = [column.name for column in log_pending.columns if column.name != "salt_sealed"]
    as_before = " AND ".join(f"{new}.{name} {same} {old}.{name}" for name in kept)
    return f"{new}.salt_sealed IS NULL AND {as_before}"


def _sqlite(tables: list[Table]) -> list[str]:
    made = []
    for table in tables:
        for event in ("update", "delete"):
            salt_only = table is log_pending and event == "update"
            when = f"WHEN NOT ({_unchanged('OLD', 'NEW', 'IS')})" if salt_only else ""
            made.append(
                f"CREATE TRIGGER IF NOT EXISTS {table.name}_no_{event} BEFORE {event.upper()} ON {table.name} {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL.format(table=table.name)}'); END"
            )
    return made


def _postgresql(tables: list[Table]) -> list[str]:
    body = f"BEGIN RAISE EXCEPTION '{REFUSAL.format(table='%')}', TG_TABLE_NAME; END"
    made = [f"CREATE OR REPLACE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"]
    for table in tables:
        for event, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            salt_only = table is log_pending and event == "update"
            when = f"WHEN (NOT ({_unchanged('OLD', 'NEW', 'IS NOT DISTINCT FROM')}))" if salt_only else ""
            made.append(
                f"CREATE OR REPLACE TRIGGER {table.name}_no_{event} BEFORE {event.upper()} ON {table.name} "
                f"FOR EACH {each} {when} EXECUTE FUNCTION refuse_to_change()"
            )
    return made


# In the statement that writes the leaf: nobody can write one that does not wait, nor forget the second row.
_SQLITE_WAITS: Final = rf"""
    CREATE TRIGGER IF NOT EXISTS {WAITS} AFTER INSERT ON {log_pending.name} BEGIN
        INSERT INTO {log_waiting.name} (id, at, recorded_at)
        VALUES (NEW.id, NEW.at, strftime('%Y-%m-%d %H\:%M\:%f000', 'now'));
    END"""  # noqa: S608 - names of ours
_POSTGRESQL_WAITS: Final = (
    f"""
    CREATE OR REPLACE FUNCTION leaf_waits() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO {log_waiting.name} (id, at, recorded_at) SELECT id, at, clock_timestamp() FROM written;
        RETURN NULL;
    END $$""",  # noqa: S608 - names of ours
    f"""
    CREATE OR REPLACE TRIGGER {WAITS} AFTER INSERT ON {log_pending.name}
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION leaf_waits()""",
)
