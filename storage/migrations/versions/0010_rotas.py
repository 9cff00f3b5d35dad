"""When people are on shift or on leave, and reminders that wait for a shift."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rota_times",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begins", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "team"], ["teams.workspace", "teams.id"], name=op.f("fk_rota_times_workspace_team")
        ),
        sa.PrimaryKeyConstraint("workspace", "team", "person", "kind", "begins", name=op.f("pk_rota_times")),
    )
    op.create_index(op.f("ix_rota_times_workspace_person"), "rota_times", ["workspace", "person"])
    op.add_column("reminders", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("reminders", "due_at")
    op.drop_index(op.f("ix_rota_times_workspace_person"), "rota_times")
    op.drop_table("rota_times")
