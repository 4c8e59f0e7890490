"""`yizhan migrate`: brings the database to this version's structure."""

import typer

from cli.record import written_by_a_newer
from store.engine import make_engine
from store.migrate import RecordTooNew, current_revision, newest_revision, upgrade
from store.settings import Settings, load_settings

DONE = "数据库已是修订 {revision} · the database is at revision {revision}"
UPGRADED = "数据库已从修订 {before} 升级到 {revision} · the database went from revision {before} to {revision}"


def command() -> None:
    before, revision = migrate(load_settings())
    said = DONE if before == revision else UPGRADED
    typer.echo(said.format(before=before or "0", revision=revision))


def migrate(settings: Settings) -> tuple[str | None, str]:
    """The revision before and after; all steps or none."""
    # Made here, so that nobody but its owner can look into it.
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    try:
        before = current_revision(engine)
        upgrade(engine)
    except RecordTooNew as newer:
        raise written_by_a_newer(newer) from newer
    finally:
        engine.dispose()
    return before, newest_revision()
