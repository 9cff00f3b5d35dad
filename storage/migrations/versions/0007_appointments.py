"""Leads and educators who are not in the team they look after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "team"], ["teams.workspace", "teams.id"], name=op.f("fk_appointments_workspace_team")
        ),
        sa.PrimaryKeyConstraint("workspace", "team", "person", name=op.f("pk_appointments")),
    )


def downgrade() -> None:
    op.drop_table("appointments")
