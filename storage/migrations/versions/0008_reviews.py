"""What a person is asked to look at, and what reviewers say of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "evaluation"],
            ["evaluations.workspace", "evaluations.id"],
            name=op.f("fk_reviews_workspace_evaluation"),
        ),
        sa.PrimaryKeyConstraint("workspace", "evaluation", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_state_claimed_at"), "reviews", ["state", "claimed_at"])
    op.create_table(
        "rulings",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "evaluation"],
            ["reviews.workspace", "reviews.evaluation"],
            name=op.f("fk_rulings_workspace_evaluation"),
        ),
        sa.PrimaryKeyConstraint("workspace", "evaluation", "reviewer", "place", name=op.f("pk_rulings")),
    )


def downgrade() -> None:
    op.drop_table("rulings")
    op.drop_index(op.f("ix_reviews_state_claimed_at"), "reviews")
    op.drop_table("reviews")
