"""Campaigns, how far each team has come, their slots; holds, reminders and Friday reflections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = ("campaigns", "courses", "slots", "holds", "reminders", "reminder_pauses", "reflections")


def _text(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _to(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{owner}_workspace_{column}")
    return sa.ForeignKeyConstraint(["workspace", column], [f"{table}.workspace", f"{table}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "campaigns",
        *(_text(name) for name in ("workspace", "id", "state")),
        sa.Column("definition", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        *(_text(name) for name in ("hash", "source")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_campaigns_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "courses",
        *(_text(name) for name in ("workspace", "campaign", "team", "after")),
        _moment("next_at", null=True),
        _text("clock"),
        sa.Column("shown", sa.Integer(), nullable=False),
        _to("campaigns", "courses", "campaign"),
        _to("teams", "courses", "team"),
        sa.PrimaryKeyConstraint("workspace", "campaign", "team", name=op.f("pk_courses")),
    )
    op.create_index(op.f("ix_courses_next_at"), "courses", ["next_at"])
    op.create_table(
        "slots",
        *(_text(name) for name in ("workspace", "campaign", "team", "local")),
        _moment("at"),
        *(_text(name) for name in ("day", "week", "status", "reason", "drill", "variant")),
        _text("push", null=True),
        _moment("remind_at", null=True),
        sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"),
        _to("campaigns", "slots", "campaign"),
        sa.PrimaryKeyConstraint("workspace", "campaign", "team", "local", name=op.f("pk_slots")),
    )
    op.create_index(op.f("ix_slots_workspace_team_week"), "slots", ["workspace", "team", "week"])
    op.create_index(op.f("ix_slots_remind_at"), "slots", ["remind_at"])
    op.create_table(
        "holds",
        *(_text(name) for name in ("workspace", "id", "team")),
        _moment("begins"),
        _moment("ends"),
        _text("by"),
        sa.Column("settled", sa.Boolean(), nullable=False),
        _to("teams", "holds", "team"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_settled_ends"), "holds", ["settled", "ends"])
    op.create_table(
        "reminders",
        *(_text(name) for name in ("workspace", "id", "push", "person")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(_text(name) for name in ("kind", "state")),
        _moment("made_at"),
        _moment("claimed_at", null=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _to("pushes", "reminders", "push"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "workspace", "push", "person", "number", name=op.f("uq_reminders_workspace_push_person_number")
        ),
    )
    op.create_index(op.f("ix_reminders_state_claimed_at"), "reminders", ["state", "claimed_at"])
    op.create_table(
        "reminder_pauses",
        *(_text(name) for name in ("workspace", "team", "person")),
        _moment("since"),
        sa.Column("wished", sa.Boolean(), nullable=False),
        _moment("resumed_at", null=True),
        _to("teams", "reminder_pauses", "team"),
        sa.PrimaryKeyConstraint("workspace", "team", "person", name=op.f("pk_reminder_pauses")),
    )
    op.create_table(
        "reflections",
        *(_text(name) for name in ("workspace", "id", "campaign", "team", "week", "state")),
        _moment("due_at"),
        _moment("claimed_at", null=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _to("campaigns", "reflections", "campaign"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_reflections")),
        sa.UniqueConstraint(
            "workspace", "campaign", "team", "week", name=op.f("uq_reflections_workspace_campaign_team_week")
        ),
    )
    op.create_index(op.f("ix_reflections_state_claimed_at"), "reflections", ["state", "claimed_at"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
