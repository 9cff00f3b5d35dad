"""A campaign's slots in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from bot.cli.columns import Leaving, Table
from drills.campaign import Campaign, Slot
from drills.people import Team
from drills.views.campaign import team_label, totals

_HEADINGS = ("Team", "Local", "UTC", "Drill", "Status", "Why")
_LEAVING = (Leaving(("Why",)), Leaving(("UTC",), below=False), Leaving(("Team", "Drill")))


def print_slots(campaign: Campaign, slots: Sequence[Slot], teams: Sequence[Team] = ()) -> None:
    """A line for each slot, by time, then how many there are. `teams` are those whose names are known.

    In a narrow terminal the reason stands under its slot, and UTC is left out: the local time tells its offset.
    """
    labels = {team.id: team_label(team) for team in teams}
    rows = [_cells(slot, labels.get(slot.team, slot.team)) for slot in slots]
    typer.secho(campaign.title, italic=True)
    without = Table(_HEADINGS, rows, _LEAVING).show() if rows else ()
    typer.echo(totals(slots))
    if without:
        typer.echo(f"{', '.join(without)} found no room here; a wider terminal or --json shows it.")


def _cells(slot: Slot, team: str) -> tuple[str, ...]:
    landing = slot.landing
    local, utc = f"{landing.local:%a %Y-%m-%d %H:%M %z}", f"{landing.at:%Y-%m-%d %H:%M}"
    return team, local, utc, f"{slot.drill} ({slot.variant})", landing.status.value, landing.reason
