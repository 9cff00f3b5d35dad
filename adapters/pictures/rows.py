"""A chart's rows: label, cells and words beside each other where there is room, else the cells below.

Clients show a picture in a box that is wider than high, so a low picture is a legible one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.pictures.bands import GAP, INNER, MARGIN, WIDTH, Band, Line, Piece
from adapters.pictures.cells import Size
from adapters.pictures.lettering import lettering
from adapters.pictures.palette import ACCENT, INK, QUIET
from drills.chat.charts import Cell, Chart, ChartRow, Look

_DOT, _STEP = Size(34, 34, 17), 48
_LABEL, _BESIDE_BARS = 560, 400  # pixels of a label at most, beside dots and beside bars
_FEW = 6  # bars that may stand below their labels, which then have the whole width
_NARROWEST = 24  # of a bar's cell
_LEGIBLE = 200  # pixels of a name that is cut


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide labels may be, and from there the cells: the same for every row."""

    label: int
    size: Size
    step: int

    @property
    def cells(self) -> int:
        return MARGIN + self.label + 3 * GAP


def rows(chart: Chart) -> Iterator[Band]:
    """Raises CannotDraw for names that can't be written."""
    columns = _columns(chart)
    group = ""
    for row in chart.rows:
        if row.group and row.group != group:
            group = row.group
            yield _group(group)
        yield from [_beside(row, columns)] if columns else _below(row, chart.look)


def _columns(chart: Chart) -> _Columns | None:
    """None where the cells stand below."""
    most = max((len(row.cells) for row in chart.rows), default=0)
    words = max((_words(row).wide for row in chart.rows), default=0)
    label = max((_label(row, _LABEL)[1] for row in chart.rows), default=0)
    room = INNER - (words + 3 * GAP if words else 0) - 3 * GAP
    if chart.look is Look.DOTS:
        return _Columns(label, _DOT, _STEP) if most * _STEP <= room - label else None
    if not most or len(chart.rows) <= _FEW or any(_is_cramped(row) for row in chart.rows):
        return None
    label = min(label, _BESIDE_BARS)
    step = (room - label) // most
    return _Columns(label, Size(step - 6, 28, 7), step) if step - 6 >= _NARROWEST else None


def _is_cramped(row: ChartRow) -> bool:
    """Whether its note would leave too little of its name."""
    name, note = (lettering("Regular", size).font.getlength(text) for size, text in ((38, row.label), (32, row.note)))
    return bool(row.note) and name > _LEGIBLE > _BESIDE_BARS - note


def _group(name: str) -> Band:
    letters = lettering("Semibold", 34)
    return Band([(MARGIN, Line(letters.fitted(name, INNER), letters, ACCENT))], 56, 34)


def _beside(row: ChartRow, columns: _Columns) -> Band:
    label, _ = _label(row, columns.label)
    cells = _cells(row.cells, columns.cells, columns.step, columns.size)
    return Band([*label, *cells, (WIDTH - MARGIN, _words(row))], 62, 36, 36 - 12 - columns.size.height // 2)


def _below(row: ChartRow, look: Look) -> Iterator[Band]:
    words = _words(row)
    label, _ = _label(row, INNER - words.wide - 3 * GAP)
    yield Band([*label, (WIDTH - MARGIN, words)], 54, 38)
    if look is Look.BAR and row.cells:
        wide = (INNER - (len(row.cells) - 1) * GAP) // len(row.cells)
        yield Band(_cells(row.cells, MARGIN, wide + GAP, Size(wide, 30, 8)), 30)
    elif look is Look.DOTS:
        per_line = INNER // _STEP
        for first in range(0, len(row.cells), per_line):
            yield Band(_cells(row.cells[first : first + per_line], MARGIN, _STEP, _DOT), _DOT.height + GAP)
    yield Band((), 26)


def _cells(cells: Sequence[Cell], left: int, step: int, size: Size) -> list[tuple[int, Piece]]:
    return [(left + at * step, (cell, size)) for at, cell in enumerate(cells)]


def _label(row: ChartRow, room: int) -> tuple[list[tuple[int, Piece]], int]:
    """The name, cut where it must be, and its note, which never is; with their width."""
    letters, quiet = lettering("Regular", 38), lettering("Regular", 32)
    note = Line(quiet.fitted(f"({row.note})", room) if row.note else "", quiet, QUIET)
    beside = note.wide + GAP if row.note else 0
    name = Line(letters.fitted(row.label, max(room - beside, 0)), letters, INK)
    return [(MARGIN, name), (MARGIN + name.wide + GAP, note)], name.wide + beside


def _words(row: ChartRow) -> Line:
    """At the right what the cells show: nothing hangs on the picture alone."""
    letters = lettering("Regular", 32)
    return Line(letters.fitted(row.words, INNER // 2), letters, QUIET, right=True)
