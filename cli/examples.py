"""An empty record gets the invented district, so that there is something to try."""

from datetime import UTC, datetime

from sqlalchemy import select

from store.engine import make_engine, write
from store.key_file import key_ring
from store.seed import plant_examples
from store.settings import Settings
from store.tables.organisation import organisation_node


def plant_in_empty_record(settings: Settings) -> bool:
    """Whether the record was empty, and now holds the examples."""
    engine = make_engine(settings.database_url)
    try:
        with write(engine) as connection:
            if connection.execute(select(organisation_node.c.id).limit(1)).first():
                return False
            plant_examples(connection, key_ring(settings), datetime.now(UTC))
            return True
    finally:
        engine.dispose()
