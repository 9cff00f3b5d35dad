"""`readback rota`: when people are on shift or on leave, from the files that a hospital's rota system gives out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from adapters.rotas.calendar import ClockOf
from adapters.rotas.read import read
from bot.cli.days import midnight
from bot.cli.faults import FAULTY, misuse, print_json
from bot.cli.installation import Where, within, workspace_of
from bot.clock import utc_now
from drills.campaign import TeamClock
from drills.catalog import has_errors
from drills.catalog.rota_file import RotaFile
from drills.journeys.rota import Imported, bring_in, known_team, own_zone_of
from drills.journeys.tools import Tools
from drills.people import Member, Team, Workspace
from drills.rota import Leave, Rota, Shift, Span

AHEAD = timedelta(weeks=12)
BEFORE = timedelta(days=2)

app = typer.Typer(
    no_args_is_help=True,
    help=(
        "When people are on shift or on leave, so that a drill reaches each of them on their own shift.\n\n"
        "Example: readback rota import march.csv --team 5-south --workspace slack:T012AB"
    ),
)

OfTeam = Annotated[str, typer.Option("--team", help="The team's id, or its name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")]


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV, or iCalendar as .ics.")],
    team: OfTeam,
    workspace: Where = "room:demo",
    person: Annotated[str, typer.Option(help="Whose calendar this is, where the file does not say.")] = "",
    everybody: Annotated[
        bool, typer.Option("--everybody", help="The whole team's rota: who is not in it has no shift in its days.")
    ] = False,
    from_: Annotated[
        datetime | None, typer.Option("--from", parser=midnight, metavar="DATE", help="Of a calendar: first day.")
    ] = None,
    to: Annotated[
        datetime | None, typer.Option(parser=midnight, metavar="DATE", help="Of a calendar: last day, included.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take over a rota: what the files' people had in the files' days is replaced; the same file twice changes nothing.

    CSV: user,start,end,kind with kind shift, night or leave; times are the team's own unless they have an offset. A
    calendar counts from two days ago for twelve weeks, unless --from and --to say otherwise. Only times and kind are
    kept. With an error in any file nothing is taken over, and it exits with 1. Who is not in the team is listed.

    Example: readback rota import march.csv --team 5-south --workspace slack:T012AB
    """
    where = workspace_of(workspace)
    found, _, members = within(lambda tools: _rotas(tools, where, team))
    clock = TeamClock(ZoneInfo(found.tz))

    def clock_of(who: str) -> TeamClock:
        return TeamClock(ZoneInfo(own_zone_of(who, members) or found.tz))

    read_all = [_read(path, clock, _span(clock, from_, to), person, clock_of) for path in files]
    faults = [fault for file in read_all for fault in file.faults]
    for fault in [] if as_json else faults:
        typer.echo(str(fault), err=True)
    spans = [file.span for file in read_all if file.span]
    if has_errors(faults) or not spans:
        if as_json:
            print_json({"imported": False, "faults": [asdict(fault) for fault in faults]})
        else:
            typer.echo("Nothing was taken over." if faults else "There is no time in it.", err=True)
        raise typer.Exit(FAULTY)
    span = min(begin for begin, _ in spans), max(end for _, end in spans)
    people = _merged(read_all)
    done = within(lambda tools: bring_in(tools, where, team, people, span, everybody=everybody))
    if as_json:
        print_json({"imported": True, **_line(done), "faults": [asdict(fault) for fault in faults]})
    else:
        _tell(done)


@app.command()
def show(team: OfTeam, workspace: Where = "room:demo", as_json: AsJson = False) -> None:
    """Show every shift and leave that is kept of a team, in its own time.

    Example: readback rota show --team 5-south --json
    """
    where = workspace_of(workspace)
    found, rotas, members = within(lambda tools: _rotas(tools, where, team))
    names = {member.person.user: member.name for member in members}
    lines = [line for user, rota in rotas.items() for line in _times(user, rota, ZoneInfo(found.tz))]
    if as_json:
        print_json(lines)
        return
    for line in lines:
        who = names.get(line["user"]) or line["user"]
        typer.echo(f"{who}  {line['kind']}  {line['start']:.16}  {line['end']:.16}")
    if not lines:
        typer.echo(f"{found.name} has no rota: the team's own hours hold for everybody.")


def _read(path: Path, clock: TeamClock, span: Span, person: str, clock_of: ClockOf) -> RotaFile:
    try:
        return read(path, clock, span, person, clock_of)
    except OSError as error:
        raise misuse(f"{path} can't be read: {error.strerror}.") from error


def _span(clock: TeamClock, first: datetime | None, last: datetime | None) -> Span:
    today = clock.wall(utc_now()).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = first or today - BEFORE
    ends = last + timedelta(days=1) if last else max(begins, today) + AHEAD
    if ends <= begins:
        raise misuse(f"--to {last:%Y-%m-%d} is before {begins:%Y-%m-%d}.")
    return clock.instant(begins), clock.instant(ends)


def _merged(files: Sequence[RotaFile]) -> Mapping[str, Rota]:
    """A file for each person, or one for all."""
    found: dict[str, Rota] = {}
    for file in files:
        for who, rota in file.people.items():
            found[who] = found.get(who, Rota()).together(rota)
    return found


def _tell(done: Imported) -> None:
    typer.echo(f"{done.team.name}: taken over. People: {len(done.people)}. Shifts and leave: {done.times}.")
    if done.unknown:
        typer.echo(f"Not in the team, or not told apart; nothing of theirs was kept: {', '.join(done.unknown)}.")
    if done.others:
        what = "what they had in these days is gone" if done.cleared else "theirs stays as it was"
        typer.echo(f"Not in the file, {what}: {', '.join(member.name for member in done.others)}.")


def _line(done: Imported) -> dict[str, Any]:
    return {
        "team": done.team.id,
        "people": [member.person.user for member in done.people],
        "times": done.times,
        "unknown": list(done.unknown),
        "others": [member.person.user for member in done.others],
        "cleared": done.cleared,
    }


def _times(user: str, rota: Rota, zone: ZoneInfo) -> list[dict[str, str]]:
    def local(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat(sep=" ", timespec="minutes")

    both: list[Shift | Leave] = [*rota.shifts, *rota.leaves]
    return [
        {"user": user, "kind": _kind(one), "start": local(one.begins), "end": local(one.ends)}
        for one in sorted(both, key=lambda one: one.begins)
    ]


def _kind(one: Shift | Leave) -> str:
    if isinstance(one, Shift):
        return "night" if one.night else "shift"
    return "leave"


async def _rotas(tools: Tools, workspace: Workspace, team_id: str) -> tuple[Team, Mapping[str, Rota], Sequence[Member]]:
    async with tools.memory.read() as work:
        team = await known_team(work, workspace, team_id)
        return team, await work.rotas.of(team), await work.members.of(team)
