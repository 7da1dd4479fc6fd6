"""The first schema: pool, agencies, courts and causes, cases, assignments, journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("has_enforcement", sa.Boolean(), nullable=False),
        sa.Column("uscc", sa.String(length=200), nullable=False),
        sa.Column("head", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_agency"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_agency_name",
        "agency",
        ["name"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "cause",
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["cause.id"], name="fk_cause_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cause"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "court",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_court"),
        sa.UniqueConstraint("name", name="uq_court_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_court_code", "court", ["code"], unique=False)
    op.create_table(
        "firm",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_firm"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_firm_name",
        "firm",
        ["name"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "gesture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("clerk", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["gesture.id"], name="fk_gesture_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_gesture"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_gesture_at", "gesture", ["at"], unique=False)
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holiday"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_holiday_day", "holiday", ["day"], unique=True)
    op.create_table(
        "lawyer",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("id_number", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("first_licensed_on", sa.Date(), nullable=True),
        sa.Column("politics", sa.String(length=200), nullable=False),
        sa.Column("education", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_lawyer"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lawyer_sort_key", "lawyer", ["sort_key"], unique=False)
    op.create_index(
        "uq_lawyer_licence",
        "lawyer",
        ["licence"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "search_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_key_key", "search_key", ["key"], unique=False)
    op.create_index(
        "ix_search_key_table_name_record_id", "search_key", ["table_name", "record_id"], unique=False
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("name", name="uq_setting_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "appointment",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name="order"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_appointment_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appointment_lawyer_id", "appointment", ["lawyer_id"], unique=False)
    op.create_table(
        "case_record",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("procedure", sa.String(length=32), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=True),
        sa.Column("cause_id", sa.Integer(), nullable=True),
        sa.Column("cause_text", sa.String(length=200), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("is_difficult", sa.Boolean(), nullable=False),
        sa.Column("attendance", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("plaintiffs", sa.Text(), nullable=False),
        sa.Column("defendants", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cause_id"], ["cause.id"], name="fk_case_record_cause_id"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name="fk_case_record_court_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_record"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_record_is_open", "case_record", ["is_open"], unique=False)
    op.create_index("ix_case_record_number", "case_record", ["number"], unique=False)
    op.create_index("ix_case_record_received_on", "case_record", ["received_on"], unique=False)
    op.create_table(
        "journal_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gesture_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["gesture_id"], ["gesture.id"], name="fk_journal_row_gesture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_row"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_row_gesture_id", "journal_row", ["gesture_id"], unique=False)
    op.create_index("ix_journal_row_table_name_key", "journal_row", ["table_name", "key"], unique=False)
    op.create_table(
        "membership",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name="fk_membership_firm_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_membership_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_membership_firm_id", "membership", ["firm_id"], unique=False)
    op.create_index("ix_membership_lawyer_id", "membership", ["lawyer_id"], unique=False)
    op.create_table(
        "speciality",
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_speciality_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_speciality"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_speciality_lawyer_id", "speciality", ["lawyer_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at_time", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_case_event_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_event_case_id", "case_event", ["case_id"], unique=False)
    op.create_table(
        "case_party",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_case_party_agency_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_case_party_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_party"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_party_agency_id", "case_party", ["agency_id"], unique=False)
    op.create_index("ix_case_party_case_id", "case_party", ["case_id"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at_time", sa.String(length=200), nullable=False),
        sa.Column("lapses", sa.Boolean(), nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name="fk_deadline_case_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deadline_case_id", "deadline", ["case_id"], unique=False)
    op.create_index("ix_deadline_due_on", "deadline", ["due_on"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("mandate", sa.String(length=32), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_kind", sa.String(length=32), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_on IS NULL) = (end_kind IS NULL)", name="ended_for_a_reason"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= assigned_on", name="order"),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_assignment_case_id"),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name="fk_assignment_firm_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_assignment_lawyer_id"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name="fk_assignment_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assignment_case_id", "assignment", ["case_id"], unique=False)
    op.create_index("ix_assignment_lawyer_id", "assignment", ["lawyer_id"], unique=False)
    op.create_index("ix_assignment_party_id", "assignment", ["party_id"], unique=False)
    op.create_table(
        "party_agent",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("firm_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name="fk_party_agent_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_party_agent"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_party_agent_party_id", "party_agent", ["party_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("recommended_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_recommendation_case_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_recommendation_lawyer_id"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name="fk_recommendation_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recommendation_case_id", "recommendation", ["case_id"], unique=False)
    op.create_index("ix_recommendation_lawyer_id", "recommendation", ["lawyer_id"], unique=False)
    op.create_index("ix_recommendation_party_id", "recommendation", ["party_id"], unique=False)


def downgrade() -> None:
    for table in (
        "recommendation",
        "party_agent",
        "assignment",
        "deadline",
        "case_party",
        "case_event",
        "speciality",
        "membership",
        "journal_row",
        "case_record",
        "appointment",
        "setting",
        "search_key",
        "lawyer",
        "holiday",
        "gesture",
        "firm",
        "court",
        "cause",
        "agency",
    ):
        op.drop_table(table)
