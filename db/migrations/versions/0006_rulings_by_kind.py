"""Rulings by kind: only some may be appealed, and after most of them the trial goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_event", sa.Column("ruling", sa.String(length=32), nullable=True))
