"""`readback campaign start, pause, resume, stop, ahead, list`: on the installation, beside the running program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.campaign import AsJson, Folder, load, opened
from bot.cli.campaign_table import print_slots
from bot.cli.faults import print_json
from bot.cli.installation import Where, Yes, must_agree, within, workspace_of
from drills.campaign import CampaignState
from drills.catalog import SHIPPED
from drills.journeys.run_campaign import Coming, Prospect, change, coming, known, prospect
from drills.journeys.run_campaign import start as start_campaign
from drills.journeys.tools import Tools
from drills.people import Workspace
from drills.ports import StartedCampaign
from drills.views.campaign import slot_line, team_label, totals
from drills.views.campaign_missed import missed_lines
from drills.views.campaign_others import other_lines

Id = Annotated[str, typer.Argument(metavar="ID", help="The campaign's id; `readback campaign list` shows them.")]

_BRINGS = {
    CampaignState.PAUSED: "No drill and no reminder is sent until it is resumed. Drills that are open stay open.",
    CampaignState.RUNNING: "It goes on with its next slot. What fell into the pause is not made up for.",
    CampaignState.STOPPED: "This is for good: its id can't be started again. Drills that are open stay open.",
}
_COUNTS = {
    CampaignState.PAUSED: "Without the pause, the next eight weeks bring",
    CampaignState.RUNNING: "The next eight weeks bring",
    CampaignState.STOPPED: "What does not come in the next eight weeks:",
}


def start(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A campaign file.")],
    workspace: Where = "room:demo",
    yes: Yes = False,
    as_json: AsJson = False,
    library: Folder = SHIPPED,
) -> None:
    """Start a campaign, after showing every slot of its next eight weeks. A running program takes it up by itself.

    The file calls teams by name or by id. Zones and quiet hours are those of the installation's teams. Slots before
    now are not made up for. The drills stay what they are now. One that runs already goes on with what the file says
    now. With --json, --yes starts it; else it is only shown.

    Example: readback campaign start my-campaign.yaml --workspace slack:T012AB
    """
    where = workspace_of(workspace)
    campaign = opened(file, load(library), installed=True)
    found = within(lambda tools: prospect(tools, campaign, where))
    if not as_json:
        print_slots(campaign.campaign, found.slots, found.teams)
        _remark(found)
        if not yes:
            must_agree(f"Start {campaign.campaign.id} in {where}?")
    if yes or not as_json:
        within(lambda tools: start_campaign(tools, campaign, where))
    if as_json:
        teams = [{"id": team.id, "name": team.name} for team in found.teams]
        slots = [slot_line(one) for one in found.slots]
        becomes = CampaignState.RUNNING.value
        state = becomes if yes else (found.before or "not started")
        line = {"campaign": campaign.campaign.id, "workspace": str(where), "state": state, "becomes": becomes}
        takes = [{"campaign": slot.campaign, **slot_line(slot)} for slot in found.others.lost]
        print_json({**line, "teams": teams, "slots": slots, "takes": takes})
    else:
        typer.echo(f"{campaign.campaign.id} runs. `readback campaign pause {campaign.campaign.id}` pauses it.")


def pause(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Pause a campaign: no drill and no reminder is sent. Drills that are open stay open.

    It says first what will not come. With --json, --yes does it; else it is only shown.

    Example: readback campaign pause spring-handoffs --workspace slack:T012AB
    """
    _turn(id_, workspace, CampaignState.PAUSED, yes=yes, as_json=as_json)


def resume(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Go on with a paused campaign. Slots of the pause are not made up for.

    It says first what comes next. With --json, --yes does it; else it is only shown.

    Example: readback campaign resume spring-handoffs
    """
    _turn(id_, workspace, CampaignState.RUNNING, yes=yes, as_json=as_json)


def stop(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Stop a campaign for good. Drills that are open stay open until their window ends.

    It says first what will not come. With --json, --yes does it; else it is only shown.

    Example: readback campaign stop spring-handoffs
    """
    _turn(id_, workspace, CampaignState.STOPPED, yes=yes, as_json=as_json)


def ahead(id_: Id, workspace: Where = "room:demo", as_json: AsJson = False) -> None:
    """Show what a campaign of the installation will send in the next eight weeks, as it stands now.

    After pauses, holds, missed slots and changes: every slot that comes, with the drill that comes. Of one that is
    paused, what would come if it were resumed now. --json prints what `preview --json` prints.

    Example: readback campaign ahead spring-handoffs --workspace slack:T012AB
    """
    where = workspace_of(workspace)
    found = within(lambda tools: coming(tools, where, id_))
    if as_json:
        print_json([slot_line(slot) for slot in found.slots])
    else:
        print_slots(found.started.campaign, found.slots, found.teams)
        for line in missed_lines(found.missed, found.teams):
            typer.echo(f"Could not be posted: {line}. `readback doctor` names what may be missing.")
        typer.echo(f"{id_} is {found.started.state.value}.")


def list_(workspace: Where = "room:demo", as_json: AsJson = False) -> None:
    """List the campaigns of a workspace with their state.

    Example: readback campaign list --json
    """
    where = workspace_of(workspace)
    found = within(lambda tools: _all(tools, where))
    if as_json:
        print_json([_of(started) for started in found])
    else:
        typer.echo("\n".join(f"{one.campaign.id}  {one.state.value}  {one.campaign.title}" for one in found) or "None.")


def _turn(id_: str, workspace: str, to: CampaignState, *, yes: bool, as_json: bool) -> None:
    where = workspace_of(workspace)
    found = within(lambda tools: coming(tools, where, id_, to))
    if not as_json:
        _foretell(found, to)
        if not yes:
            must_agree(f"{id_} in {where} becomes {to.value}. Go on?")
    done = within(lambda tools: change(tools, where, id_, to)) if yes or not as_json else found.started
    if as_json:
        print_json({**_of(done), "becomes": to.value, "slots": [slot_line(slot) for slot in found.slots]})
    else:
        typer.echo(f"{id_} is {done.state.value}.")


def _foretell(found: Coming, to: CampaignState) -> None:
    """What the change brings, how much of it, and the first of each team."""
    typer.echo(_BRINGS[to])
    typer.echo(f"{_COUNTS[to]} {totals(found.slots)}")
    for team in found.teams:
        first = next((slot for slot in found.slots if slot.team == team.id and slot.landing.happens), None)
        if first is not None:
            typer.echo(f"  {team_label(team)}: first {_local(first.landing.local)}, {first.drill} ({first.variant})")


def _local(moment: datetime) -> str:
    return f"{moment:%a %Y-%m-%d %H:%M %z}"


async def _all(tools: Tools, workspace: Workspace) -> list[StartedCampaign]:
    async with tools.memory.read() as work:
        return await known(work, workspace)


def _remark(found: Prospect) -> None:
    for sentence in found.other_zones:
        typer.echo(f"Note: {sentence}")
    for lost in other_lines(found.others.lost, found.others.titles, found.others.teams):
        typer.echo(f"Note: taken from another campaign: {lost}")
    if found.before:
        typer.echo(f"Note: a campaign of this id is {found.before.value}; it goes on with what the file says now.")


def _of(started: StartedCampaign) -> Mapping[str, Any]:
    campaign, state = started.campaign, started.state.value
    return {"campaign": campaign.id, "workspace": str(started.workspace), "state": state, "title": campaign.title}
