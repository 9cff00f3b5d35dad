"""`readback campaign`: check a campaign file and see every slot of it, before anybody is sent anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.campaign_table import print_slots
from bot.cli.days import day
from bot.cli.faults import FAULTY, misuse, print_faults, print_json
from bot.cli.lazy import Later, lazy
from drills.campaign import Campaign, Planned, TeamClock, plan
from drills.catalog import SHIPPED, CampaignFile, FaultyDrill, Library, has_errors, lint_campaigns, open_campaign
from drills.catalog.campaign_rules import NO_ZONE, YEARS
from drills.views.campaign import between, slot_line

CAMPAIGNS = SHIPPED / "campaigns"
OPEN_END = timedelta(days=8 * 7 - 1)

app = typer.Typer(
    cls=lazy(
        start=Later(
            "bot.cli.campaign_run:start",
            "Start a campaign, after showing every slot of its next eight weeks. "
            "A running program takes it up by itself.",
        ),
        pause=Later(
            "bot.cli.campaign_run:pause",
            "Pause a campaign: no drill and no reminder is sent. Drills that are open stay open.",
        ),
        resume=Later(
            "bot.cli.campaign_run:resume", "Go on with a paused campaign. Slots of the pause are not made up for."
        ),
        stop=Later(
            "bot.cli.campaign_run:stop",
            "Stop a campaign for good. Drills that are open stay open until their window ends.",
        ),
        ahead=Later(
            "bot.cli.campaign_run:ahead",
            "Show what a campaign of the installation will send in the next eight weeks, as it stands now.",
        ),
        list=Later("bot.cli.campaign_run:list_", "List the campaigns of a workspace with their state."),
    ),
    no_args_is_help=True,
    help=(
        "Which drills go to which team, and when.\n\n"
        "Write a file, `lint` it, look at every slot with `preview`, then `start` it. `ahead` shows what one that "
        "runs will send.\n\n"
        "Example: readback campaign preview my-campaign.yaml --from 2027-01-04 --to 2027-02-28"
    ),
)

AsJson = Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")]
Folder = Annotated[Path, typer.Option("--library", help="A folder of drill files.", show_default="the shipped library")]


@app.command()
def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help="Files or folders.", show_default="the shipped campaigns"),
    ] = None,
    as_json: AsJson = False,
    library: Folder = SHIPPED,
) -> None:
    """Tell every fault of every campaign file as file:line:column. Exits with 1 when there are errors.

    Example: readback campaign lint my-campaign.yaml
    """
    files = [file for path in paths or [CAMPAIGNS] for file in _files_at(path)]
    faults = lint_campaigns(files, load(library))
    if as_json:
        print_json({"files": len(files), "faults": [asdict(fault) for fault in faults]})
    else:
        print_faults(faults, len(files))
    if has_errors(faults):
        raise typer.Exit(FAULTY)


@app.command()
def preview(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A campaign file.")],
    from_: Annotated[
        date | None,
        typer.Option("--from", parser=day, metavar="DATE", help="First day.", show_default="its first day"),
    ] = None,
    to: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="Last day, included.", show_default="its last day"),
    ] = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="FILE", help="Another campaign of the same teams, for `per_week`. Repeatable."),
    ] = None,
    as_json: AsJson = False,
    library: Folder = SHIPPED,
) -> None:
    """Show every slot of every team in local time and UTC, and why one moves or drops. Needs no installation.

    A slot is planned, moved (a time that clocks skip, quiet hours) or dropped (the week is full, two at one time).
    Days are each team's own. --json prints [{"team","drill","local","utc","status","reason"}], by time. Without
    `ends` in the file, and without --to, it shows eight weeks. Exits with 1 when a file has errors. What a campaign
    that runs will send is shown by `readback campaign ahead`.

    Example: readback campaign preview my-campaign.yaml --from 2027-03-01 --to 2027-03-31 --json
    """
    drills = load(library)
    shown, *others = [opened(path, drills) for path in (file, *(beside or []))]
    _each_once(shown, others)
    first, last = _span(shown.campaign, from_, to)
    slots = plan([planned(one) for one in (shown, *others)], last)
    own = between([slot for slot in slots if slot.campaign == shown.campaign.id], first, last)
    if as_json:
        print_json([slot_line(slot) for slot in own])
    else:
        print_slots(shown.campaign, own)
        if not own:
            typer.echo(_empty(shown.campaign, first, last))


def load(folder: Path) -> Library:
    """The drills that campaigns name. Prints the faults and exits when one has errors."""
    try:
        return Library.load(folder)
    except FaultyDrill as error:
        raise _faulty(error) from error


def opened(path: Path, library: Library, *, installed: bool = False) -> CampaignFile:
    """Prints the faults and exits when the file has errors; its warnings go to standard error.

    `installed`: the teams' zones are those of an installation, so nobody needs to hear that the file has none.
    """
    if not path.exists():
        raise misuse(f"{path} is not there.")
    try:
        file = open_campaign(path, library)
    except FaultyDrill as error:
        raise _faulty(error) from error
    for warning in file.warnings:
        if not (installed and warning.message.endswith(NO_ZONE)):
            typer.echo(str(warning), err=True)
    return file


def planned(file: CampaignFile) -> Planned:
    """With the zones and quiet hours that the file names: what a preview without an installation goes by."""
    campaign = file.campaign
    return Planned(campaign, file.playlist, {team.id: _clock(campaign, team.id) for team in campaign.teams})


def _clock(campaign: Campaign, team_id: str) -> TeamClock:
    team = next(team for team in campaign.teams if team.id == team_id)
    zone = team.tz or campaign.tz
    if zone is None:
        raise misuse(f"The team {team.id} has no `tz`, and the campaign has none: add one to preview it.")
    return TeamClock(ZoneInfo(zone), tuple(quiet for quiet in (campaign.quiet, team.quiet) if quiet))


def _each_once(shown: CampaignFile, others: Sequence[CampaignFile]) -> None:
    known = {shown.campaign.id: shown}
    for other in others:
        if known.setdefault(other.campaign.id, other) is not other:
            raise misuse(f"--with {other.name}: a campaign with the id {other.campaign.id} is here already.")


def _empty(campaign: Campaign, first: date, last: date) -> str:
    until = f"from {campaign.starts} to {campaign.ends}" if campaign.ends else f"from {campaign.starts} on"
    return f"None falls between {first} and {last}; the campaign goes {until}."


def _span(campaign: Campaign, first: date | None, last: date | None) -> tuple[date, date]:
    begin = first or campaign.starts
    end = last or campaign.ends or max(begin, campaign.starts) + OPEN_END
    if beyond := [day for day in (begin, end) if day.year not in YEARS]:
        raise misuse(f"{beyond[0]} is out of reach: years go from {YEARS[0]} to {YEARS[-1]}.")
    if last and end < begin:
        raise misuse(f"--to {end} is before {begin}.")
    return begin, end


def _files_at(path: Path) -> Sequence[Path]:
    if not path.exists():
        raise misuse(f"{path} is not there.")
    files = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
    if not files:
        raise misuse(f"{path} holds no .yaml file.")
    return files


def _faulty(error: FaultyDrill) -> typer.Exit:
    for fault in error.faults:
        typer.echo(str(fault), err=True)
    return typer.Exit(FAULTY)
