"""A chart as a PNG: caption, groups, rows of cells with their words, a key. For a telephone's width first."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw

from adapters.pictures.cells import Size, tile
from adapters.pictures.lettering import CannotDraw, Lettering, lettering
from adapters.pictures.palette import ACCENT, INK, QUIET, SURFACE
from drills.chat.charts import Cell, Chart, ChartRow, Look

WIDTH = 1040
"""Pixels; twice of what a client shows it in, so that it is sharp on a telephone."""

MOST_ROWS, MOST_CELLS = 40, 60
_MARGIN, _INNER = 48, WIDTH - 96
_GAP, _BELOW = 10, 26
_DOT = Size(36, 36, 18)


@dataclass(frozen=True, slots=True)
class _Line:
    """Words from the left, or ending at the right."""

    text: str
    letters: Lettering
    colour: str
    right: bool = False


_Piece: TypeAlias = _Line | tuple[Cell, Size]


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands side by side at one height. Pieces are (left edge, piece); `high` with the space below it.

    Words stand on `baseline`, counted from the top.
    """

    pieces: Sequence[tuple[int, _Piece]]
    high: int
    baseline: int = 0


def png(chart: Chart) -> bytes:
    """Raises CannotDraw for what no picture can say, OSError where the font is missing."""
    if len(chart.rows) > MOST_ROWS or any(len(row.cells) > MOST_CELLS for row in chart.rows):
        raise CannotDraw("the chart is too big")
    key = list(_key(chart))
    bands = [*_caption(chart), *_rows(chart), *key]
    high = 2 * _MARGIN + sum(band.high for band in bands) - (0 if key else _BELOW)
    image = Image.new("RGB", (WIDTH, high), SURFACE)
    _draw(image, bands)
    out = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _draw(image: Image.Image, bands: Sequence[_Band]) -> None:
    draw, top = ImageDraw.Draw(image), _MARGIN
    for band in bands:
        for left, piece in band.pieces:
            if isinstance(piece, _Line):
                where, anchor = (left, top + band.baseline), "rs" if piece.right else "ls"
                draw.text(where, piece.text, font=piece.letters.font, fill=piece.colour, anchor=anchor)
            else:
                image.paste(tile(*piece), (left, top))
        top += band.high


def _caption(chart: Chart) -> Iterator[_Band]:
    letters = lettering("Semibold", 44)
    lines = letters.wrapped(chart.caption, _INNER, 3)
    for at, line in enumerate(lines, start=1):
        yield _Band([(_MARGIN, _Line(line, letters, INK))], 54 + (18 if at == len(lines) else 0), 40)


def _rows(chart: Chart) -> Iterator[_Band]:
    group = ""
    for row in chart.rows:
        if row.group and row.group != group:
            letters = lettering("Semibold", 34)
            group = row.group
            yield _Band([(_MARGIN, _Line(letters.fitted(group, _INNER), letters, ACCENT))], 58, 34)
        yield _heading(row)
        yield from _cells(row, chart.look)


def _heading(row: ChartRow) -> _Band:
    """The label, and at the right what the cells show: words never hang on the picture alone."""
    letters, quiet = lettering("Regular", 38), lettering("Regular", 34)
    words = quiet.fitted(row.words, _INNER // 2)
    room = _INNER - int(quiet.font.getlength(words)) - 3 * _GAP
    label = _Line(letters.fitted(row.label, room), letters, INK)
    return _Band([(_MARGIN, label), (WIDTH - _MARGIN, _Line(words, quiet, QUIET, right=True))], 54, 38)


def _cells(row: ChartRow, look: Look) -> Iterator[_Band]:
    count = len(row.cells)
    if look is Look.BAR and count:
        wide = (_INNER - (count - 1) * _GAP) // count
        size = Size(wide, 30, 8)
        yield _Band([(_MARGIN + at * (wide + _GAP), (cell, size)) for at, cell in enumerate(row.cells)], 30)
    else:
        step = _DOT.width + 2 * _GAP
        per_line = _INNER // step
        for first in range(0, count, per_line):
            line = row.cells[first : first + per_line]
            yield _Band([(_MARGIN + at * step, (cell, _DOT)) for at, cell in enumerate(line)], _DOT.height + _GAP)
    yield _Band((), _BELOW)


def _key(chart: Chart) -> Iterator[_Band]:
    """Only of marks that are there, as many beside each other as there is room for."""
    letters, left = lettering("Regular", 30), _MARGIN
    line: list[tuple[int, _Piece]] = []
    for cell, words in ((cell, letters.fitted(words, _INNER // 2)) for cell, words in chart.key if chart.has(cell)):
        wide = 28 + _GAP + int(letters.font.getlength(words)) + 3 * _GAP
        if line and left + wide > WIDTH - _MARGIN:
            yield _Band(line, 44, 24)
            line, left = [], _MARGIN
        line += [(left, (cell, Size(28, 28, 14))), (left + 28 + _GAP, _Line(words, letters, QUIET))]
        left += wide
    if line:
        yield _Band(line, 30, 24)
