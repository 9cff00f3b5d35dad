"""What the setup of a team asks for, feedback that stays, and what installing the app in a workspace gave us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("teams", sa.Column("professions", sa.Text(), nullable=False, server_default=""))
    op.add_column("teams", sa.Column("quiet", sa.Text(), nullable=True))
    op.add_column("teams", sa.Column("threads", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pushes", sa.Column("keep", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_pushes_workspace_message_id"), "pushes", ["workspace", "message_id"])
    op.create_table(
        "installations",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_installations")),
    )


def downgrade() -> None:
    op.drop_table("installations")
    op.drop_index(op.f("ix_pushes_workspace_message_id"), "pushes")
    op.drop_column("pushes", "keep")
    op.drop_column("teams", "threads")
    op.drop_column("teams", "quiet")
    op.drop_column("teams", "professions")
