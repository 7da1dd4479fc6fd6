"""What is entered by hand about a period belongs to one co-defendant, or to all; a deadline says whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FOR_ALL = sa.text("party_id IS NULL")


def upgrade() -> None:
    op.add_column(
        "period_mark",
        sa.Column(
            "party_id",
            sa.Integer(),
            sa.ForeignKey("case_party.id", name="fk_period_mark_party_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.drop_index("uq_period_mark_rule", "period_mark")
    op.create_index(
        "uq_period_mark_rule",
        "period_mark",
        ["case_id", "rule"],
        unique=True,
        sqlite_where=FOR_ALL,
        postgresql_where=FOR_ALL,
    )
    op.create_index("uq_period_mark_party", "period_mark", ["party_id", "rule"], unique=True)
    op.create_index("ix_period_mark_case_id", "period_mark", ["case_id"], unique=False)
    op.add_column("deadline", sa.Column("parties", sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("deadline", "parties")
    for name in ("ix_period_mark_case_id", "uq_period_mark_party", "uq_period_mark_rule"):
        op.drop_index(name, "period_mark")
    op.execute("DELETE FROM period_mark WHERE party_id IS NOT NULL")
    op.drop_column("period_mark", "party_id")
    op.create_index("uq_period_mark_rule", "period_mark", ["case_id", "rule"], unique=True)
