"""Former names of firms; the firm that signed an adviser contract which a lawyer declared."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FILL = """
UPDATE adviser_contract SET firm_id = (
    SELECT m.firm_id FROM membership m
    WHERE m.lawyer_id = adviser_contract.lawyer_id
    AND (adviser_contract.from_on IS NULL OR m.from_on IS NULL OR m.from_on <= adviser_contract.from_on)
    AND (m.to_on IS NULL OR (adviser_contract.from_on IS NOT NULL AND m.to_on > adviser_contract.from_on))
    ORDER BY CASE WHEN m.to_on IS NULL THEN 1 ELSE 0 END, m.to_on, m.id LIMIT 1
) WHERE by_firm
"""
"""The firm in which the lawyer practised when the contract began; his present one where that day is not known."""


def upgrade() -> None:
    op.add_column("firm", sa.Column("former_names", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "adviser_contract",
        sa.Column(
            "firm_id",
            sa.Integer(),
            sa.ForeignKey("firm.id", name="fk_adviser_contract_firm_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_adviser_contract_firm_id", "adviser_contract", ["firm_id"], unique=False)
    op.execute(FILL)


def downgrade() -> None:
    op.drop_index("ix_adviser_contract_firm_id", "adviser_contract")
    op.drop_column("adviser_contract", "firm_id")
    op.drop_column("firm", "former_names")
