"""Campaigns in the ward: 5 South is in Chicago and has a drill on Tuesdays and Thursdays at 14:00 in March 2026."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from builders import LIBRARY, a_member
from campaign_builders import FILE
from ward import Ward

from bot.clock import tick
from drills.catalog import CampaignFile, Library, read_campaign
from drills.journeys.campaigns import push_due
from drills.journeys.run_campaign import start
from drills.people import Role
from drills.push import Push

CHICAGO = ZoneInfo("America/Chicago")
DRILLS = Library.load(
    *(
        next(LIBRARY.glob(f"*/{id_}.yaml"))
        for id_ in ("sbar-001-night-call", "sbar-002-lobby-recheck", "conf-001-held-dose")
    )
)


def a_file(old: str = "", new: str = "", more: str = "", teams: str = "  - {id: 5-south}\n") -> CampaignFile:
    text = FILE[: FILE.index("teams:")] + "teams:\n" + teams + FILE[FILE.index("cadence:") :]
    return read_campaign(text.replace("2026-03-15", "2026-03-31").replace(old, new) + more, DRILLS)


def for_nurses(more: str = "") -> CampaignFile:
    """Two drills that every nurse of the ward may answer."""
    return a_file("[sbar-001-night-call, conf-001-held-dose]", "[sbar-001-night-call, sbar-002-lobby-recheck]", more)


def at(local: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


async def started(ward: Ward, file: CampaignFile | None = None, now: str = "2026-03-01 12:00") -> CampaignFile:
    file = file or a_file()
    ward.clock.now = at(now)
    await start(ward.tools, file, ward.team.workspace)
    await push_due(ward.tools, ward.clock())
    return file


async def pass_to(ward: Ward, local: str) -> None:
    """The slots that are due by then become pushes; nothing else happens."""
    ward.clock.now = at(local)
    await push_due(ward.tools, ward.clock())


async def live_until(ward: Ward, local: str) -> None:
    """The whole program at this moment: tick, then all the work there is."""
    ward.clock.now = at(local)
    await tick(ward.tools)
    await ward.work()


async def pushes(ward: Ward) -> list[Push]:
    """Oldest first."""
    async with ward.memory.read() as work:
        return list(reversed(await work.pushes.of_team(ward.team, limit=1000)))


async def rows(ward: Ward) -> list[dict[str, Any]]:
    async with ward.memory.read() as work:
        return [dict(row) for row in await work.campaigns.slots(ward.team.workspace, "first-fortnight")]


async def eligible(ward: Ward, push: Push) -> set[str]:
    async with ward.memory.read() as work:
        return {one.user for one in await work.pushes.eligible(push)}


async def make_lead(ward: Ward, user: str = "grace") -> None:
    async with ward.memory.begin() as work:
        await work.members.save(a_member(user, ward.team, role=Role.LEAD))
