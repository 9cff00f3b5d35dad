"""What learners tick for themselves under practice feedback, apart from verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticks",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "evaluation"],
            ["evaluations.workspace", "evaluations.id"],
            name=op.f("fk_ticks_workspace_evaluation"),
        ),
        sa.PrimaryKeyConstraint("workspace", "evaluation", "criterion", name=op.f("pk_ticks")),
    )


def downgrade() -> None:
    op.drop_table("ticks")
