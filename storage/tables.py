"""The tables. Every row names its workspace, and every foreign key carries it, so that tenants can't mix.

Words that a person wrote (replies, quotes, notes, comments) stand in rows of their own: they can be erased while
the counts and the ledger stay. What these columns mean is said once, at the nouns in `drills`.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.columns import belongs_to, count, counter, flag, in_workspace, json_column, key, metadata, moment, text

workspaces = sa.Table(  # `id` is platform:id; the heads of the ledger and of the local room's messages are counted here
    "workspaces",
    metadata,
    key("id"),
    count("ledger_seq"),
    text("ledger_hash"),
    count("message_seq"),
)

teams = sa.Table(
    "teams",
    metadata,
    key("workspace"),
    key("id"),
    text("name"),
    text("channel"),
    text("tz"),
    flag("on_board"),
    flag("demo"),
    sa.Column("professions", sa.Text, nullable=False, server_default=""),  # separated by commas; empty: all
    text("quiet", null=True),  # "21:00-07:00", the team's own time
    sa.Column("threads", sa.Boolean, nullable=False, server_default=sa.false()),
    in_workspace(),
    sa.UniqueConstraint("workspace", "channel"),
)

members = sa.Table(
    "members",
    metadata,
    key("workspace"),
    key("team"),
    key("person"),
    text("name"),
    text("profession"),
    text("role"),
    flag("opted_out"),
    moment("snoozed_until", null=True),
    text("tz", null=True),  # the person's own choice
    belongs_to("teams", "team"),
    sa.Index(None, "workspace", "person"),
)

appointments = sa.Table(  # leads and educators who are not in the team: members have a profession, theirs is unknown
    "appointments",
    metadata,
    key("workspace"),
    key("team"),
    key("person"),
    text("role"),
    belongs_to("teams", "team"),
)

drill_versions = sa.Table(
    "drill_versions",
    metadata,
    key("workspace"),
    key("hash"),
    text("drill_id"),
    text("version"),
    text("kind"),
    text("source"),
    in_workspace(),
)

pushes = sa.Table(
    "pushes",
    metadata,
    key("workspace"),
    key("id"),
    text("team"),
    text("drill_id"),
    text("drill_hash"),
    text("variant"),
    text("campaign"),
    text("slot"),
    text("state"),
    moment("opens_at"),
    moment("closes_at"),
    text("message_channel", null=True),
    text("message_thread", null=True),
    text("message_id", null=True),
    moment("claimed_at", null=True),
    count("tries"),
    counter("card_changes"),  # how often the channel card fell behind the rows; `card_shown` is as far as it was drawn
    counter("card_shown"),
    sa.Column("keep", sa.Boolean, nullable=False, server_default=sa.false()),
    belongs_to("teams", "team"),
    belongs_to("drill_versions", "drill_hash", "hash"),
    sa.UniqueConstraint("workspace", "campaign", "slot", "team"),
    sa.Index(None, "workspace", "opens_at"),
    sa.Index(None, "state", "closes_at"),
    sa.Index(None, "workspace", "message_id"),
)

eligible = sa.Table(  # the E of clinical.md §7, frozen when the push went out
    "eligible",
    metadata,
    key("workspace"),
    key("push"),
    key("person"),
    text("profession"),
    belongs_to("pushes", "push"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    key("workspace"),
    key("id"),
    text("push"),
    text("person"),
    count("number"),
    text("variant"),
    text("state"),
    moment("opened_at"),
    text("tap_before", null=True),
    text("tap_after", null=True),
    moment("ended_at", null=True),
    text("handle", null=True),
    moment("handle_until", null=True),
    belongs_to("pushes", "push"),
    sa.UniqueConstraint("workspace", "push", "person", "number"),
    sa.Index(None, "workspace", "person", "opened_at"),
)

replies = sa.Table(  # to erase a person's words is to delete this row: the salt goes with the text
    "replies",
    metadata,
    key("workspace"),
    key("attempt"),
    text("text"),
    text("salt"),
    moment("received_at"),
    belongs_to("attempts", "attempt"),
)

evaluations = sa.Table(  # `id` is the attempt's
    "evaluations",
    metadata,
    key("workspace"),
    key("id"),
    text("push"),
    text("person"),
    text("state"),
    moment("received_at"),
    count("tries"),
    moment("claimed_at", null=True),
    json_column("provenance"),
    flag("practice", null=True),
    sa.Column("score", sa.Float),
    text("band", null=True),
    json_column("capped_by"),
    text("unscored", null=True),
    flag("contested"),
    text("delivered_by", null=True),
    belongs_to("attempts", "id"),
    belongs_to("pushes", "push"),
    sa.Index(None, "state", "claimed_at"),
    sa.Index(None, "workspace", "push"),
)

verdicts = sa.Table(  # one row for each criterion (kind `criterion`) and each red flag raised (kind `red_flag`)
    "verdicts",
    metadata,
    key("workspace"),
    key("evaluation"),
    key("kind"),
    sa.Column("position", sa.Integer, primary_key=True),
    text("ref"),
    text("level", null=True),
    text("quote"),
    text("note"),
    flag("quote_found", null=True),
    belongs_to("evaluations", "evaluation"),
    sa.Index(None, "workspace", "ref", "level"),
)

fairness = sa.Table(  # "Was this fair?"; the newest answer holds
    "fairness",
    metadata,
    key("workspace"),
    key("evaluation"),
    flag("fair"),
    text("words"),
    moment("at"),
    belongs_to("evaluations", "evaluation"),
)

reviews = sa.Table(  # asked for by the writer: without a row here nobody is shown their words
    "reviews",
    metadata,
    key("workspace"),
    key("evaluation"),
    moment("asked_at"),
    text("state"),
    text("reviewer", null=True),
    moment("settled_at", null=True),
    json_column("before"),
    count("tries"),
    moment("claimed_at", null=True),
    belongs_to("evaluations", "evaluation"),
    sa.Index(None, "state", "claimed_at"),
)

rulings = sa.Table(  # one row for each criterion or red flag that a reviewer has ruled on; `place` as in the drill
    "rulings",
    metadata,
    key("workspace"),
    key("evaluation"),
    key("reviewer"),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    text("ref"),
    text("level"),
    flag("final"),
    moment("at"),
    belongs_to("reviews", "evaluation", "evaluation"),
)

ticks = sa.Table(  # the learner's own, under practice feedback; kept apart from verdicts, read by no statistic
    "ticks",
    metadata,
    key("workspace"),
    key("evaluation"),
    key("criterion"),
    moment("at"),
    belongs_to("evaluations", "evaluation"),
)

ledger = sa.Table(  # append-only: triggers refuse UPDATE and DELETE. `body` is the very text that was hashed
    "ledger",
    metadata,
    key("workspace"),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    moment("at"),
    text("body"),
    text("previous"),
    text("hash"),
    in_workspace(),
)

messages = sa.Table(  # the local room's; `to` is NULL for the whole channel
    "messages",
    metadata,
    key("workspace"),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    text("key"),
    text("channel"),
    text("thread", null=True),
    text("to", null=True),
    sa.Column("card", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    moment("posted_at"),
    count("seq"),
    in_workspace(),
    sa.UniqueConstraint("workspace", "key"),
    sa.Index(None, "workspace", "channel", "seq"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    key("workspace"),
    key("key"),
    moment("at"),
    in_workspace(),
)

tripwires = sa.Table(  # one row for each text that was held back: what kind of thing, when; no text and no person
    "tripwires",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    text("workspace"),
    text("push"),
    moment("at"),
    sa.Column("kinds", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    belongs_to("pushes", "push"),
    sa.Index(None, "workspace", "at"),
)

installations = sa.Table(  # what installing gave us; `sealed` is opaque here, its adapter has the key
    "installations",
    metadata,
    key("workspace"),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    moment("at"),
)
