"""A campaign's slots in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from drills.campaign import Campaign, Slot
from drills.people import Team
from drills.views.campaign import team_label, totals


def print_slots(campaign: Campaign, slots: Sequence[Slot], teams: Sequence[Team] = ()) -> None:
    """A line for each slot, by time, then how many there are. `teams` are those whose names are known."""
    labels = {team.id: team_label(team) for team in teams}
    table = Table(box=None, header_style="bold", pad_edge=False, title=campaign.title, title_justify="left")
    for heading in ("Team", "Local", "UTC", "Drill"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Status")
    table.add_column("Why", overflow="fold")
    for slot in slots:
        landing = slot.landing
        local, utc = f"{landing.local:%a %Y-%m-%d %H:%M %z}", f"{landing.at:%Y-%m-%d %H:%M}"
        table.add_row(labels.get(slot.team, slot.team), local, utc, _drill(slot), landing.status.value, landing.reason)
    console = Console(markup=False, width=None if Console().is_terminal else 160)
    with console.capture() as page:
        console.print(table)
    typer.echo(page.get(), nl=False)
    typer.echo(totals(slots))


def _drill(slot: Slot) -> str:
    return f"{slot.drill} ({slot.variant})"
