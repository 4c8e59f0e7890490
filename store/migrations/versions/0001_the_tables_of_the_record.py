"""The tables of the record"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_event',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=True),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_case_id'), ['case_id'], unique=False)

    op.create_table('fact',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('subject_kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('source_kind', sa.Text(), nullable=False),
    sa.Column('source_body', sa.Text(), nullable=True),
    sa.Column('source_paper', sa.Text(), nullable=True),
    sa.Column('established_on', sa.Date(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_by', sa.Text(), nullable=True),
    sa.CheckConstraint('(content IS NULL) <> (content_sealed IS NULL)', name=op.f('ck_fact_clear_or_sealed')),
    sa.ForeignKeyConstraint(['superseded_by'], ['fact.id'], name=op.f('fk_fact_superseded_by'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fact'))
    )
    with op.batch_alter_table('fact', schema=None) as batch_op:
        batch_op.create_index('ix_fact_subject', ['subject_kind', 'subject_id', 'name', 'established_on'], unique=False)
        batch_op.create_index('uq_fact_latest', ['subject_kind', 'subject_id', 'name'], unique=True, sqlite_where=sa.text('superseded_by IS NULL'), postgresql_where=sa.text('superseded_by IS NULL'))

    op.create_table('log_pending',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('leaf', sa.LargeBinary(), nullable=False),
    sa.Column('salt_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_pending'))
    )
    op.create_table('notice',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_recipient'), ['recipient'], unique=False)

    op.create_table('organisation_level',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('name_zh', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_organisation_level')),
    sa.UniqueConstraint('rank', name=op.f('uq_organisation_level_rank'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_sent_at'), ['sent_at'], unique=False)

    op.create_table('person_key',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('key_id', sa.Text(), nullable=False),
    sa.Column('master_key_id', sa.Text(), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_person_key'))
    )
    with op.batch_alter_table('person_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_key_master_key_id'), ['master_key_id'], unique=False)

    op.create_table('staff',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff'))
    )
    op.create_table('organisation_node',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Text(), nullable=True),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('jurisdiction', sa.Text(), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['level'], ['organisation_level.code'], name=op.f('fk_organisation_node_level')),
    sa.ForeignKeyConstraint(['parent_id'], ['organisation_node.id'], name=op.f('fk_organisation_node_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_node')),
    sa.UniqueConstraint('jurisdiction', name=op.f('uq_organisation_node_jurisdiction')),
    sa.UniqueConstraint('path', name=op.f('uq_organisation_node_path'))
    )
    with op.batch_alter_table('organisation_node', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_node_parent_id'), ['parent_id'], unique=False)

    op.create_table('employer',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('node_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('uscc', sa.Text(), nullable=True),
    sa.Column('person_name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('person_identity_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('person_identity_token', sa.Text(), nullable=True),
    sa.Column('contact_name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('contact_phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'household') = (uscc IS NULL)", name=op.f('ck_employer_code_or_household')),
    sa.CheckConstraint("kind = 'household' OR name IS NOT NULL", name=op.f('ck_employer_organisation_has_a_name')),
    sa.ForeignKeyConstraint(['node_id'], ['organisation_node.id'], name=op.f('fk_employer_node_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer')),
    sa.UniqueConstraint('person_identity_token', name=op.f('uq_employer_person_identity_token')),
    sa.UniqueConstraint('uscc', name=op.f('uq_employer_uscc'))
    )
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_node_id'), ['node_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('staff_id', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('node_id', sa.Text(), nullable=False),
    sa.Column('below', sa.Boolean(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('granted_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('until_on IS NULL OR until_on >= from_on', name=op.f('ck_role_grant_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['node_id'], ['organisation_node.id'], name=op.f('fk_role_grant_node_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_role_grant_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_node_id'), ['node_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_staff_id'), ['staff_id'], unique=False)

    op.create_table('station',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('node_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('hours', sa.Text(), nullable=False),
    sa.Column('trades', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['node_id'], ['organisation_node.id'], name=op.f('fk_station_node_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_station')),
    sa.UniqueConstraint('node_id', name=op.f('uq_station_node_id'))
    )
    op.create_table('course',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('trade', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('minimum_hours', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('free', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_on >= begins_on', name=op.f('ck_course_ends_after_it_begins')),
    sa.CheckConstraint('minimum_hours <= hours', name=op.f('ck_course_hours_suffice')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_course_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_station_id'), ['station_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_trade'), ['trade'], unique=False)

    op.create_table('employer_verification',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('employer_id', sa.Text(), nullable=False),
    sa.Column('verified_by', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('good_until', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_verification_employer_id')),
    sa.ForeignKeyConstraint(['verified_by'], ['staff.id'], name=op.f('fk_employer_verification_verified_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_verification'))
    )
    with op.batch_alter_table('employer_verification', schema=None) as batch_op:
        batch_op.create_index('ix_employer_verification_history', ['employer_id', 'verified_on'], unique=False)

    op.create_table('gate_scan',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('contact_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('scanned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_gate_scan_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate_scan'))
    )
    with op.batch_alter_table('gate_scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_scan_keep_until'), ['keep_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_gate_scan_station_id'), ['station_id'], unique=False)

    op.create_table('household',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_household_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household'))
    )
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_station_id'), ['station_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('employer_id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('trade', sa.Text(), nullable=False),
    sa.Column('place_node_id', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('hours', sa.Text(), nullable=True),
    sa.Column('pay_min_fen', sa.BigInteger(), nullable=True),
    sa.Column('pay_max_fen', sa.BigInteger(), nullable=True),
    sa.Column('pay_unit', sa.Text(), nullable=False),
    sa.Column('health_demands', sa.Text(), nullable=True),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('fits_older', sa.Boolean(), nullable=False),
    sa.Column('fits_hard_to_place', sa.Boolean(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('expires_on >= received_on', name=op.f('ck_vacancy_expires_after_receipt')),
    sa.CheckConstraint('headcount > 0', name=op.f('ck_vacancy_headcount')),
    sa.CheckConstraint('pay_min_fen IS NULL OR pay_max_fen IS NULL OR pay_min_fen <= pay_max_fen', name=op.f('ck_vacancy_pay_range')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_vacancy_employer_id')),
    sa.ForeignKeyConstraint(['place_node_id'], ['organisation_node.id'], name=op.f('fk_vacancy_place_node_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_vacancy_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_place_node_id'), ['place_node_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_station_id'), ['station_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_trade'), ['trade'], unique=False)

    op.create_table('worker',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('identity_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('identity_token', sa.Text(), nullable=True),
    sa.Column('phone_token', sa.Text(), nullable=True),
    sa.Column('name_token', sa.Text(), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('registered_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['registered_by'], ['staff.id'], name=op.f('fk_worker_registered_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_worker_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker')),
    sa.UniqueConstraint('identity_token', name=op.f('uq_worker_identity_token'))
    )
    with op.batch_alter_table('worker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worker_name_token'), ['name_token'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_phone_token'), ['phone_token'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_station_id'), ['station_id'], unique=False)

    op.create_table('hardship_case',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('station_id', sa.Text(), nullable=False),
    sa.Column('jurisdiction', sa.Text(), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('caseworker', sa.Text(), nullable=True),
    sa.Column('plan_hash', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('help_began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('term_over_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('market_failed', sa.Boolean(), nullable=False),
    sa.Column('facts_seen', sa.Integer(), nullable=False),
    sa.Column('determined_at_facts', sa.Text(), nullable=False),
    sa.Column('pauses', sa.Text(), nullable=False),
    sa.Column('transfer', sa.Text(), nullable=True),
    sa.Column('exit', sa.Text(), nullable=True),
    sa.Column('closure', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['caseworker'], ['staff.id'], name=op.f('fk_hardship_case_caseworker')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_hardship_case_station_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_hardship_case_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hardship_case'))
    )
    with op.batch_alter_table('hardship_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hardship_case_caseworker'), ['caseworker'], unique=False)
        batch_op.create_index(batch_op.f('ix_hardship_case_stage'), ['stage'], unique=False)
        batch_op.create_index(batch_op.f('ix_hardship_case_station_id'), ['station_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hardship_case_worker_id'), ['worker_id'], unique=False)
        batch_op.create_index('uq_hardship_case_open_worker', ['worker_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('household_member',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('household_id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=True),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('relation_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_member_household_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_household_member_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_member')),
    sa.UniqueConstraint('household_id', 'worker_id', 'joined_on', name=op.f('uq_household_member_household_id_worker_id_joined_on'))
    )
    with op.batch_alter_table('household_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_member_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_member_worker_id'), ['worker_id'], unique=False)

    op.create_table('publication',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('vacancy_id', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('published_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_publication_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('vacancy_id', 'channel', 'published_on', name=op.f('uq_publication_vacancy_id_channel_published_on'))
    )
    op.create_table('truth_check',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('vacancy_id', sa.Text(), nullable=False),
    sa.Column('checked_by', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('discrimination_findings', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checked_by'], ['staff.id'], name=op.f('fk_truth_check_checked_by')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_truth_check_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_truth_check'))
    )
    with op.batch_alter_table('truth_check', schema=None) as batch_op:
        batch_op.create_index('ix_truth_check_history', ['vacancy_id', 'checked_on'], unique=False)

    op.create_table('vacancy_confirmation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('vacancy_id', sa.Text(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('confirmed_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_confirmation_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy_confirmation')),
    sa.UniqueConstraint('vacancy_id', 'confirmed_on', name=op.f('uq_vacancy_confirmation_vacancy_id_confirmed_on'))
    )
    op.create_table('worker_constraint',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('known', sa.Boolean(), nullable=False),
    sa.Column('value_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('stated_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_worker_constraint_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_constraint'))
    )
    with op.batch_alter_table('worker_constraint', schema=None) as batch_op:
        batch_op.create_index('ix_worker_constraint_history', ['worker_id', 'kind', 'stated_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_constraint_worker_id'), ['worker_id'], unique=False)

    op.create_table('worker_skill',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('trade', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('evidence_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('stated_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_worker_skill_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_skill')),
    sa.UniqueConstraint('worker_id', 'trade', name=op.f('uq_worker_skill_worker_id_trade'))
    )
    with op.batch_alter_table('worker_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worker_skill_trade'), ['trade'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_skill_worker_id'), ['worker_id'], unique=False)

    op.create_table('worker_wish',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Text(), nullable=False),
    sa.Column('trade', sa.Text(), nullable=False),
    sa.Column('detail_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('stated_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_worker_wish_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_wish')),
    sa.UniqueConstraint('worker_id', 'trade', name=op.f('uq_worker_wish_worker_id_trade'))
    )
    with op.batch_alter_table('worker_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worker_wish_trade'), ['trade'], unique=False)
        batch_op.create_index(batch_op.f('ix_worker_wish_worker_id'), ['worker_id'], unique=False)

    op.create_table('appointment',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('with_staff', sa.Text(), nullable=False),
    sa.Column('kept', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_appointment_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_appointment'))
    )
    op.create_table('case_step',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('receipt', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_case_step_case_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_case_step')),
    sa.UniqueConstraint('case_id', 'revision', name=op.f('uq_case_step_case_id_revision'))
    )
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_step_case_id'), ['case_id'], unique=False)

    op.create_table('clock',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('terms_id', sa.Text(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('alarms', sa.Text(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('calendar_hash', sa.Text(), nullable=False),
    sa.Column('pauses', sa.Text(), nullable=False),
    sa.Column('sent', sa.Text(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_clock_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_clock'))
    )
    with op.batch_alter_table('clock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clock_due_at'), ['due_at'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('determination_id', sa.Text(), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('departs', sa.Boolean(), nullable=False),
    sa.Column('officer', sa.Text(), nullable=False),
    sa.Column('second_officer', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_decision_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_case_id'), ['case_id'], unique=False)

    op.create_table('determination',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('policy', sa.Text(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('departing', sa.Boolean(), nullable=True),
    sa.Column('departed_by', sa.Text(), nullable=True),
    sa.Column('superseded', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_determination_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_determination'))
    )
    op.create_table('determination_record',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('policy', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('policy_hash', sa.Text(), nullable=False),
    sa.Column('jurisdiction', sa.Text(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('engines', sa.Text(), nullable=False),
    sa.Column('detail_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_determination_record_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_determination_record'))
    )
    op.create_table('follow_up',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('placement_id', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('still_employed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_follow_up_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_follow_up')),
    sa.UniqueConstraint('case_id', 'placement_id', 'days', name=op.f('uq_follow_up_case_id_placement_id_days'))
    )
    op.create_table('need',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('answered_by', sa.Text(), nullable=False),
    sa.Column('solved', sa.Boolean(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_need_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_need'))
    )
    op.create_table('paper',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('file_sha256', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_paper_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_paper'))
    )
    op.create_table('placement',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('employer_id', sa.Text(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_placement_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_placement'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index('uq_placement_standing', ['case_id'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))

    op.create_table('referral',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('vacancy_id', sa.Text(), nullable=False),
    sa.Column('employer', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('outcome_on', sa.Date(), nullable=True),
    sa.Column('confirmed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_referral_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_referral')),
    sa.UniqueConstraint('case_id', 'vacancy_id', name=op.f('uq_referral_case_id_vacancy_id'))
    )
    op.create_table('service',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('given_by', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('described', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_service_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_service'))
    )
    op.create_table('talk',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('employer_id', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_talk_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_talk'))
    )
    op.create_table('training',
    sa.Column('case_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('course_id', sa.Text(), nullable=False),
    sa.Column('enrolled_on', sa.Date(), nullable=False),
    sa.Column('hours_attended', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('result_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['hardship_case.id'], name=op.f('fk_training_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'id', name=op.f('pk_training'))
    )


def downgrade() -> None:
    op.drop_table('training')
    op.drop_table('talk')
    op.drop_table('service')
    op.drop_table('referral')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index('uq_placement_standing', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))

    op.drop_table('placement')
    op.drop_table('paper')
    op.drop_table('need')
    op.drop_table('follow_up')
    op.drop_table('determination_record')
    op.drop_table('determination')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_case_id'))

    op.drop_table('decision')
    with op.batch_alter_table('clock', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clock_due_at'))

    op.drop_table('clock')
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_step_case_id'))

    op.drop_table('case_step')
    op.drop_table('appointment')
    with op.batch_alter_table('worker_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_wish_worker_id'))
        batch_op.drop_index(batch_op.f('ix_worker_wish_trade'))

    op.drop_table('worker_wish')
    with op.batch_alter_table('worker_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_skill_worker_id'))
        batch_op.drop_index(batch_op.f('ix_worker_skill_trade'))

    op.drop_table('worker_skill')
    with op.batch_alter_table('worker_constraint', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_constraint_worker_id'))
        batch_op.drop_index('ix_worker_constraint_history')

    op.drop_table('worker_constraint')
    op.drop_table('vacancy_confirmation')
    with op.batch_alter_table('truth_check', schema=None) as batch_op:
        batch_op.drop_index('ix_truth_check_history')

    op.drop_table('truth_check')
    op.drop_table('publication')
    with op.batch_alter_table('household_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_member_worker_id'))
        batch_op.drop_index(batch_op.f('ix_household_member_household_id'))

    op.drop_table('household_member')
    with op.batch_alter_table('hardship_case', schema=None) as batch_op:
        batch_op.drop_index('uq_hardship_case_open_worker', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hardship_case_worker_id'))
        batch_op.drop_index(batch_op.f('ix_hardship_case_station_id'))
        batch_op.drop_index(batch_op.f('ix_hardship_case_stage'))
        batch_op.drop_index(batch_op.f('ix_hardship_case_caseworker'))

    op.drop_table('hardship_case')
    with op.batch_alter_table('worker', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_station_id'))
        batch_op.drop_index(batch_op.f('ix_worker_phone_token'))
        batch_op.drop_index(batch_op.f('ix_worker_name_token'))

    op.drop_table('worker')
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_trade'))
        batch_op.drop_index(batch_op.f('ix_vacancy_station_id'))
        batch_op.drop_index(batch_op.f('ix_vacancy_place_node_id'))
        batch_op.drop_index(batch_op.f('ix_vacancy_employer_id'))

    op.drop_table('vacancy')
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_station_id'))

    op.drop_table('household')
    with op.batch_alter_table('gate_scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gate_scan_station_id'))
        batch_op.drop_index(batch_op.f('ix_gate_scan_keep_until'))

    op.drop_table('gate_scan')
    with op.batch_alter_table('employer_verification', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_verification_history')

    op.drop_table('employer_verification')
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_trade'))
        batch_op.drop_index(batch_op.f('ix_course_station_id'))

    op.drop_table('course')
    op.drop_table('station')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_staff_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_node_id'))

    op.drop_table('role_grant')
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_node_id'))

    op.drop_table('employer')
    with op.batch_alter_table('organisation_node', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_node_parent_id'))

    op.drop_table('organisation_node')
    op.drop_table('staff')
    with op.batch_alter_table('person_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_key_master_key_id'))

    op.drop_table('person_key')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_sent_at'))

    op.drop_table('outbox')
    op.drop_table('organisation_level')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_recipient'))

    op.drop_table('notice')
    op.drop_table('log_pending')
    with op.batch_alter_table('fact', schema=None) as batch_op:
        batch_op.drop_index('uq_fact_latest', sqlite_where=sa.text('superseded_by IS NULL'), postgresql_where=sa.text('superseded_by IS NULL'))
        batch_op.drop_index('ix_fact_subject')

    op.drop_table('fact')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_case_id'))

    op.drop_table('audit_event')
