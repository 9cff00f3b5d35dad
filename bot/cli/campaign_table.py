"""A campaign's slots in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from drills.campaign import Campaign, Slot
from drills.people import Team
from drills.views.campaign import team_label, totals

_HEADINGS = ("Team", "Local", "UTC", "Drill", "Status", "Why")
_GAP = "  "


def print_slots(campaign: Campaign, slots: Sequence[Slot], teams: Sequence[Team] = ()) -> None:
    """A line for each slot, by time, then how many there are. `teams` are those whose names are known.

    Columns by hand: a year of two hundred teams is 20,000 lines, for which rich takes ten seconds.
    """
    labels = {team.id: team_label(team) for team in teams}
    rows = [_cells(slot, labels.get(slot.team, slot.team)) for slot in slots]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    typer.secho(campaign.title, italic=True)
    typer.secho(_line(_HEADINGS, widths), bold=True)
    if rows:
        typer.echo("\n".join(_line(row, widths) for row in rows))
    typer.echo(totals(slots))


def _cells(slot: Slot, team: str) -> tuple[str, ...]:
    landing = slot.landing
    local, utc = f"{landing.local:%a %Y-%m-%d %H:%M %z}", f"{landing.at:%Y-%m-%d %H:%M}"
    return team, local, utc, f"{slot.drill} ({slot.variant})", landing.status.value, landing.reason


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """The last column is as long as it is; the terminal wraps it."""
    return _GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
