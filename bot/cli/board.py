"""`readback board`: the team board of one workspace, with its rule, for a terminal or a script."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table as RichTable

from bot.cli.faults import FAULTY, print_json
from bot.cli.installation import Where, memory_beside, workspace_of
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

_WIDE = 1000  # columns: wider than any board


def board(
    workspace: Where = "room:demo",
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Show the team board and the rule behind it. It names teams, never people.

    Example: readback board --workspace slack:T012AB --json
    """
    found = _read(workspace_of(workspace))
    if as_json:
        print_json(document(found))
    else:
        show_board(board_card(found, viewer_team=None))


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


def _read(workspace: Workspace) -> Board:
    try:
        return asyncio.run(_board_of(workspace))
    except ReadbackError as error:
        typer.echo(f"The board can't be read: {error}", err=True)
        raise typer.Exit(FAULTY) from error


async def _board_of(workspace: Workspace) -> Board:
    now = datetime.now(UTC)
    async with memory_beside(load_settings().database_url) as memory, memory.read() as work:
        return compute(await work.boards.records(workspace, RULE.reads_from(now), now), now)


def show_board(card: Card) -> None:
    """As wide as the terminal."""
    console = Console(markup=False, highlight=False)
    for block in card.blocks:
        match block:
            case Table() if _fits(console, _table(block)):
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


def _fits(console: Console, table: RichTable) -> bool:
    """Whether no word of it would be cut: else it is told as a list, as where a platform has no tables."""
    return Measurement.get(console, console.options.update(max_width=_WIDE), table).maximum <= console.width


def _table(table: Table) -> RichTable:
    shown = RichTable(*table.columns, title=table.caption, box=None, header_style="bold", title_justify="left")
    for row in table.rows:
        shown.add_row(*row)
    return shown
