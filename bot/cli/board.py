"""`readback board`: the team board of one workspace, with its rule, for a terminal or a script."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable
from sqlalchemy.exc import DBAPIError

from bot.settings import load_settings
from drills.board import RULE, Board, Standing
from drills.board import board as compute
from drills.board.words import in_ten
from drills.chat.cards import Card, Fold, Table
from drills.chat.charts import Chart
from drills.chat.plain import block_lines
from drills.errors import ReadbackError
from drills.people import Workspace
from drills.views.board import board_card
from storage.memory import open_memory

FAILED = 1
MISUSED = 2


def board(
    workspace: Annotated[str, typer.Option(help="platform:id, as in slack:T012AB.")] = "room:demo",
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Show the team board and the rule behind it. It names teams, never people.

    Example: readback board --workspace slack:T012AB --json
    """
    found = _read(_workspace(workspace))
    if as_json:
        typer.echo(json.dumps(document(found), indent=2, ensure_ascii=False))
    else:
        _print(board_card(found, viewer_team=None))


def document(found: Board) -> dict[str, Any]:
    """The board as JSON data: the same words as on the card, and how many teams are not shown, for whatever reason."""
    return {
        "rule": " ".join(found.rule.sentences()),
        "period": {"from": found.since.isoformat(), "to": found.until.isoformat()},
        "teams": [_line(standing) for standing in found.standings],
        "hidden": len(found.absent),
    }


def _line(standing: Standing) -> dict[str, Any]:
    return {
        "team": standing.name,
        "band": standing.band.label,
        "participation": in_ten(standing.participation),
        "drills_completed": standing.drills_completed,
        "growth": standing.growth.value,
        "arrow": standing.arrow.value,
        "demo": standing.demo,
    }


def _workspace(text: str) -> Workspace:
    try:
        return Workspace.parse(text)
    except ValueError as error:
        typer.echo(f"--workspace: {error}, as in slack:T012AB", err=True)
        raise typer.Exit(MISUSED) from error


def _read(workspace: Workspace) -> Board:
    try:
        return asyncio.run(_board_of(workspace))
    except ReadbackError as error:
        raise _failed(str(error)) from error
    except DBAPIError as error:
        raise _failed("DATABASE_URL leads to no Readback database. `readback run` makes one ready.") from error


def _failed(reason: str) -> typer.Exit:
    typer.echo(f"The board can't be read: {reason}", err=True)
    return typer.Exit(FAILED)


async def _board_of(workspace: Workspace) -> Board:
    """Without claiming the file: looking is fine beside a running bot."""
    now = datetime.now(UTC)
    memory = await open_memory(load_settings().database_url, lock=False)
    try:
        async with memory.read() as work:
            return compute(await work.boards.records(workspace, RULE.reads_from(now), now), now)
    finally:
        await memory.close()


def _print(card: Card) -> None:
    console = Console(markup=False, highlight=False)
    for block in card.blocks:
        match block:
            case Table():
                console.print(_table(block))
            case Chart():  # a terminal has the table
                continue
            case Fold():
                console.print(
                    f"\n{block.summary}", *(line for leaf in block.blocks for line in block_lines(leaf)), sep="\n"
                )
            case _:
                console.print(*block_lines(block), sep="\n")
    console.print(f"\n{card.who_sees}")


def _table(table: Table) -> RichTable:
    shown = RichTable(*table.columns, title=table.caption, box=None, header_style="bold", title_justify="left")
    for row in table.rows:
        shown.add_row(*row)
    return shown
