"""What Alembic runs for a migration: `store.migrate` hands it the connection, inside a transaction of its own."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from store.migrate import every_table


def _plain_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our column types into a revision as what they are in the database, so that it outlives our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    render_item=_plain_type,
    # SQLite changes a table by writing it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
