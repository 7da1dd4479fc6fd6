"""Runs the numbered migrations inside the transaction that ``db.migrate`` has begun."""

from alembic import context

import db.models
from db.base import Base

assert db.models  # noqa: S101 - importing it maps every table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
