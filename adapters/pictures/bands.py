"""What stands side by side in a picture: words on a line, cells, and how high all that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw

from adapters.pictures.cells import Size, tile
from adapters.pictures.lettering import Lettering
from drills.chat.charts import Cell

WIDTH = 1040
"""Pixels; twice of what a client shows it in, so that it is sharp on a telephone."""

MARGIN, GAP = 48, 10
INNER = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Line:
    """Words from the left, or ending at the right."""

    text: str
    letters: Lettering
    colour: str
    right: bool = False

    @property
    def wide(self) -> int:
        return round(self.letters.font.getlength(self.text))


Piece: TypeAlias = Line | tuple[Cell, Size]


@dataclass(frozen=True, slots=True)
class Band:
    """Pieces are (left edge, piece), a line's right edge where it ends there. `high` has the space below in it.

    Words stand on `baseline`, cells begin at `cells`, both counted from the top.
    """

    pieces: Sequence[tuple[int, Piece]]
    high: int
    baseline: int = 0
    cells: int = 0

    def draw(self, image: Image.Image, top: int) -> None:
        draw = ImageDraw.Draw(image)
        for left, piece in self.pieces:
            if isinstance(piece, Line):
                where, anchor = (left, top + self.baseline), "rs" if piece.right else "ls"
                draw.text(where, piece.text, font=piece.letters.font, fill=piece.colour, anchor=anchor)
            else:
                image.paste(tile(*piece), (left, top + self.cells))
