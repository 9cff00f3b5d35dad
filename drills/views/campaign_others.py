"""What a start or a change takes from other campaigns of the same teams: nobody's drills should vanish unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drills.campaign import Slot
from drills.chat.cards import Bullets
from drills.people import Team

_MOST = 6  # lines; a year of them helps nobody


def others_blocks(
    lost: Sequence[Slot], freed: Sequence[Slot], titles: Mapping[str, str], teams: Sequence[Team]
) -> tuple[Bullets, ...]:
    """`titles` of campaigns by id. Nothing where they all keep their slots."""
    parts = ((lost, "lose", "loses", "✕"), (freed, "get back", "gets back", "+"))
    return tuple(
        Bullets(tuple(f"{mark} {line}" for line in other_lines(slots, titles, teams)), label=label)
        for slots, they, it, mark in parts
        if slots
        for label in [_label(slots, titles, they, it)]
    )


def other_lines(slots: Sequence[Slot], titles: Mapping[str, str], teams: Sequence[Team]) -> list[str]:
    """ "Winter handoffs: 5 South, Tue 03 Mar 14:00", in each team's local time; the first few, and how many more."""
    names = {team.id: team.name for team in teams}
    lines = [
        f"{titles.get(slot.campaign, slot.campaign)}: {names.get(slot.team, slot.team)}, "
        f"{slot.landing.local:%a %d %b %H:%M}"
        for slot in slots[:_MOST]
    ]
    return [*lines, f"and {len(slots) - _MOST} more"] if len(slots) > _MOST else lines


def _label(slots: Sequence[Slot], titles: Mapping[str, str], they: str, it: str) -> str:
    campaigns = list(dict.fromkeys(slot.campaign for slot in slots))
    count = "1 slot" if len(slots) == 1 else f"{len(slots)} slots"
    if len(campaigns) == 1:
        return f"“{titles.get(campaigns[0], campaigns[0])}” {it} {count}"
    return f"{len(campaigns)} other campaigns {they} {count}"
