"""The board's picture: a bar of tenths for each team, in the board's own order. A table says it in words."""

from __future__ import annotations

from collections.abc import Iterator

from drills.board import Board, Standing
from drills.board.words import in_ten
from drills.chat.charts import Cell, Chart, ChartRow, Look

MOST_TEAMS = 20
"""More bars than this are not legible on a telephone. Leaving some out would be a list of who is missing."""

CAPTION = "Participation, in tenths"


def board_chart(board: Board, viewer_team: str | None) -> Iterator[Chart]:
    """One, or none where nothing is to be seen yet or a picture would be too long."""
    shown = [standing.participation for standing in board.standings if standing.participation is not None]
    if not shown or len(board.standings) > MOST_TEAMS:
        return
    rows = tuple(_row(standing, own=standing.team == viewer_team) for standing in board.standings)
    yield Chart(CAPTION, Look.BAR, rows, _alt(len(rows), shown))


def noted(standing: Standing, *, own: bool) -> str:
    """What must be said beside a team's name wherever it stands; mostly nothing."""
    return ", ".join(mark for mark, holds in (("your team", own), ("demo data", standing.demo)) if holds)


def _row(standing: Standing, *, own: bool) -> ChartRow:
    """Drawn from the same tenths that the table says: never none, never all."""
    tenths = standing.participation
    cells = () if tenths is None else (Cell.FULL,) * tenths + (Cell.EMPTY,) * (10 - tenths)
    return ChartRow(standing.name, cells, in_ten(tenths), standing.band.label, noted(standing, own=own))


def _alt(teams: int, tenths: list[int]) -> str:
    low, high = min(tenths), max(tenths)
    span = in_ten(low) if low == high else f"between about {low} and {high} in 10"
    bars = "one bar" if teams == 1 else f"bars for {teams} teams, by band and then by name"
    return f"Participation: {bars}, {span}; the table says the same in words."
