"""A campaign's slots as people and programs read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from drills.campaign import CampaignState, Slot, SlotStatus
from drills.chat.cards import Card, Fact, Facts, Text
from drills.people import Team
from drills.views.wording import ONLY_YOU


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign of a team; `next_at` is None when nothing more comes, or nothing just now."""

    title: str
    state: CampaignState
    next_at: datetime | None


def campaigns_card(team: Team, lines: Sequence[CampaignLine]) -> Card:
    """What a lead sees of the team's campaigns."""
    facts = tuple(Fact(line.title, _state(team, line)) for line in lines)
    none = Text("This team is in no campaign. One is started on the server: `readback campaign`.")
    shown = Facts(facts) if facts else none
    return Card(title=f"Campaigns of {team.name}", blocks=(shown,), who_sees=ONLY_YOU)


def _state(team: Team, line: CampaignLine) -> str:
    if line.next_at is not None:
        return f"next drill {line.next_at.astimezone(ZoneInfo(team.tz)):%A %d %B, %H:%M}"
    return "over" if line.state is CampaignState.RUNNING else line.state.value


def slot_line(slot: Slot) -> dict[str, str]:
    """One slot of `preview --json`: times in ISO 8601 with their offset, `reason` empty for a planned one."""
    landing = slot.landing
    return {
        "team": slot.team,
        "drill": slot.drill,
        "local": landing.local.isoformat(),
        "utc": landing.at.isoformat(),
        "status": landing.status.value,
        "reason": landing.reason,
    }


def between(slots: Sequence[Slot], first: date, last: date) -> list[Slot]:
    """Those whose day, as it is shown in the team's own time, lies in the span; both ends included."""
    return [slot for slot in slots if first <= slot.landing.local.date() <= last]


def totals(slots: Sequence[Slot]) -> str:
    """ "24 slots: 22 planned, 1 moved, 1 dropped." """
    counts = Counter(slot.landing.status for slot in slots)
    parts = ", ".join(f"{counts[status]} {status.value}" for status in SlotStatus if counts[status])
    slots_ = "1 slot" if len(slots) == 1 else f"{len(slots)} slots"
    return f"{slots_}: {parts}." if parts else "No slot."
