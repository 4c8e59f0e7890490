"""A paper that cannot be made may be waived"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("paper", sa.Column("waived_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("paper", "waived_on")
