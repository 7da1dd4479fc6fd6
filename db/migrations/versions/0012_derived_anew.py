"""Nothing of the schema: persons are ordered by the reading of their surnames, agencies found by what they are cut to.

Both are derived, and whatever is derived is made anew after an upgrade.
"""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
