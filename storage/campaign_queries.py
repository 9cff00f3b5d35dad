"""What a tick and a preview ask of campaigns, put together once: building a statement costs more than SQLite takes."""

from __future__ import annotations

import sqlalchemy as sa

from drills.campaign import CampaignState
from drills.campaign.slot import SlotStatus
from drills.push import PushState
from storage.campaign_tables import campaigns, courses, slots
from storage.instant import Instant
from storage.tables import pushes, teams

HAPPENED = (SlotStatus.PLANNED.value, SlotStatus.MOVED.value)


def clock_of() -> sa.ColumnElement[str]:
    """The mirror of `campaign.clocks.clock_name`: what a course was reckoned with."""
    return teams.c.tz + "|" + sa.func.coalesce(teams.c.quiet, "")


_OWN_CAMPAIGN = (campaigns.c.workspace == courses.c.workspace) & (campaigns.c.id == courses.c.campaign)
_OWN_TEAM = (teams.c.workspace == courses.c.workspace) & (teams.c.id == courses.c.team)
_JOINED = courses.join(campaigns, _OWN_CAMPAIGN).join(teams, _OWN_TEAM)
_WANTED = (
    campaigns.c.state == CampaignState.RUNNING.value,
    sa.or_(courses.c.next_at <= sa.bindparam("now", type_=Instant()), courses.c.clock != clock_of()),
)
DUE = (
    sa.select(courses.c.workspace, courses.c.campaign, courses.c.team)
    .select_from(_JOINED)
    .where(*_WANTED)
    .order_by(courses.c.next_at, courses.c.workspace, courses.c.campaign, courses.c.team)
)
# One workspace at a time: SQLite finds pairs of names by reading everything, and single names by the index.
CLAIM = (  # teams are locked too: no two processes fill the same team's week at once
    sa.select(
        courses,
        sa.cast(campaigns.c.definition, sa.Text).label("definition"),
        *(column for column in teams.c if column.name != "workspace"),
    )
    .select_from(_JOINED)
    .where(
        *_WANTED,
        courses.c.workspace == sa.bindparam("workspace"),
        courses.c.campaign.in_(sa.bindparam("campaigns", expanding=True)),
        courses.c.team.in_(sa.bindparam("teams", expanding=True)),
    )
    .with_for_update(skip_locked=True, key_share=True, of=(courses, teams))
)
_REACHED = ~(  # what could not be posted fills no week, and its drill is still to come
    sa.exists().where(
        pushes.c.workspace == slots.c.workspace, pushes.c.id == slots.c.push, pushes.c.state == PushState.FAILED.value
    )
)
SINCE = sa.select(slots.c.team, slots.c.week, slots.c.at).where(
    slots.c.workspace == sa.bindparam("workspace"),
    slots.c.team.in_(sa.bindparam("teams", expanding=True)),
    slots.c.week >= sa.bindparam("since"),
    slots.c.status.in_(HAPPENED),
    _REACHED,
)
SHOWN = (
    sa.select(slots.c.campaign, slots.c.team, slots.c.drill, slots.c.variant, slots.c.day)
    .where(
        slots.c.workspace == sa.bindparam("workspace"),
        slots.c.campaign.in_(sa.bindparam("campaigns", expanding=True)),
        slots.c.team.in_(sa.bindparam("teams", expanding=True)),
        slots.c.status.in_(HAPPENED),
        _REACHED,
    )
    .order_by(slots.c.at, slots.c.local)
)
