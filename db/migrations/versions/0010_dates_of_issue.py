"""The day that a paper is dated, kept with its number: printed again, it is the same paper."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issued_number", sa.Column("issued_on", sa.Date(), nullable=True))
    numbers = sa.table(
        "issued_number",
        sa.column("id", sa.Integer),
        sa.column("year", sa.Integer),
        sa.column("issued_at", sa.DateTime(timezone=True)),
        sa.column("issued_on", sa.Date),
    )
    bind = op.get_bind()
    for number in bind.execute(sa.select(numbers)).all():
        day = _day(number.issued_at)
        # A number of another year stood on a paper before it was entered: nobody knows when that was issued.
        if day is not None and day.year == number.year:
            bind.execute(sa.update(numbers).where(numbers.c.id == number.id).values(issued_on=day))


def _day(at: datetime | None) -> date | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone().date()


def downgrade() -> None:
    op.drop_column("issued_number", "issued_on")
