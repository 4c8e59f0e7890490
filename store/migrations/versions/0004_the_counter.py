"""the counter"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('staff_id', sa.Text(), nullable=False),
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('password_set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('must_change', sa.Boolean(), nullable=False),
    sa.Column('language', sa.Text(), nullable=True),
    sa.Column('text_size', sa.Text(), nullable=False),
    sa.Column('high_contrast', sa.Boolean(), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_account')),
    sa.UniqueConstraint('login', name=op.f('uq_account_login'))
    )
    op.create_table('change',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('subject_kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('changed_by', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(content IS NULL) <> (content_sealed IS NULL)', name=op.f('ck_change_clear_or_sealed')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index('ix_change_history', ['subject_kind', 'subject_id', 'changed_at'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('fields_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('refusals', sa.Text(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_sent_at'), ['sent_at'], unique=False)
        batch_op.create_index('uq_draft_of_form', ['owner', 'form'], unique=True)

    op.create_table('import_run',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('sha256', sa.LargeBinary(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_import_run'))
    )
    op.create_table('sign_in_attempt',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('login_token', sa.Text(), nullable=False),
    sa.Column('address_token', sa.Text(), nullable=False),
    sa.Column('succeeded', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempt'))
    )
    with op.batch_alter_table('sign_in_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_attempt_address', ['address_token', 'at'], unique=False)
        batch_op.create_index('ix_sign_in_attempt_login', ['login_token', 'at'], unique=False)

    op.create_table('web_session',
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('staff_id', sa.Text(), nullable=True),
    sa.Column('worker_id', sa.Text(), nullable=True),
    sa.Column('case_id', sa.Text(), nullable=True),
    sa.Column('address_token', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_web_session'))
    )
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_session_ends_at'), ['ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_web_session_staff_id'), ['staff_id'], unique=False)

    op.create_table('leave_cover',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('staff_id', sa.Text(), nullable=False),
    sa.Column('deputy_id', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['deputy_id'], ['staff.id'], name=op.f('fk_leave_cover_deputy_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_leave_cover_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leave_cover'))
    )
    with op.batch_alter_table('leave_cover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leave_cover_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_leave_cover_staff_id'), ['staff_id'], unique=False)

    op.create_table('worker_finding',
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('part_token', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_worker_finding_worker_id')),
    sa.PrimaryKeyConstraint('worker_id', 'part_token', name=op.f('pk_worker_finding'))
    )
    with op.batch_alter_table('worker_finding', schema=None) as batch_op:
        batch_op.create_index('ix_worker_finding_part', ['part_token', 'worker_id'], unique=False)

    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_agenda', ['with_staff', 'at'], unique=False)

    op.create_table('queue_item',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('turn', sa.Text(), nullable=False),
    sa.Column('held_by', sa.Text(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('act', sa.Text(), nullable=True),
    sa.Column('about', sa.Text(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('waiting_for', sa.Text(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_counts', sa.Text(), nullable=True),
    sa.Column('clock', sa.Text(), nullable=True),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('last_kind', sa.Text(), nullable=False),
    sa.Column('last_by', sa.Text(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_queue_item_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'role', name=op.f('pk_queue_item'))
    )
    with op.batch_alter_table('queue_item', schema=None) as batch_op:
        batch_op.create_index('ix_queue_item_holder', ['held_by', 'role', 'turn', 'due_at'], unique=False)
        batch_op.create_index('ix_queue_item_station', ['station_id', 'role', 'turn', 'due_at'], unique=False)

    op.create_table('worker_link',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('code_token', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_worker_link_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_worker_link_token_hash'))
    )
    with op.batch_alter_table('worker_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worker_link_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_link_code_token'), ['code_token'], unique=False)

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about_kind', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('about_id', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('note_sealed', sa.LargeBinary(), nullable=True))
        batch_op.create_index('ix_audit_event_about', ['about_kind', 'about_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_at'), ['at'], unique=False)

    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_because', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('closed_by', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('replaces_id', sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_vacancy_replaces_id'), ['replaces_id'])
        batch_op.create_foreign_key(batch_op.f('fk_vacancy_replaces_id'), 'vacancy', ['replaces_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index('ix_appointment_agenda')

    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_vacancy_replaces_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_vacancy_replaces_id'), type_='unique')
        batch_op.drop_column('replaces_id')
        batch_op.drop_column('closed_by')
        batch_op.drop_column('closed_because')

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_at'))
        batch_op.drop_index('ix_audit_event_about')
        batch_op.drop_column('note_sealed')
        batch_op.drop_column('reason')
        batch_op.drop_column('about_id')
        batch_op.drop_column('about_kind')

    with op.batch_alter_table('worker_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_link_code_token'))
        batch_op.drop_index(batch_op.f('ix_worker_link_case_id'))

    op.drop_table('worker_link')
    with op.batch_alter_table('queue_item', schema=None) as batch_op:
        batch_op.drop_index('ix_queue_item_station')
        batch_op.drop_index('ix_queue_item_holder')

    op.drop_table('queue_item')
    with op.batch_alter_table('worker_finding', schema=None) as batch_op:
        batch_op.drop_index('ix_worker_finding_part')

    op.drop_table('worker_finding')
    with op.batch_alter_table('leave_cover', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_leave_cover_staff_id'))
        batch_op.drop_index(batch_op.f('ix_leave_cover_deputy_id'))

    op.drop_table('leave_cover')
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_session_staff_id'))
        batch_op.drop_index(batch_op.f('ix_web_session_ends_at'))

    op.drop_table('web_session')
    with op.batch_alter_table('sign_in_attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_attempt_login')
        batch_op.drop_index('ix_sign_in_attempt_address')

    op.drop_table('sign_in_attempt')
    op.drop_table('import_run')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index('uq_draft_of_form')
        batch_op.drop_index(batch_op.f('ix_draft_sent_at'))

    op.drop_table('draft')
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_index('ix_change_history')

    op.drop_table('change')
    op.drop_table('account')
