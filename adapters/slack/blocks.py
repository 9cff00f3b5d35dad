"""Slack's blocks, built so that no limit of platforms.md §3 can be passed: parts in, a list of blocks out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from adapters.slack.parts import Grid, Item
from drills.chat.cards import Table
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, pieces, short

Json: TypeAlias = dict[str, Any]

SECTION, CONTEXT, HEADER = 3000, 2000, 150
COLUMNS, ROWS, CELLS = 20, 100, 10_000  # of one table block; the last one in characters
_MARKS = {Shape.QUOTE: "> ", Shape.BULLET: "• "}


def plain(text: str, limit: int = SECTION) -> Json:
    """A plain_text object on one line. `emoji` off: ":tada:" in somebody's words stays what it is."""
    return {"type": "plain_text", "text": short(text, limit) or "…", "emoji": False}


def _literal(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def header(title: str) -> Json:
    """`title` of at most HEADER."""
    return {"type": "header", "text": plain(title, HEADER)}


def quiet(text: str) -> list[Json]:
    """Small grey print."""
    found = (piece for piece in pieces(clean(text), CONTEXT) if piece.strip())
    return [{"type": "context", "elements": [_literal(piece)]} for piece in found]


def rich(items: Iterable[Item], *, tables: bool) -> list[Json]:
    """Each item in blocks of its own. Slack takes one table in a message; every other one is said in words."""
    blocks: list[Json] = []
    for item in items:
        if not isinstance(item, Grid):
            blocks += written(item)
        elif tables and _fits(item.table):
            blocks += [*written([heading(clean(item.table.caption) or "…")]), _table(item.table)]
            tables = False
        else:
            blocks += written(item.parts)
    return blocks


def written(parts: Sequence[Part]) -> list[Json]:
    """As few rich_text and context blocks as hold the parts."""
    blocks: list[Json] = []
    for is_quiet, group in groupby(parts, key=lambda part: part.shape is Shape.QUIET):
        if is_quiet:
            blocks += quiet("\n".join(part.words for part in group))
        else:
            blocks += [{"type": "rich_text", "elements": list(_elements(page))} for page in _pages(group)]
    return blocks


def basic(items: Iterable[Item]) -> list[Json]:
    """The same words in sections alone, which every Slack has known for ever."""
    blocks: list[Json] = []
    for item in items:
        lines = (_MARKS.get(p.shape, "") + p.words for p in (item.parts if isinstance(item, Grid) else item))
        found = (piece for piece in pieces("\n".join(lines), SECTION) if piece.strip())
        blocks += [{"type": "section", "text": _literal(piece)} for piece in found]
    return blocks


def _pages(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts in the order they came, cut where one is too long, in pages of at most SECTION."""
    page: list[Part] = []
    room = SECTION
    for part in (piece for whole in parts for piece in _cut(whole)):
        size = length(part.words) + 1
        if page and size > room:
            yield page
            page, room = [], SECTION
        page.append(part)
        room -= size
    if page:
        yield page


def _cut(part: Part) -> Iterator[Part]:
    """The part in parts of at most SECTION less a line end; blank ones are dropped."""
    limit = room = SECTION - 1
    runs: list[Run] = []
    for run in part.runs:
        left = run.text
        while length(left) > room:
            # better a short part than a word or two at the end of a long one
            piece = next(pieces(left, room)) if room >= limit // 4 else ""
            left = left[len(piece) :]
            yield from _unless_blank(part.shape, [*runs, Run(piece, run.bold, run.italic)])
            runs, room = [], limit
        runs.append(Run(left, run.bold, run.italic))
        room -= length(left)
    yield from _unless_blank(part.shape, runs)


def _unless_blank(shape: Shape, runs: list[Run]) -> Iterator[Part]:
    part = Part(shape, tuple(runs))
    if part.words.strip():
        yield part


def _elements(page: list[Part]) -> Iterator[Json]:
    for shape, group in groupby(page, key=lambda part: part.shape):
        if shape is Shape.BULLET:
            sections = [{"type": "rich_text_section", "elements": _texts(part.runs)} for part in group]
            yield {"type": "rich_text_list", "style": "bullet", "elements": sections}
        elif shape is Shape.QUOTE:
            yield from ({"type": "rich_text_quote", "elements": _texts(part.runs)} for part in group)
        else:
            yield {"type": "rich_text_section", "elements": _texts(_lines(group))}


def _lines(parts: Iterable[Part]) -> Iterator[Run]:
    for number, part in enumerate(parts):
        if number:
            yield Run("\n")
        yield from part.runs


def _texts(runs: Iterable[Run]) -> list[Json]:
    return [_text(run) for run in runs if run.text]


def _text(run: Run) -> Json:
    style = {name: True for name in ("bold", "italic") if getattr(run, name)}
    return {"type": "text", "text": run.text, **({"style": style} if style else {})}


def _fits(table: Table) -> bool:
    cells = [cell for row in (table.columns, *table.rows) for cell in row]
    wide = max(map(len, (table.columns, *table.rows)))
    size = sum(length(clean(cell)) + 1 for cell in cells)
    return 0 < wide <= COLUMNS and 0 < len(table.rows) < ROWS and size <= CELLS


def _table(table: Table) -> Json:
    """Cells as rich text, because plain ones are data too but were refused for a while by Slack itself."""
    wide = max(map(len, (table.columns, *table.rows)))
    head = [_cell(name, bold=True) for name in _padded(table.columns, wide)]
    rows = [[_cell(cell) for cell in _padded(row, wide)] for row in table.rows]
    return {"type": "table", "column_settings": [{"is_wrapped": True}] * wide, "rows": [head, *rows]}


def _padded(row: tuple[str, ...], wide: int) -> tuple[str, ...]:
    return row + ("",) * (wide - len(row))


def _cell(words: str, *, bold: bool = False) -> Json:
    text = clean(words)
    runs = [_text(Run(text if text.strip() else "–", bold=bold))]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
