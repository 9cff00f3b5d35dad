"""A chart: what a card shows in cells as well as in words. A platform draws it, or leaves its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Cell(StrEnum):
    """One mark of a chart. Each differs by its shape, so that no meaning hangs on a colour."""

    FULL = "full"
    HALF = "half"
    EMPTY = "empty"
    UNSURE = "unsure"
    ABSENT = "absent"


class Look(StrEnum):
    """`bar`: the cells make up one bar. `dots`: each cell stands for one thing, oldest first."""

    BAR = "bar"
    DOTS = "dots"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """`words` say at its end what the cells show. Rows of one `group` stand together under its name.

    `note` is what must be read with the label, however long that is: "demo data".
    """

    label: str
    cells: tuple[Cell, ...]
    words: str = ""
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of what the card says in words as well, so that nothing is lost where it can't be shown.

    `alt` is one sentence for those who can't see it. `key` says what a cell stands for.
    """

    caption: str
    look: Look
    rows: tuple[ChartRow, ...]
    alt: str
    key: tuple[tuple[Cell, str], ...] = ()
    kind: Literal["chart"] = "chart"

    def has(self, cell: Cell) -> bool:
        """Whether it stands in any row: the key explains no others."""
        return any(cell in row.cells for row in self.rows)
