"""Every act carries a seal over itself and its lines, and the tables outside the journal have one each.

What an older program wrote is sealed as it stands; the tables outside the journal are sealed after every upgrade.
"""

import sqlalchemy as sa
from alembic import op

from db.seals import seal_acts
from db.stored import lossless

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gesture", sa.Column("seal", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "table_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=200), nullable=False),
        sa.Column("seal", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_table_seal"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_table_seal_table_name", "table_seal", ["table_name"], unique=True)
    with lossless(op.get_bind()):
        seal_acts(op.get_bind(), sa.true())


def downgrade() -> None:
    op.drop_table("table_seal")
    op.drop_column("gesture", "seal")
