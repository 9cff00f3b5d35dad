"""A campaign as plain data for a row, and back: what was started stays what it was, whatever the file says later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from drills.campaign.cadence import Cadence
from drills.campaign.campaign import Campaign, CampaignTeam, Order, Reminders
from drills.campaign.playlist import Entry
from drills.people import QuietHours


def to_data(campaign: Campaign, playlist: Sequence[Entry]) -> dict[str, Any]:
    """JSON data. Of the teams only quiet hours that the file gives them: each team has a row of its own."""
    quiet = {team.id: str(team.quiet) for team in campaign.teams if team.quiet}
    return {
        "id": campaign.id,
        "title": campaign.title,
        "crons": list(campaign.cadence.crons),
        "starts": campaign.starts.isoformat(),
        "ends": campaign.ends.isoformat() if campaign.ends else None,
        "tz": campaign.tz,
        "quiet": str(campaign.quiet) if campaign.quiet else None,
        "window_s": campaign.window.total_seconds(),
        "reminders": {"most": campaign.reminders.most, "after_s": campaign.reminders.after.total_seconds()},
        "per_week": campaign.per_week,
        "order": campaign.order.value,
        "keep": campaign.keep,
        "friday_reflection": campaign.friday_reflection,
        "playlist": [{"drill": e.drill, "hash": e.hash, "variants": list(e.variants)} for e in playlist],
        **({"team_quiet": quiet} if quiet else {}),
    }


def from_data(data: Mapping[str, Any]) -> tuple[Campaign, tuple[Entry, ...]]:
    """The inverse; `teams` are those that have quiet hours in the file, without their zones."""
    quiet: Mapping[str, str] = data.get("team_quiet", {})
    campaign = Campaign(
        id=data["id"],
        title=data["title"],
        teams=tuple(CampaignTeam(id_, quiet=QuietHours.parse(hours)) for id_, hours in quiet.items()),
        cadence=Cadence(tuple(data["crons"])),
        starts=date.fromisoformat(data["starts"]),
        ends=date.fromisoformat(data["ends"]) if data["ends"] else None,
        tz=data["tz"],
        quiet=QuietHours.parse(data["quiet"]) if data["quiet"] else None,
        window=timedelta(seconds=data["window_s"]),
        reminders=Reminders(data["reminders"]["most"], timedelta(seconds=data["reminders"]["after_s"])),
        per_week=data["per_week"],
        order=Order(data["order"]),
        keep=data["keep"],
        friday_reflection=data["friday_reflection"],
    )
    return campaign, tuple(Entry(e["drill"], e["hash"], tuple(e["variants"])) for e in data["playlist"])
