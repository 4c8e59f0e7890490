"""`yizhan migrate`: brings the database to this version's structure."""

import typer
from sqlalchemy import Engine

from activities.bootstrap import load_policies
from activities.queue_keeping import refresh_queue
from cli.record import written_by_a_newer
from store.engine import make_engine, read, write
from store.finding import has_missing, index_missing
from store.key_file import key_ring
from store.migrate import RecordTooNew, current_revision, newest_revision, upgrade
from store.queue import stale_cases
from store.settings import Settings, load_settings

AT_ONCE = 200  # workers of one transaction, so that nobody waits long for it
DONE = "数据库已是修订 {revision} · the database is at revision {revision}"
UPGRADED = "数据库已从修订 {before} 升级到 {revision} · the database went from revision {before} to {revision}"


def command() -> None:
    before, revision = migrate(load_settings())
    said = DONE if before == revision else UPGRADED
    typer.echo(said.format(before=before or "0", revision=revision))


def _write_queue(engine: Engine) -> None:
    """The queue of a record that is older than the queue, or was written to without it."""
    with read(engine) as connection:
        behind = stale_cases(connection)
    if behind:
        refresh_queue(engine, load_policies())


def _index_workers(engine: Engine, settings: Settings) -> None:
    """The search of a record that is older than the search: batch by batch, so that it may stop anywhere."""
    with read(engine) as connection:
        missing = has_missing(connection)
    if not missing:
        return
    keyring, indexed = key_ring(settings), AT_ONCE
    while indexed:
        with write(engine) as connection:
            indexed = index_missing(connection, keyring, at_most=AT_ONCE)


def migrate(settings: Settings) -> tuple[str | None, str]:
    """The revision before and after; all steps or none."""
    # Made here, so that nobody but its owner can look into it.
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    try:
        before = current_revision(engine)
        upgrade(engine, lambda: key_ring(settings))
        _write_queue(engine)
        _index_workers(engine, settings)
    except RecordTooNew as newer:
        raise written_by_a_newer(newer) from newer
    finally:
        engine.dispose()
    return before, newest_revision()
