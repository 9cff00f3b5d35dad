"""The tables. Every row names its workspace, and every foreign key carries it, so that tenants can't mix.

Words that a person wrote (replies, quotes, notes, comments) stand in rows of their own: they can be erased while
the counts and the ledger stay. What these columns mean is said once, at the nouns in `drills`.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.instant import Instant

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _json(name: str) -> sa.Column[object]:
    """NULL means absent; JSON null is never stored."""
    data = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    return sa.Column(name, data)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _at(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=null)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _counter(name: str) -> sa.Column[int]:
    """Counted in the database, from 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _flag(name: str, *, null: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=null)


def _belongs_to(table: str, column: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace", column], [f"{table}.workspace", f"{table}.{key}"])


def _in_workspace() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"])


workspaces = sa.Table(  # `id` is platform:id; the heads of the ledger and of the local room's messages are counted here
    "workspaces",
    metadata,
    _key("id"),
    _count("ledger_seq"),
    _text("ledger_hash"),
    _count("message_seq"),
)

teams = sa.Table(
    "teams",
    metadata,
    _key("workspace"),
    _key("id"),
    _text("name"),
    _text("channel"),
    _text("tz"),
    _flag("on_board"),
    _flag("demo"),
    _in_workspace(),
    sa.UniqueConstraint("workspace", "channel"),
)

members = sa.Table(
    "members",
    metadata,
    _key("workspace"),
    _key("team"),
    _key("person"),
    _text("name"),
    _text("profession"),
    _text("role"),
    _flag("opted_out"),
    _at("snoozed_until", null=True),
    _belongs_to("teams", "team"),
    sa.Index(None, "workspace", "person"),
)

drill_versions = sa.Table(
    "drill_versions",
    metadata,
    _key("workspace"),
    _key("hash"),
    _text("drill_id"),
    _text("version"),
    _text("kind"),
    _text("source"),
    _in_workspace(),
)

pushes = sa.Table(
    "pushes",
    metadata,
    _key("workspace"),
    _key("id"),
    _text("team"),
    _text("drill_id"),
    _text("drill_hash"),
    _text("variant"),
    _text("campaign"),
    _text("slot"),
    _text("state"),
    _at("opens_at"),
    _at("closes_at"),
    _text("message_channel", null=True),
    _text("message_thread", null=True),
    _text("message_id", null=True),
    _at("claimed_at", null=True),
    _count("tries"),
    _counter("card_changes"),  # how often the channel card fell behind the rows; `card_shown` is as far as it was drawn
    _counter("card_shown"),
    _belongs_to("teams", "team"),
    _belongs_to("drill_versions", "drill_hash", "hash"),
    sa.UniqueConstraint("workspace", "campaign", "slot", "team"),
    sa.Index(None, "workspace", "opens_at"),
    sa.Index(None, "state", "closes_at"),
)

eligible = sa.Table(  # the E of clinical.md §7, frozen when the push went out
    "eligible",
    metadata,
    _key("workspace"),
    _key("push"),
    _key("person"),
    _text("profession"),
    _belongs_to("pushes", "push"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    _key("workspace"),
    _key("id"),
    _text("push"),
    _text("person"),
    _count("number"),
    _text("variant"),
    _text("state"),
    _at("opened_at"),
    _text("tap_before", null=True),
    _text("tap_after", null=True),
    _at("ended_at", null=True),
    _text("handle", null=True),
    _at("handle_until", null=True),
    _belongs_to("pushes", "push"),
    sa.UniqueConstraint("workspace", "push", "person", "number"),
    sa.Index(None, "workspace", "person", "opened_at"),
)

replies = sa.Table(  # to erase a person's words is to delete this row: the salt goes with the text
    "replies",
    metadata,
    _key("workspace"),
    _key("attempt"),
    _text("text"),
    _text("salt"),
    _at("received_at"),
    _belongs_to("attempts", "attempt"),
)

evaluations = sa.Table(  # `id` is the attempt's
    "evaluations",
    metadata,
    _key("workspace"),
    _key("id"),
    _text("push"),
    _text("person"),
    _text("state"),
    _at("received_at"),
    _count("tries"),
    _at("claimed_at", null=True),
    _json("provenance"),
    _flag("practice", null=True),
    sa.Column("score", sa.Float),
    _text("band", null=True),
    _json("capped_by"),
    _text("unscored", null=True),
    _flag("contested"),
    _text("delivered_by", null=True),
    _belongs_to("attempts", "id"),
    _belongs_to("pushes", "push"),
    sa.Index(None, "state", "claimed_at"),
    sa.Index(None, "workspace", "push"),
)

verdicts = sa.Table(  # one row for each criterion (kind `criterion`) and each red flag raised (kind `red_flag`)
    "verdicts",
    metadata,
    _key("workspace"),
    _key("evaluation"),
    _key("kind"),
    sa.Column("position", sa.Integer, primary_key=True),
    _text("ref"),
    _text("level", null=True),
    _text("quote"),
    _text("note"),
    _flag("quote_found", null=True),
    _belongs_to("evaluations", "evaluation"),
    sa.Index(None, "workspace", "ref", "level"),
)

fairness = sa.Table(  # "Was this fair?"; the newest answer holds
    "fairness",
    metadata,
    _key("workspace"),
    _key("evaluation"),
    _flag("fair"),
    _text("words"),
    _at("at"),
    _belongs_to("evaluations", "evaluation"),
)

ticks = sa.Table(  # the learner's own, under practice feedback; kept apart from verdicts, read by no statistic
    "ticks",
    metadata,
    _key("workspace"),
    _key("evaluation"),
    _key("criterion"),
    _at("at"),
    _belongs_to("evaluations", "evaluation"),
)

ledger = sa.Table(  # append-only: triggers refuse UPDATE and DELETE. `body` is the very text that was hashed
    "ledger",
    metadata,
    _key("workspace"),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _at("at"),
    _text("body"),
    _text("previous"),
    _text("hash"),
    _in_workspace(),
)

messages = sa.Table(  # the local room's; `to` is NULL for the whole channel
    "messages",
    metadata,
    _key("workspace"),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _text("key"),
    _text("channel"),
    _text("thread", null=True),
    _text("to", null=True),
    sa.Column("card", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    _at("posted_at"),
    _count("seq"),
    _in_workspace(),
    sa.UniqueConstraint("workspace", "key"),
    sa.Index(None, "workspace", "channel", "seq"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    _key("workspace"),
    _key("key"),
    _at("at"),
    _in_workspace(),
)

tripwires = sa.Table(  # one row for each text that was held back: what kind of thing, when; no text and no person
    "tripwires",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("workspace"),
    _text("push"),
    _at("at"),
    sa.Column("kinds", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    _belongs_to("pushes", "push"),
    sa.Index(None, "workspace", "at"),
)
