"""Whether a channel card still shows what the rows say; and no second copy of a push's drill hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("card_changes", "card_shown"):
        op.add_column("pushes", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("evaluations") as evaluations:
        evaluations.drop_column("drill_hash")


def downgrade() -> None:
    with op.batch_alter_table("evaluations") as evaluations:
        evaluations.add_column(sa.Column("drill_hash", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("pushes") as pushes:
        for name in ("card_shown", "card_changes"):
            pushes.drop_column(name)
