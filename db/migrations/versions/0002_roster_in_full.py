"""The roster in full: background, appointments by batch, suspensions, services, assessments, files, issued numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment_batch",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment_batch"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attachment",
        sa.Column("owner_table", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=200), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_length"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attachment_digest", "attachment", ["digest"], unique=False)
    op.create_index(
        "ix_attachment_owner_table_owner_id", "attachment", ["owner_table", "owner_id"], unique=False
    )
    op.create_table(
        "issued_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issued_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_issued_number_place", "issued_number", ["series", "year", "serial"], unique=True)
    op.create_table(
        "passed_warning",
        sa.Column("table_name", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passed_warning"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_passed_warning_table_name_record_id", "passed_warning", ["table_name", "record_id"], unique=False
    )
    op.create_table(
        "practice_field",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_field"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_practice_field_name", "practice_field", ["name"], unique=True)
    op.create_table(
        "adviser_contract",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("by_firm", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_adviser_contract_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_adviser_contract"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_adviser_contract_lawyer_id", "adviser_contract", ["lawyer_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_assessment_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_assessment_lawyer_id_year", "assessment", ["lawyer_id", "year"], unique=True)
    op.create_table(
        "change_filing",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_change_filing_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_change_filing"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_filing_lawyer_id", "change_filing", ["lawyer_id"], unique=False)
    op.create_table(
        "discipline",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_discipline_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_discipline"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_discipline_lawyer_id", "discipline", ["lawyer_id"], unique=False)
    op.create_table(
        "past_post",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("unit_kind", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.String(length=32), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("leaving", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_past_post_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_past_post"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_past_post_lawyer_id", "past_post", ["lawyer_id"], unique=False)
    op.create_table(
        "public_office",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_public_office_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_public_office"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_public_office_lawyer_id", "public_office", ["lawyer_id"], unique=False)
    op.create_table(
        "relative",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_kind", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_relative_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relative"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_relative_lawyer_id", "relative", ["lawyer_id"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("lifted_on IS NULL OR lifted_on >= from_on", name="lifted_after"),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_suspension_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suspension"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suspension_lawyer_id", "suspension", ["lawyer_id"], unique=False)
    op.create_table(
        "yearly_check",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_yearly_check_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_yearly_check"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_yearly_check_lawyer_id_year", "yearly_check", ["lawyer_id", "year"], unique=True)
    op.create_table(
        "declaration",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_declaration_case_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_declaration_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_declaration"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_declaration_case_id", "declaration", ["case_id"], unique=False)
    op.create_index("ix_declaration_lawyer_id", "declaration", ["lawyer_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(matter) <> ''", name="matter_given"),
        sa.CheckConstraint("hours IS NULL OR hours >= 0", name="hours_count"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_service_agency_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_service_case_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_service_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_service_agency_id", "service", ["agency_id"], unique=False)
    op.create_index("ix_service_case_id", "service", ["case_id"], unique=False)
    op.create_index("ix_service_lawyer_id_on_date", "service", ["lawyer_id", "on_date"], unique=False)
    op.create_table(
        "rating",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_range"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_rating_assignment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rating"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_rating_assignment_id", "rating", ["assignment_id"], unique=True)
    op.add_column(
        "appointment",
        sa.Column(
            "batch_id",
            sa.Integer(),
            sa.ForeignKey("appointment_batch.id", name="fk_appointment_batch_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("appointment", sa.Column("certificate", sa.String(), nullable=True))
    op.add_column("appointment", sa.Column("end_kind", sa.String(length=32), nullable=True))
    op.create_index("ix_appointment_batch_id", "appointment", ["batch_id"], unique=False)
    op.create_index("uq_appointment_certificate", "appointment", ["certificate"], unique=True)
    op.add_column(
        "lawyer",
        sa.Column("licence_state", sa.String(length=32), nullable=False, server_default="正常执业"),
    )
    op.add_column("lawyer", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("recommendation", sa.Column("answer", sa.String(length=32), nullable=True))
    op.add_column("recommendation", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column(
        "recommendation",
        sa.Column("answer_reason", sa.String(length=200), nullable=False, server_default=""),
    )


def downgrade() -> None:
    for table, columns in (
        ("recommendation", ("answer_reason", "answered_on", "answer")),
        ("lawyer", ("capacity", "licence_state")),
        ("appointment", ("end_kind", "certificate", "batch_id")),
    ):
        if table == "appointment":
            op.drop_index("uq_appointment_certificate", "appointment")
            op.drop_index("ix_appointment_batch_id", "appointment")
        for column in columns:
            op.drop_column(table, column)
    for name in (
        "rating",
        "service",
        "declaration",
        "yearly_check",
        "suspension",
        "relative",
        "public_office",
        "past_post",
        "discipline",
        "change_filing",
        "assessment",
        "adviser_contract",
        "practice_field",
        "passed_warning",
        "issued_number",
        "attachment",
        "appointment_batch",
    ):
        op.drop_table(name)
