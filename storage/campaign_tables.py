"""The tables of campaigns, holds, reminders and rotas. What their columns mean is said at the nouns in `drills`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.columns import belongs_to, count, counter, flag, in_workspace, key, metadata, moment, text
from storage.instant import Instant

campaigns = sa.Table(
    "campaigns",
    metadata,
    key("workspace"),
    key("id"),
    text("state"),
    sa.Column("definition", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    text("hash"),  # of the definition, so that it is read once for many courses
    text("source"),
    in_workspace(),
)

courses = sa.Table(  # one for each campaign and team; `next_at` is when the clock looks at it again
    "courses",
    metadata,
    key("workspace"),
    key("campaign"),
    key("team"),
    text("after"),
    moment("next_at", null=True),
    text("clock"),
    count("shown"),
    belongs_to("campaigns", "campaign"),
    belongs_to("teams", "team"),
    sa.Index(None, "next_at"),
)

slots = sa.Table(  # `local` is the cadence's wall-clock time: with campaign and team it is the slot's name for good
    "slots",
    metadata,
    key("workspace"),
    key("campaign"),
    key("team"),
    key("local"),
    moment("at"),
    text("day"),
    text("week"),
    text("status"),
    text("reason"),
    text("drill"),
    text("variant"),
    text("push", null=True),
    moment("remind_at", null=True),
    counter("reminded"),
    belongs_to("campaigns", "campaign"),
    sa.Index(None, "workspace", "team", "week"),
    sa.Index(None, "remind_at"),
)

holds = sa.Table(
    "holds",
    metadata,
    key("workspace"),
    key("id"),
    text("team"),
    moment("begins"),
    moment("ends"),
    text("by"),
    flag("settled"),
    belongs_to("teams", "team"),
    sa.Index(None, "settled", "ends"),
)

reminders = sa.Table(  # `kind`: a reminder, or the one word that there will be no more of them
    "reminders",
    metadata,
    key("workspace"),
    key("id"),
    text("push"),
    text("person"),
    count("number"),
    text("kind"),
    text("state"),
    moment("made_at"),
    moment("due_at", null=True),  # not before then, because of the person's shifts
    moment("claimed_at", null=True),
    count("tries"),
    belongs_to("pushes", "push"),
    sa.UniqueConstraint("workspace", "push", "person", "number"),
    sa.Index(None, "state", "claimed_at"),
)

reminder_pauses = sa.Table(  # somebody who let two drills pass; `resumed_at` when they tapped "Remind me again"
    "reminder_pauses",
    metadata,
    key("workspace"),
    key("team"),
    key("person"),
    moment("since"),
    flag("wished"),
    moment("resumed_at", null=True),
    belongs_to("teams", "team"),
)

reflections = sa.Table(  # the Friday thread of a campaign in a team, one a week
    "reflections",
    metadata,
    key("workspace"),
    key("id"),
    text("campaign"),
    text("team"),
    text("week"),
    text("state"),
    moment("due_at"),
    moment("claimed_at", null=True),
    count("tries"),
    belongs_to("campaigns", "campaign"),
    sa.UniqueConstraint("workspace", "campaign", "team", "week"),
    sa.Index(None, "state", "claimed_at"),
)

rota_drafts = sa.Table(  # a pasted rota that waits for a yes: the times of members by user, nothing else of it
    "rota_drafts",
    metadata,
    key("workspace"),
    key("team"),
    key("person"),  # who pasted it
    text("id"),
    sa.Column("times", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    moment("begins"),
    moment("ends"),
    moment("made_at"),
    belongs_to("teams", "team"),
)

rota_times = sa.Table(  # `kind`: shift, night, leave, or known: the span that a file spoke of. Times only
    "rota_times",
    metadata,
    key("workspace"),
    key("team"),
    key("person"),
    key("kind"),
    sa.Column("begins", Instant(), primary_key=True),
    moment("ends"),
    belongs_to("teams", "team"),
    sa.Index(None, "workspace", "person"),
)
