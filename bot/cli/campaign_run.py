"""`readback campaign start, pause, resume, stop, list`: on the installation's database, beside the running program."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.cli.campaign import AsJson, Folder, load, opened
from bot.cli.campaign_table import print_slots
from bot.cli.faults import FAULTY, misuse, print_json
from bot.clock import utc_now
from bot.settings import load_settings
from bot.wiring import fresh_id
from drills.campaign import CampaignState
from drills.catalog import SHIPPED
from drills.errors import TellPerson
from drills.journeys.run_campaign import Prospect, change, prospect
from drills.journeys.run_campaign import start as start_campaign
from drills.journeys.tools import Tools
from drills.people import Workspace
from drills.ports import StartedCampaign
from drills.views.campaign import slot_line
from storage.memory import open_memory

Found = TypeVar("Found")
Where = Annotated[str, typer.Option(help="platform:id, as in slack:T012AB.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The campaign's id; `readback campaign list` shows them.")]


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
    campaign, where = opened(file, load(library)), _workspace(workspace)
    found = _run(lambda tools: prospect(tools, campaign, where))
    if not as_json:
        print_slots(campaign.campaign, found.slots, found.teams)
        _remark(found)
    if not yes and not as_json:
        typer.confirm(f"Start {campaign.campaign.id} in {where}?", abort=True)
    if yes or not as_json:
        _run(lambda tools: start_campaign(tools, campaign, where))
    if as_json:
        teams = [{"id": team.id, "name": team.name} for team in found.teams]
        slots = [slot_line(one) for one in found.slots]
        print_json({**_line(campaign.campaign.id, where, started=yes), "teams": teams, "slots": slots})
    else:
        typer.echo(f"{campaign.campaign.id} runs. `readback campaign pause {campaign.campaign.id}` pauses it.")


def pause(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Pause a campaign: no drill and no reminder is sent. Drills that are open stay open.

    Example: readback campaign pause spring-handoffs --workspace slack:T012AB
    """
    _change(id_, workspace, CampaignState.PAUSED, "No drill and no reminder is sent until it is resumed.", yes, as_json)


def resume(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Go on with a paused campaign. Slots of the pause are not made up for.

    Example: readback campaign resume spring-handoffs
    """
    _change(id_, workspace, CampaignState.RUNNING, "It goes on with its next slot.", yes, as_json)


def stop(id_: Id, workspace: Where = "room:demo", yes: Yes = False, as_json: AsJson = False) -> None:
    """Stop a campaign for good. Drills that are open stay open until their window ends.

    Example: readback campaign stop spring-handoffs
    """
    _change(id_, workspace, CampaignState.STOPPED, "This is for good: its id can't be started again.", yes, as_json)


def list_(workspace: Where = "room:demo", as_json: AsJson = False) -> None:
    """List the campaigns of a workspace with their state.

    Example: readback campaign list --json
    """
    where = _workspace(workspace)
    found = _run(lambda tools: _all(tools, where))
    if as_json:
        print_json([_of(started) for started in found])
    else:
        typer.echo("\n".join(f"{one.campaign.id}  {one.state.value}  {one.campaign.title}" for one in found) or "None.")


def _change(id_: str, workspace: str, to: CampaignState, brings: str, yes: bool, as_json: bool) -> None:
    where = _workspace(workspace)
    if not yes:
        typer.confirm(f"{id_} in {where} becomes {to.value}. {brings} Go on?", abort=True)
    changed = _run(lambda tools: change(tools, where, id_, to))
    if as_json:
        print_json(_of(changed))
    else:
        typer.echo(f"{id_} is {changed.state.value}. {brings}")


async def _all(tools: Tools, workspace: Workspace) -> list[StartedCampaign]:
    async with tools.memory.read() as work:
        return list(await work.campaigns.of(workspace))


def _remark(found: Prospect) -> None:
    for sentence in found.other_zones:
        typer.echo(f"Note: {sentence}")
    if found.again:
        typer.echo("Note: a campaign of this id is there already; it goes on with what the file says now.")


def _line(id_: str, workspace: Workspace, *, started: bool) -> dict[str, Any]:
    return {"campaign": id_, "workspace": str(workspace), "state": "running" if started else "not started"}


def _of(started: StartedCampaign) -> dict[str, Any]:
    campaign = started.campaign
    return {"campaign": campaign.id, "workspace": str(started.workspace), "state": started.state.value}


def _workspace(text: str) -> Workspace:
    try:
        return Workspace.parse(text)
    except ValueError as error:
        raise misuse(f"--workspace: {error}, as in slack:T012AB") from error


def _run(act: Callable[[Tools], Awaitable[Found]]) -> Found:
    """A refusal ends in its sentence. Without claiming the file: the running program sees the rows at its next tick."""
    try:
        return asyncio.run(_within(act))
    except TellPerson as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(FAULTY) from refused


async def _within(act: Callable[[Tools], Awaitable[Found]]) -> Found:
    memory = await open_memory(load_settings().database_url, lock=False)
    try:
        return await act(Tools(memory, utc_now, fresh_id))
    finally:
        await memory.close()
