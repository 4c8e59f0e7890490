"""An employer has an address and a representative, as its licence names them"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('employer', sa.Column('address', sa.Text(), nullable=True))
    op.add_column('employer', sa.Column('representative_sealed', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column('employer', 'representative_sealed')
    op.drop_column('employer', 'address')
