"""The first schema: teams, drills and pushes, replies and their evaluations, the ledger, the room, the inbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from storage.triggers import lay_triggers, lift_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _json() -> sa.JSON[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table("workspaces",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_hash", sa.Text(), nullable=False),
        sa.Column("message_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces"))
    )
    op.create_table("drill_versions",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("drill_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_drill_versions_workspace")),
        sa.PrimaryKeyConstraint("workspace", "hash", name=op.f("pk_drill_versions"))
    )
    op.create_table("inbox",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_inbox_workspace")),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_inbox"))
    )
    op.create_table("ledger",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_ledger_workspace")),
        sa.PrimaryKeyConstraint("workspace", "seq", name=op.f("pk_ledger"))
    )
    op.create_table("messages",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("card", _json(), nullable=False),
        sa.Column("posted_at", _instant(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_messages_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_messages")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_messages_workspace_key"))
    )
    op.create_index(op.f("ix_messages_workspace_channel_seq"), "messages", ["workspace", "channel", "seq"])
    op.create_table("teams",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tz", sa.Text(), nullable=False),
        sa.Column("on_board", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_teams_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_teams")),
        sa.UniqueConstraint("workspace", "channel", name=op.f("uq_teams_workspace_channel"))
    )
    op.create_table("members",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", _instant(), nullable=True),
        sa.ForeignKeyConstraint(["workspace", "team"], ["teams.workspace", "teams.id"], name=op.f("fk_members_workspace_team")),
        sa.PrimaryKeyConstraint("workspace", "team", "person", name=op.f("pk_members"))
    )
    op.create_index(op.f("ix_members_workspace_person"), "members", ["workspace", "person"])
    op.create_table("pushes",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("drill_id", sa.Text(), nullable=False),
        sa.Column("drill_hash", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opens_at", _instant(), nullable=False),
        sa.Column("closes_at", _instant(), nullable=False),
        sa.Column("message_channel", sa.Text(), nullable=True),
        sa.Column("message_thread", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("claimed_at", _instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "drill_hash"], ["drill_versions.workspace", "drill_versions.hash"], name=op.f("fk_pushes_workspace_drill_hash")),
        sa.ForeignKeyConstraint(["workspace", "team"], ["teams.workspace", "teams.id"], name=op.f("fk_pushes_workspace_team")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_pushes")),
        sa.UniqueConstraint("workspace", "campaign", "slot", "team", name=op.f("uq_pushes_workspace_campaign_slot_team"))
    )
    op.create_index(op.f("ix_pushes_state_closes_at"), "pushes", ["state", "closes_at"])
    op.create_index(op.f("ix_pushes_workspace_opens_at"), "pushes", ["workspace", "opens_at"])
    op.create_table("attempts",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("push", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", _instant(), nullable=False),
        sa.Column("tap_before", sa.Text(), nullable=True),
        sa.Column("tap_after", sa.Text(), nullable=True),
        sa.Column("ended_at", _instant(), nullable=True),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.Column("handle_until", _instant(), nullable=True),
        sa.ForeignKeyConstraint(["workspace", "push"], ["pushes.workspace", "pushes.id"], name=op.f("fk_attempts_workspace_push")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("workspace", "push", "person", "number", name=op.f("uq_attempts_workspace_push_person_number"))
    )
    op.create_index(op.f("ix_attempts_workspace_person_opened_at"), "attempts", ["workspace", "person", "opened_at"])
    op.create_table("eligible",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("push", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "push"], ["pushes.workspace", "pushes.id"], name=op.f("fk_eligible_workspace_push")),
        sa.PrimaryKeyConstraint("workspace", "push", "person", name=op.f("pk_eligible"))
    )
    op.create_table("evaluations",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("push", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", _instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", _instant(), nullable=True),
        sa.Column("provenance", _json(), nullable=True),
        sa.Column("practice", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("capped_by", _json(), nullable=True),
        sa.Column("unscored", sa.Text(), nullable=True),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("delivered_by", sa.Text(), nullable=True),
        sa.Column("drill_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "id"], ["attempts.workspace", "attempts.id"], name=op.f("fk_evaluations_workspace_id")),
        sa.ForeignKeyConstraint(["workspace", "push"], ["pushes.workspace", "pushes.id"], name=op.f("fk_evaluations_workspace_push")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_evaluations"))
    )
    op.create_index(op.f("ix_evaluations_state_claimed_at"), "evaluations", ["state", "claimed_at"])
    op.create_index(op.f("ix_evaluations_workspace_push"), "evaluations", ["workspace", "push"])
    op.create_table("replies",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("received_at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "attempt"], ["attempts.workspace", "attempts.id"], name=op.f("fk_replies_workspace_attempt")),
        sa.PrimaryKeyConstraint("workspace", "attempt", name=op.f("pk_replies"))
    )
    op.create_table("fairness",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("fair", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "evaluation"], ["evaluations.workspace", "evaluations.id"], name=op.f("fk_fairness_workspace_evaluation")),
        sa.PrimaryKeyConstraint("workspace", "evaluation", name=op.f("pk_fairness"))
    )
    op.create_table("verdicts",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("quote_found", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["workspace", "evaluation"], ["evaluations.workspace", "evaluations.id"], name=op.f("fk_verdicts_workspace_evaluation")),
        sa.PrimaryKeyConstraint("workspace", "evaluation", "kind", "position", name=op.f("pk_verdicts"))
    )
    op.create_index(op.f("ix_verdicts_workspace_ref_level"), "verdicts", ["workspace", "ref", "level"])
    lay_triggers(op.get_bind())


def downgrade() -> None:
    lift_triggers(op.get_bind())
    for table in (
        "verdicts",
        "fairness",
        "replies",
        "evaluations",
        "eligible",
        "attempts",
        "pushes",
        "members",
        "teams",
        "messages",
        "ledger",
        "inbox",
        "drill_versions",
        "workspaces",
    ):
        op.drop_table(table)
