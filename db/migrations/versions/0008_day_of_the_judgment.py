"""The day of the judgment itself: figures belong to the year in which it was given, not in which the case was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_record", sa.Column("decided_on", sa.Date(), nullable=True))
