"""How often the tripwire held a text back: kinds and moments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("tripwires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("push", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kinds", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "push"], ["pushes.workspace", "pushes.id"], name=op.f("fk_tripwires_workspace_push")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tripwires"))
    )
    op.create_index(op.f("ix_tripwires_workspace_at"), "tripwires", ["workspace", "at"])


def downgrade() -> None:
    op.drop_table("tripwires")
