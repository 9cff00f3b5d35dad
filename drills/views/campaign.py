"""A campaign's slots as people and programs read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from drills.campaign import Slot, SlotStatus
from drills.people import Team


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


def team_label(team: Team) -> str:
    """ "5 South (7f3a…)": ids of teams that were set up in a chat app say nothing to people."""
    return team.name if team.name == team.id else f"{team.name} ({team.id})"


def between(slots: Sequence[Slot], first: date, last: date) -> list[Slot]:
    """Those whose day, as it is shown in the team's own time, lies in the span; both ends included.

    One that drops because clocks skip its whole day stays with that day, else nobody would hear of it.
    """
    return [slot for slot in slots if first <= _day(slot, last) <= last]


def _day(slot: Slot, last: date) -> date:
    day, meant = slot.landing.local.date(), slot.landing.wall.date()
    return meant if meant <= last < day and not slot.landing.happens else day


def totals(slots: Sequence[Slot]) -> str:
    """ "24 slots: 22 planned, 1 moved, 1 dropped." """
    counts = Counter(slot.landing.status for slot in slots)
    parts = ", ".join(f"{counts[status]} {status.value}" for status in SlotStatus if counts[status])
    slots_ = "1 slot" if len(slots) == 1 else f"{len(slots)} slots"
    return f"{slots_}: {parts}." if parts else "No slot."
