"""A person's own time zone, and pasted rotas that wait for their yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("tz", sa.Text(), nullable=True))
    op.create_table(
        "rota_drafts",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("times", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("begins", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "team"], ["teams.workspace", "teams.id"], name=op.f("fk_rota_drafts_workspace_team")
        ),
        sa.PrimaryKeyConstraint("workspace", "team", "person", name=op.f("pk_rota_drafts")),
    )


def downgrade() -> None:
    op.drop_table("rota_drafts")
    op.drop_column("members", "tz")
