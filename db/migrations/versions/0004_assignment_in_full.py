"""Assignment in full: letters, consents, links to disputes, successions, what speaks against a running assignment."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispute_link",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_dispute_link_case_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_dispute_link_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_link"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dispute_link_case_id", "dispute_link", ["case_id"], unique=False)
    op.create_index("ix_dispute_link_lawyer_id", "dispute_link", ["lawyer_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("is_consent", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_consent_case_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_consent_lawyer_id"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name="fk_consent_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"], unique=False)
    op.create_index("ix_consent_lawyer_id", "consent", ["lawyer_id"], unique=False)
    op.create_index("ix_consent_party_id", "consent", ["party_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(number) <> ''", name="number_given"),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_letter_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name="fk_letter_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letter_case_id", "letter", ["case_id"], unique=False)
    op.create_index("ix_letter_party_id", "letter", ["party_id"], unique=False)
    op.create_index("uq_letter_number", "letter", ["number"], unique=True)
    op.create_table(
        "assignment_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name="fk_assignment_conflict_assignment_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment_conflict"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_assignment_conflict_assignment_id", "assignment_conflict", ["assignment_id"], unique=False
    )
    op.add_column(
        "assignment",
        sa.Column(
            "succeeds_id",
            sa.Integer(),
            sa.ForeignKey("assignment.id", name="fk_assignment_succeeds_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_assignment_succeeds_id", "assignment", ["succeeds_id"], unique=False)
    op.add_column("assignment", sa.Column("handover", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "case_party", sa.Column("identity", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column(
        "case_party", sa.Column("representative", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column(
        "declaration", sa.Column("has_interest", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("firm", sa.Column("area", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("past_post", sa.Column("area", sa.String(length=200), nullable=False, server_default=""))
    op.add_column(
        "recommendation",
        sa.Column(
            "letter_id",
            sa.Integer(),
            sa.ForeignKey("letter.id", name="fk_recommendation_letter_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_recommendation_letter_id", "recommendation", ["letter_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_recommendation_letter_id", "recommendation")
    op.drop_index("ix_assignment_succeeds_id", "assignment")
    for table, column in (
        ("recommendation", "letter_id"),
        ("past_post", "area"),
        ("firm", "area"),
        ("declaration", "has_interest"),
        ("case_party", "representative"),
        ("case_party", "identity"),
        ("assignment", "handover"),
        ("assignment", "succeeds_id"),
    ):
        op.drop_column(table, column)
    for name in ("assignment_conflict", "letter", "consent", "dispute_link"):
        op.drop_table(name)
