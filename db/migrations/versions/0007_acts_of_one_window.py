"""Acts and half-typed forms know the PC and the window they came from: two PCs may use one clerk's name.

What is older has neither. A file belongs to the PC that upgrades it, and with it what was done in it. On a server it
cannot be known any more whose act it was, so it is not offered to be taken back.
"""

import sqlalchemy as sa
from alembic import op

from db import places

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("gesture", "kept_draft"):
        for column in ("installation", "window"):
            op.add_column(table, sa.Column(column, sa.String(length=200), nullable=False, server_default=""))
        if op.get_bind().dialect.name == "sqlite":
            rows = sa.table(table, sa.column("installation"))
            op.execute(rows.update().values(installation=places.installation()))
    op.drop_index("uq_kept_draft_form", "kept_draft")
    place = ["form", "record_id", "clerk", "installation", "window"]
    op.create_index("uq_kept_draft_form", "kept_draft", place, unique=True)


def downgrade() -> None:
    op.drop_index("uq_kept_draft_form", "kept_draft")
    op.execute(
        "DELETE FROM kept_draft WHERE id NOT IN (SELECT max(id) FROM kept_draft GROUP BY form, record_id, clerk)"
    )
    op.create_index("uq_kept_draft_form", "kept_draft", ["form", "record_id", "clerk"], unique=True)
    for table in ("gesture", "kept_draft"):
        for column in ("window", "installation"):
            op.drop_column(table, column)
