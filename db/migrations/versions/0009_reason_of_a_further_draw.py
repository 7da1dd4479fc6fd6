"""Why members were drawn a second time: every draw stands on record the moment it is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "consultation_draw", sa.Column("reason", sa.String(length=200), nullable=False, server_default="")
    )
