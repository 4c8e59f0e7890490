"""the law and the log"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('log_checkpoint',
    sa.Column('size', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_log_checkpoint'))
    )
    op.create_table('log_key',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('verifier', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_key'))
    )
    op.create_table('log_tile',
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('tile_index', sa.Integer(), nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('level', 'tile_index', name=op.f('pk_log_tile'))
    )
    op.create_table('pinned_policy',
    sa.Column('law', sa.Text(), nullable=False),
    sa.Column('policy', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('law', 'policy', name=op.f('pk_pinned_policy'))
    )
    op.create_table('policy_content',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('policy', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_policy_content'))
    )
    op.create_table('policy_text',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_policy_text'))
    )
    op.create_table('log_entry',
    sa.Column('leaf_index', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('pending_id', sa.Text(), nullable=False),
    sa.Column('leaf', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pending_id'], ['log_pending.id'], name=op.f('fk_log_entry_pending_id')),
    sa.PrimaryKeyConstraint('leaf_index', name=op.f('pk_log_entry')),
    sa.UniqueConstraint('pending_id', name=op.f('uq_log_entry_pending_id'))
    )
    op.create_table('log_waiting',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['log_pending.id'], name=op.f('fk_log_waiting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_waiting'))
    )
    op.create_table('policy_proposal',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('files', sa.Text(), nullable=False),
    sa.Column('jurisdictions', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('replaces', sa.Integer(), nullable=False),
    sa.Column('proposed_by', sa.Text(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['proposed_by'], ['staff.id'], name=op.f('fk_policy_proposal_proposed_by')),
    sa.ForeignKeyConstraint(['sha256'], ['policy_text.sha256'], name=op.f('fk_policy_proposal_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_proposal')),
    sa.UniqueConstraint('id', 'proposed_by', 'sha256', name=op.f('uq_policy_proposal_id_proposed_by_sha256'))
    )
    with op.batch_alter_table('policy_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_policy_proposal_proposed_at'), ['proposed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_policy_proposal_sha256'), ['sha256'], unique=False)

    op.create_table('policy_check',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('proposal_id', sa.Text(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('run_by', sa.Text(), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['policy_proposal.id'], name=op.f('fk_policy_check_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_check'))
    )
    with op.batch_alter_table('policy_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_policy_check_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('policy_publication',
    sa.Column('proposal_id', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.Text(), nullable=False),
    sa.Column('published_by', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('in_use_from', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('published_by <> proposed_by', name=op.f('ck_policy_publication_second_person')),
    sa.ForeignKeyConstraint(['proposal_id', 'proposed_by', 'sha256'], ['policy_proposal.id', 'policy_proposal.proposed_by', 'policy_proposal.sha256'], name=op.f('fk_policy_publication_proposal_id_proposed_by_sha256')),
    sa.ForeignKeyConstraint(['published_by'], ['staff.id'], name=op.f('fk_policy_publication_published_by')),
    sa.PrimaryKeyConstraint('proposal_id', name=op.f('pk_policy_publication')),
    sa.UniqueConstraint('number', name=op.f('uq_policy_publication_number')),
    sa.UniqueConstraint('sha256', name=op.f('uq_policy_publication_sha256'))
    )
    op.create_table('policy_withdrawal',
    sa.Column('proposal_id', sa.Text(), nullable=False),
    sa.Column('withdrawn_by', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['policy_proposal.id'], name=op.f('fk_policy_withdrawal_proposal_id')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['staff.id'], name=op.f('fk_policy_withdrawal_withdrawn_by')),
    sa.PrimaryKeyConstraint('proposal_id', name=op.f('pk_policy_withdrawal'))
    )
    op.create_table('erasure',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_erasure_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('worker_id', name=op.f('uq_erasure_worker_id'))
    )
    op.create_table('legal_hold',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('set_by', sa.Text(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_by', sa.Text(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_legal_hold_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_hold'))
    )
    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_hold_worker_id'), ['worker_id'], unique=False)

    with op.batch_alter_table('determination', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turns_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('turns_to', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('turns_by_itself', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('woken_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('anew', sa.Boolean(), nullable=True))

    with op.batch_alter_table('hardship_case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('law', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('applied_anew', sa.Text(), server_default='[]', nullable=False))
        batch_op.create_index(batch_op.f('ix_hardship_case_law'), ['law'], unique=False)

    with op.batch_alter_table('log_pending', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('receipt', sa.Text(), nullable=True))
        batch_op.alter_column('salt_sealed',
               existing_type=sa.BLOB(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_log_pending_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('worker', schema=None) as batch_op:
        batch_op.add_column(sa.Column('restricted_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('worker', schema=None) as batch_op:
        batch_op.drop_column('restricted_at')

    with op.batch_alter_table('log_pending', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_log_pending_person_id'))
        batch_op.alter_column('salt_sealed',
               existing_type=sa.BLOB(),
               nullable=False)
        batch_op.drop_column('receipt')
        batch_op.drop_column('person_id')

    with op.batch_alter_table('hardship_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hardship_case_law'))
        batch_op.drop_column('applied_anew')
        batch_op.drop_column('law')

    with op.batch_alter_table('determination', schema=None) as batch_op:
        batch_op.drop_column('anew')
        batch_op.drop_column('woken_at')
        batch_op.drop_column('turns_by_itself')
        batch_op.drop_column('turns_to')
        batch_op.drop_column('turns_on')

    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_legal_hold_worker_id'))

    op.drop_table('legal_hold')
    op.drop_table('erasure')
    op.drop_table('policy_withdrawal')
    op.drop_table('policy_publication')
    with op.batch_alter_table('policy_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_policy_check_proposal_id'))

    op.drop_table('policy_check')
    with op.batch_alter_table('policy_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_policy_proposal_sha256'))
        batch_op.drop_index(batch_op.f('ix_policy_proposal_proposed_at'))

    op.drop_table('policy_proposal')
    op.drop_table('log_waiting')
    op.drop_table('log_entry')
    op.drop_table('policy_text')
    op.drop_table('policy_content')
    op.drop_table('pinned_policy')
    op.drop_table('log_tile')
    op.drop_table('log_key')
    op.drop_table('log_checkpoint')
