"""Cases in full: chains, series, attendance, marks of periods, evidence, jurisdiction, notices of days off."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_series",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_case_series"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "holiday_notice",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holiday_notice"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_holiday_notice_year", "holiday_notice", ["year"], unique=True)
    op.create_table(
        "jurisdiction_rule",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("court", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jurisdiction_rule"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name="fk_case_text_case_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_text"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_case_text_case_id", "case_text", ["case_id"], unique=True)
    op.create_table(
        "case_field",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_case_field_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_field"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_field_case_id", "case_field", ["case_id"], unique=False)
    op.create_table(
        "period_mark",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("fixed_reason", sa.String(length=200), nullable=False),
        sa.Column("fixed_source", sa.String(length=200), nullable=False),
        sa.Column("extended_by", sa.Integer(), nullable=True),
        sa.Column("extended_unit", sa.String(length=32), nullable=True),
        sa.Column("extended_reason", sa.String(length=200), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_evidence", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_period_mark_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_period_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_period_mark_rule", "period_mark", ["case_id", "rule"], unique=True)
    op.create_table(
        "attendance_plan",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("attends", sa.String(length=32), nullable=False),
        sa.Column("head", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("head_kind", sa.String(length=32), nullable=True),
        sa.Column("absence", sa.String(length=32), nullable=True),
        sa.Column("absence_note", sa.Text(), nullable=False),
        sa.Column("papers_on", sa.Date(), nullable=True),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name="fk_attendance_plan_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attendance_plan"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_attendance_plan_event_id", "attendance_plan", ["event_id"], unique=True)
    op.add_column("case_event", sa.Column("sent_on", sa.Date(), nullable=True))
    op.add_column("case_event", sa.Column("send_method", sa.String(length=32), nullable=True))
    op.add_column(
        "case_event", sa.Column("evidence", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column(
        "case_event",
        sa.Column(
            "party_id",
            sa.Integer(),
            sa.ForeignKey("case_party.id", name="fk_case_event_party_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_case_event_party_id", "case_event", ["party_id"], unique=False)
    op.add_column("case_party", sa.Column("role", sa.String(length=32), nullable=True))
    op.add_column("case_record", sa.Column("act_on", sa.Date(), nullable=True))
    op.add_column(
        "case_record", sa.Column("act_number", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column(
        "case_record", sa.Column("is_compensation", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "case_record", sa.Column("track", sa.String(length=32), nullable=False, server_default="普通程序")
    )
    op.add_column(
        "case_record", sa.Column("court_reason", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column("case_record", sa.Column("difficult_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("case_record", sa.Column("effective_on", sa.Date(), nullable=True))
    op.add_column(
        "case_record", sa.Column("is_self_corrected", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("case_record", sa.Column("loss_cause", sa.String(length=32), nullable=True))
    op.add_column(
        "case_record",
        sa.Column(
            "previous_id",
            sa.Integer(),
            sa.ForeignKey("case_record.id", name="fk_case_record_previous_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "case_record",
        sa.Column(
            "series_id",
            sa.Integer(),
            sa.ForeignKey("case_series.id", name="fk_case_record_series_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "case_record",
        sa.Column(
            "duplicate_of_id",
            sa.Integer(),
            sa.ForeignKey("case_record.id", name="fk_case_record_duplicate_of_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "case_record", sa.Column("is_unassigned", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "case_record", sa.Column("lacks_agent", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "case_record", sa.Column("lacks_answer", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "case_record", sa.Column("lacks_attendance", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("case_record", sa.Column("last_on", sa.Date(), nullable=True))
    op.add_column("case_record", sa.Column("dispute_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_case_record_closed", "case_record", ["is_open", "removed_at", "closed_on"], unique=False
    )
    op.create_index("ix_case_record_dispute_id", "case_record", ["dispute_id"], unique=False)
    op.create_index("ix_case_record_duplicate_of_id", "case_record", ["duplicate_of_id"], unique=False)
    op.create_index("ix_case_record_previous_id", "case_record", ["previous_id"], unique=False)
    op.create_index("ix_case_record_series_id", "case_record", ["series_id"], unique=False)
    op.create_index(
        "ix_case_record_views",
        "case_record",
        [
            "is_open",
            "removed_at",
            "is_unassigned",
            "lacks_agent",
            "lacks_answer",
            "lacks_attendance",
            "last_on",
        ],
        unique=False,
    )
    op.add_column("deadline", sa.Column("is_fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_deadline_nearest", "deadline", ["case_id", "due_on", "lapses"], unique=False)
    op.add_column(
        "holiday",
        sa.Column(
            "notice_id",
            sa.Integer(),
            sa.ForeignKey("holiday_notice.id", name="fk_holiday_notice_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_holiday_notice_id", "holiday", ["notice_id"], unique=False)
    op.add_column("party_agent", sa.Column("phone", sa.String(length=200), nullable=False, server_default=""))
    op.add_column(
        "party_agent", sa.Column("licence", sa.String(length=200), nullable=False, server_default="")
    )


def downgrade() -> None:
    for index, table in (
        ("ix_case_event_party_id", "case_event"),
        ("ix_case_record_closed", "case_record"),
        ("ix_case_record_dispute_id", "case_record"),
        ("ix_case_record_duplicate_of_id", "case_record"),
        ("ix_case_record_previous_id", "case_record"),
        ("ix_case_record_series_id", "case_record"),
        ("ix_case_record_views", "case_record"),
        ("ix_deadline_nearest", "deadline"),
        ("ix_holiday_notice_id", "holiday"),
    ):
        op.drop_index(index, table)
    for table, columns in (
        ("party_agent", ("licence", "phone")),
        ("holiday", ("notice_id",)),
        ("deadline", ("is_fixed",)),
        (
            "case_record",
            (
                "dispute_id",
                "last_on",
                "lacks_attendance",
                "lacks_answer",
                "lacks_agent",
                "is_unassigned",
                "duplicate_of_id",
                "series_id",
                "previous_id",
                "loss_cause",
                "is_self_corrected",
                "effective_on",
                "difficult_reason",
                "court_reason",
                "track",
                "is_compensation",
                "act_number",
                "act_on",
            ),
        ),
        ("case_party", ("role",)),
        ("case_event", ("party_id", "evidence", "send_method", "sent_on")),
    ):
        for column in columns:
            op.drop_column(table, column)
    for name in (
        "attendance_plan",
        "period_mark",
        "case_field",
        "case_text",
        "jurisdiction_rule",
        "holiday_notice",
        "case_series",
    ):
        op.drop_table(name)
