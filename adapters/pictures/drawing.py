"""A chart as a PNG: caption, rows, key. For a telephone's width first."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from adapters.pictures.bands import GAP, INNER, MARGIN, WIDTH, Band, Line, Piece
from adapters.pictures.cells import Size
from adapters.pictures.lettering import CannotDraw, lettering
from adapters.pictures.palette import INK, QUIET, SURFACE
from adapters.pictures.rows import rows
from drills.chat.charts import Chart

MOST_ROWS, MOST_CELLS = 40, 60
_COLOURS = 64
_MARK = Size(28, 28, 14)


def png(chart: Chart) -> bytes:
    """Raises CannotDraw for what no picture can say, OSError where the font is missing."""
    if len(chart.rows) > MOST_ROWS or any(len(row.cells) > MOST_CELLS for row in chart.rows):
        raise CannotDraw("the chart is too big")
    bands = [*_caption(chart), *rows(chart), *_key(chart)]
    image = Image.new("RGB", (WIDTH, 2 * MARGIN + sum(band.high for band in bands)), SURFACE)
    top = MARGIN
    for band in bands:
        band.draw(image, top)
        top += band.high
    out = io.BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _caption(chart: Chart) -> Iterator[Band]:
    letters = lettering("Semibold", 42)
    lines = letters.wrapped(chart.caption, INNER, 3)
    for at, line in enumerate(lines, start=1):
        yield Band([(MARGIN, Line(line, letters, INK))], 52 + (20 if at == len(lines) else 0), 38)


def _key(chart: Chart) -> Iterator[Band]:
    """Only of marks that are there, as many beside each other as there is room for."""
    letters = lettering("Regular", 30)
    line: list[tuple[int, Piece]] = []
    left = MARGIN
    for cell, said in chart.key:
        if not chart.has(cell):
            continue
        words = Line(letters.fitted(said, INNER // 2), letters, QUIET)
        wide = _MARK.width + GAP + words.wide
        if line and left + wide > WIDTH - MARGIN:
            yield Band(line, 44, 24)
            line, left = [], MARGIN
        line += [(left, (cell, _MARK)), (left + _MARK.width + GAP, words)]
        left += wide + 3 * GAP
    if line:
        yield Band(line, 30, 24)
