"""subsidies"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
    )
    # By hand: what belongs to a case refers to its file from here on, so every case needs one before that.
    op.execute("INSERT INTO case_file (id, kind) SELECT id, 'hardship' FROM hardship_case")
    op.create_table(
        "entitlement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Text(), nullable=False),
        sa.Column("hired", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("applicant_id", "hired", "policy", name=op.f("uq_entitlement_applicant_id_hired_policy")),
    )
    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entitlement_hired"), ["hired"], unique=False)
        batch_op.create_index(batch_op.f("ix_entitlement_office"), ["office"], unique=False)
        batch_op.create_index(batch_op.f("ix_entitlement_policy"), ["policy"], unique=False)

    op.create_table(
        "finding_sheet",
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("policy_hash", "hash", name=op.f("pk_finding_sheet")),
    )
    op.create_table(
        "entitlement_answer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Text(), nullable=False),
        sa.Column("hired", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["told_by"], ["staff.id"], name=op.f("fk_entitlement_answer_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement_answer")),
    )
    with op.batch_alter_table("entitlement_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_entitlement_answer_applicant", ["applicant_id", "hired", "policy", "recorded_at"], unique=False
        )

    op.create_table(
        "payee_account",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Text(), nullable=False),
        sa.Column("holder_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bank_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_payee_account_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_account")),
    )
    with op.batch_alter_table("payee_account", schema=None) as batch_op:
        batch_op.create_index("ix_payee_account_current", ["applicant_id", "id"], unique=False)

    op.create_table(
        "simulation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_simulation_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation")),
    )
    with op.batch_alter_table("simulation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_simulation_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_simulation_policy"), ["policy"], unique=False)
        batch_op.create_index(batch_op.f("ix_simulation_text_sha256"), ["text_sha256"], unique=False)

    op.create_table(
        "policy_inquiry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_policy_inquiry_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_inquiry")),
    )
    with op.batch_alter_table("policy_inquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_inquiry_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_inquiry_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "policy_inquiry_result",
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("refusals", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) <> (refusals IS NULL)", name=op.f("ck_policy_inquiry_result_answer_or_refusals")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["policy_inquiry.id"], name=op.f("fk_policy_inquiry_result_inquiry_id")
        ),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_policy_inquiry_result")),
    )
    op.create_table(
        "policy_cohort",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("untried", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["policy_proposal.id"], name=op.f("fk_policy_cohort_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_cohort")),
    )
    with op.batch_alter_table("policy_cohort", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_cohort_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_cohort_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "simulation_result",
        sa.Column("simulation_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot_day", sa.Date(), nullable=True),
        sa.Column("snapshot_hash", sa.Text(), nullable=True),
        sa.Column("report_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("refusals", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(report_sealed IS NULL) <> (refusals IS NULL)", name=op.f("ck_simulation_result_report_or_refusals")
        ),
        sa.ForeignKeyConstraint(["simulation_id"], ["simulation.id"], name=op.f("fk_simulation_result_simulation_id")),
        sa.PrimaryKeyConstraint("simulation_id", name=op.f("pk_simulation_result")),
    )
    op.create_table(
        "subsidy_batch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("station_id", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payments", sa.Integer(), nullable=True),
        sa.Column("total_fen", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_subsidy_batch_made_by")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_subsidy_batch_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_batch")),
    )
    with op.batch_alter_table("subsidy_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_batch_station_id"), ["station_id"], unique=False)
        batch_op.create_index(
            "uq_subsidy_batch_making",
            ["station_id"],
            unique=True,
            sqlite_where=sa.text("written_at IS NULL"),
            postgresql_where=sa.text("written_at IS NULL"),
        )

    op.create_table(
        "subsidy_notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("station_id", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_subsidy_notice_made_by")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_subsidy_notice_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_notice")),
    )
    with op.batch_alter_table("subsidy_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_notice_station_id"), ["station_id"], unique=False)
        batch_op.create_index(
            "uq_subsidy_notice_making",
            ["station_id", "policy"],
            unique=True,
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "subsidy_bank_answer",
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["subsidy_batch.id"], name=op.f("fk_subsidy_bank_answer_batch_id")),
        sa.PrimaryKeyConstraint("file_sha256", "batch_id", "number", name=op.f("pk_subsidy_bank_answer")),
    )
    with op.batch_alter_table("subsidy_bank_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_bank_answer_found"), ["found"], unique=False)
        batch_op.create_index("ix_subsidy_bank_answer_payment", ["file_sha256", "case_id", "payment_id"], unique=False)

    op.create_table(
        "subsidy_batch_handout",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["subsidy_batch.id"], name=op.f("fk_subsidy_batch_handout_batch_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_subsidy_batch_handout_staff_id")),
        sa.PrimaryKeyConstraint("batch_id", "staff_id", name=op.f("pk_subsidy_batch_handout")),
    )
    op.create_table(
        "subsidy_batch_part",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["subsidy_batch.id"], name=op.f("fk_subsidy_batch_part_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_subsidy_batch_part")),
    )
    op.create_table(
        "subsidy_notice_sheet",
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["subsidy_notice.id"], name=op.f("fk_subsidy_notice_sheet_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "edition", "sheet", name=op.f("pk_subsidy_notice_sheet")),
    )
    op.create_table(
        "subsidy_case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Text(), nullable=False),
        sa.Column("hired", sa.Text(), nullable=True),
        sa.Column("opened_from", sa.Text(), nullable=True),
        sa.Column("station_id", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker", sa.Text(), nullable=True),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts_seen", sa.Integer(), nullable=False),
        sa.Column("determined_at_facts", sa.Text(), nullable=False),
        sa.Column("applied_anew", sa.Text(), nullable=False),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("notice_id", sa.Text(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("granted_fen", sa.BigInteger(), nullable=True),
        sa.Column("departing_fen", sa.BigInteger(), nullable=True),
        sa.Column("look", sa.Text(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("stopping", sa.Text(), nullable=True),
        sa.Column("recovery", sa.Text(), nullable=True),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker"], ["staff.id"], name=op.f("fk_subsidy_case_caseworker")),
        sa.ForeignKeyConstraint(["hired"], ["worker.id"], name=op.f("fk_subsidy_case_hired")),
        sa.ForeignKeyConstraint(["id"], ["case_file.id"], name=op.f("fk_subsidy_case_id")),
        sa.ForeignKeyConstraint(["opened_from"], ["hardship_case.id"], name=op.f("fk_subsidy_case_opened_from")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_subsidy_case_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_case")),
    )
    with op.batch_alter_table("subsidy_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_case_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_caseworker"), ["caseworker"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_hired"), ["hired"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_law"), ["law"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_opened_from"), ["opened_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_policy"), ["policy"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_stage"), ["stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_case_station_id"), ["station_id"], unique=False)

    op.create_table(
        "policy_cohort_case",
        sa.Column("cohort_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("station_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("before_fen", sa.BigInteger(), nullable=True),
        sa.Column("after_fen", sa.BigInteger(), nullable=True),
        sa.Column("granted_fen", sa.BigInteger(), nullable=True),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_policy_cohort_case_case_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["policy_cohort.id"], name=op.f("fk_policy_cohort_case_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", "case_id", name=op.f("pk_policy_cohort_case")),
    )
    op.create_table(
        "policy_follow_up",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("cohort_id", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_policy_follow_up_case_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["policy_publication.proposal_id"], name=op.f("fk_policy_follow_up_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "case_id", name=op.f("pk_policy_follow_up")),
    )
    with op.batch_alter_table("policy_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_follow_up_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "subsidy_acceptance",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_acceptance_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_acceptance")),
    )
    op.create_table(
        "subsidy_batch_line",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["subsidy_batch.id"], name=op.f("fk_subsidy_batch_line_batch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_batch_line_case_id")),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_subsidy_batch_line")),
        sa.UniqueConstraint(
            "batch_id", "case_id", "payment_id", name=op.f("uq_subsidy_batch_line_batch_id_case_id_payment_id")
        ),
    )
    with op.batch_alter_table("subsidy_batch_line", schema=None) as batch_op:
        batch_op.create_index(
            "uq_subsidy_batch_line_once",
            ["case_id", "payment_id"],
            unique=True,
            sqlite_where=sa.text("left_out IS NULL"),
            postgresql_where=sa.text("left_out IS NULL"),
        )

    op.create_table(
        "subsidy_claim",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("uncounted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_claim_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_claim")),
    )
    with op.batch_alter_table("subsidy_claim", schema=None) as batch_op:
        batch_op.create_index(
            "uq_subsidy_claim_live",
            ["subject_id", "policy", "id"],
            unique=True,
            sqlite_where=sa.text("released_on IS NULL"),
            postgresql_where=sa.text("released_on IS NULL"),
        )

    op.create_table(
        "subsidy_delivery",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_delivery_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_delivery")),
    )
    op.create_table(
        "subsidy_notice_entry",
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("determination_id", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("periods", sa.Text(), nullable=False),
        sa.Column("put_at_revision", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_notice_entry_case_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["subsidy_notice.id"], name=op.f("fk_subsidy_notice_entry_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "position", name=op.f("pk_subsidy_notice_entry")),
        sa.UniqueConstraint("notice_id", "case_id", name=op.f("uq_subsidy_notice_entry_notice_id_case_id")),
    )
    with op.batch_alter_table("subsidy_notice_entry", schema=None) as batch_op:
        batch_op.create_index(
            "uq_subsidy_notice_entry_once",
            ["case_id", "determination_id"],
            unique=True,
            sqlite_where=sa.text("left_out IS NULL"),
            postgresql_where=sa.text("left_out IS NULL"),
        )

    op.create_table(
        "subsidy_objection",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_objection_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_objection")),
    )
    op.create_table(
        "subsidy_payment",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("determination", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("return_code", sa.Text(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_by", sa.Text(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_payment_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_payment")),
    )
    with op.batch_alter_table("subsidy_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_payment_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_payment_status"), ["status"], unique=False)

    op.create_table(
        "subsidy_repayment",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("demanded_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_repayment_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_repayment")),
    )
    op.create_table(
        "subsidy_review",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reversed_", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_review_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_review")),
    )
    op.create_table(
        "subsidy_stop",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("struck_on", sa.Date(), nullable=True),
        sa.Column("struck_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["subsidy_case.id"], name=op.f("fk_subsidy_stop_case_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_subsidy_stop")),
    )
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_step_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_case_step_case_id"), "case_file", ["case_id"], ["id"])

    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_clock_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_clock_case_id"), "case_file", ["case_id"], ["id"])

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_decision_case_id"), "case_file", ["case_id"], ["id"])

    with op.batch_alter_table("determination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amount_fen", sa.BigInteger(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_determination_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_determination_case_id"), "case_file", ["case_id"], ["id"])

    with op.batch_alter_table("determination_record", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_determination_record_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_determination_record_case_id"), "case_file", ["case_id"], ["id"])

    with op.batch_alter_table("hardship_case", schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_hardship_case_id"), "case_file", ["id"], ["id"])

    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paper_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_paper_case_id"), "case_file", ["case_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paper_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_paper_case_id"), "hardship_case", ["case_id"], ["id"])

    with op.batch_alter_table("hardship_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_hardship_case_id"), type_="foreignkey")

    with op.batch_alter_table("determination_record", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_determination_record_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_determination_record_case_id"), "hardship_case", ["case_id"], ["id"])

    with op.batch_alter_table("determination", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_determination_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_determination_case_id"), "hardship_case", ["case_id"], ["id"])
        batch_op.drop_column("amount_fen")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_decision_case_id"), "hardship_case", ["case_id"], ["id"])

    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_clock_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_clock_case_id"), "hardship_case", ["case_id"], ["id"])

    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_step_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_case_step_case_id"), "hardship_case", ["case_id"], ["id"])

    op.drop_table("subsidy_stop")
    op.drop_table("subsidy_review")
    op.drop_table("subsidy_repayment")
    with op.batch_alter_table("subsidy_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subsidy_payment_status"))
        batch_op.drop_index(batch_op.f("ix_subsidy_payment_batch_id"))

    op.drop_table("subsidy_payment")
    op.drop_table("subsidy_objection")
    with op.batch_alter_table("subsidy_notice_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subsidy_notice_entry_once",
            sqlite_where=sa.text("left_out IS NULL"),
            postgresql_where=sa.text("left_out IS NULL"),
        )

    op.drop_table("subsidy_notice_entry")
    op.drop_table("subsidy_delivery")
    with op.batch_alter_table("subsidy_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subsidy_claim_live",
            sqlite_where=sa.text("released_on IS NULL"),
            postgresql_where=sa.text("released_on IS NULL"),
        )

    op.drop_table("subsidy_claim")
    with op.batch_alter_table("subsidy_batch_line", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subsidy_batch_line_once",
            sqlite_where=sa.text("left_out IS NULL"),
            postgresql_where=sa.text("left_out IS NULL"),
        )

    op.drop_table("subsidy_batch_line")
    op.drop_table("subsidy_acceptance")
    with op.batch_alter_table("policy_follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_follow_up_sent_at"))

    op.drop_table("policy_follow_up")
    op.drop_table("policy_cohort_case")
    with op.batch_alter_table("subsidy_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subsidy_case_station_id"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_stage"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_policy"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_opened_from"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_notice_id"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_law"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_hired"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_caseworker"))
        batch_op.drop_index(batch_op.f("ix_subsidy_case_applicant_id"))

    op.drop_table("subsidy_case")
    op.drop_table("subsidy_notice_sheet")
    op.drop_table("subsidy_batch_part")
    op.drop_table("subsidy_batch_handout")
    with op.batch_alter_table("subsidy_bank_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_subsidy_bank_answer_payment")
        batch_op.drop_index(batch_op.f("ix_subsidy_bank_answer_found"))

    op.drop_table("subsidy_bank_answer")
    with op.batch_alter_table("subsidy_notice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subsidy_notice_making",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_subsidy_notice_station_id"))

    op.drop_table("subsidy_notice")
    with op.batch_alter_table("subsidy_batch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subsidy_batch_making",
            sqlite_where=sa.text("written_at IS NULL"),
            postgresql_where=sa.text("written_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_subsidy_batch_station_id"))

    op.drop_table("subsidy_batch")
    op.drop_table("policy_inquiry_result")
    with op.batch_alter_table("policy_inquiry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_inquiry_asked_at"))
        batch_op.drop_index(batch_op.f("ix_policy_inquiry_about"))

    op.drop_table("policy_inquiry")
    op.drop_table("simulation_result")
    with op.batch_alter_table("policy_cohort", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_cohort_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_policy_cohort_made_at"))

    op.drop_table("policy_cohort")
    with op.batch_alter_table("simulation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_simulation_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_simulation_policy"))
        batch_op.drop_index(batch_op.f("ix_simulation_asked_at"))

    op.drop_table("simulation")
    with op.batch_alter_table("payee_account", schema=None) as batch_op:
        batch_op.drop_index("ix_payee_account_current")

    op.drop_table("payee_account")
    with op.batch_alter_table("entitlement_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_entitlement_answer_applicant")

    op.drop_table("entitlement_answer")
    op.drop_table("finding_sheet")
    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entitlement_policy"))
        batch_op.drop_index(batch_op.f("ix_entitlement_office"))
        batch_op.drop_index(batch_op.f("ix_entitlement_hired"))

    op.drop_table("entitlement")
    op.drop_table("case_file")
