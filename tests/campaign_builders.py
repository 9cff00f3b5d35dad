"""Made-up campaigns for tests: say what matters, get the rest for free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from drills.campaign import Cadence, Campaign, CampaignTeam, Entry, Planned, Slot, TeamClock, plan
from drills.campaign.words import cadence_of
from drills.people import QuietHours

NIGHT = QuietHours.parse("21:00-07:00")
THREE = tuple(Entry(f"drill-{n}", f"hash-{n}", ("a", "b")) for n in (1, 2, 3))

FILE = """\
schema: 1
id: first-fortnight
title: First fortnight
drills: [sbar-001-night-call, conf-001-held-dose]
teams:
  - {id: 5-south, tz: America/New_York}
  - {id: icu, tz: Europe/Berlin}
cadence: {every: "Tue and Thu at 14:00"}
starts: 2026-03-02
ends: 2026-03-15
"""


def a_campaign(
    cron: str = "0 14 * * TUE,THU", starts: str = "2026-03-01", ends: str | None = "2026-03-31", **more: Any
) -> Campaign:
    cadence = Cadence.cron(cron) if cron[0] in "*0123456789" else cadence_of(cron)
    fields = {"id": "spring", "title": "Spring", "teams": (CampaignTeam("5-south"),)} | more
    return Campaign(
        cadence=cadence,
        starts=date.fromisoformat(starts),
        ends=date.fromisoformat(ends) if ends else None,
        **fields,
    )


def slots(
    campaign: Campaign, zone: str = "America/New_York", until: str = "2040-01-01", playlist: Sequence[Entry] = THREE
) -> list[Slot]:
    """Of one team in one zone."""
    clock = TeamClock(ZoneInfo(zone), (campaign.quiet,) if campaign.quiet else ())
    clocks = {team.id: clock for team in campaign.teams}
    return plan([Planned(campaign, tuple(playlist), clocks)], date.fromisoformat(until))


def told(found: Sequence[Slot]) -> list[str]:
    """One line a slot: local time with its offset, and what became of it."""
    return [f"{s.landing.local:%m-%d %H:%M %z} {s.landing.status.value}" for s in found]
