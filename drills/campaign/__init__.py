"""Campaigns: which drills a team gets, and when. Values in, values out: no clock, no rows, no files."""

from __future__ import annotations

from drills.campaign.cadence import BadCadence, Cadence
from drills.campaign.campaign import Campaign, CampaignState, CampaignTeam, Order, Reminders
from drills.campaign.plan import Planned, plan
from drills.campaign.playlist import Entry, Past, Shown, choose
from drills.campaign.slot import Landing, Slot, SlotStatus
from drills.campaign.wall import TeamClock

__all__ = [
    "BadCadence",
    "Cadence",
    "Campaign",
    "CampaignState",
    "CampaignTeam",
    "Entry",
    "Landing",
    "Order",
    "Past",
    "Planned",
    "Reminders",
    "Shown",
    "Slot",
    "SlotStatus",
    "TeamClock",
    "choose",
    "plan",
]
