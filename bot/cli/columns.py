"""Tables that stay readable in a narrow terminal: columns that find no room go to a line below their row."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

import typer

_GAP = "  "
_INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class Leaving:
    """Columns that leave the line together. `below` they stand under it; else they are left out."""

    headings: tuple[str, ...]
    below: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """`leaving`: what leaves the line when the terminal is too narrow, in this order, as far as it must.

    By hand: a year of two hundred teams is 20,000 lines, for which rich takes ten seconds.
    """

    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    leaving: tuple[Leaving, ...]

    def show(self) -> tuple[str, ...]:
        """Prints it and returns the headings that had to be left out. Where nobody looks on, each row is one line."""
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        gone = self._gone(width)
        typer.secho(self._line(self.headings, gone), bold=True)
        if self.rows:
            typer.echo("\n".join(self._lines(gone, width)))
        return tuple(heading for step in gone if not step.below for heading in step.headings)

    def _gone(self, width: int | None) -> tuple[Leaving, ...]:
        """No more than is needed to fit."""
        steps = range(len(self.leaving) + 1)
        fitting = (self.leaving[:step] for step in steps if width is None or self._width(self.leaving[:step]) <= width)
        return next(fitting, self.leaving)

    def _width(self, gone: Sequence[Leaving]) -> int:
        kept = [self._widths[place] for place in self._kept(gone)]
        return sum(kept) + len(_GAP) * (len(kept) - 1)

    @property
    def _widths(self) -> list[int]:
        return [max(map(len, column)) for column in zip(self.headings, *self.rows, strict=True)]

    def _kept(self, gone: Sequence[Leaving]) -> list[int]:
        left = {heading for step in gone for heading in step.headings}
        return [place for place, heading in enumerate(self.headings) if heading not in left]

    def _lines(self, gone: Sequence[Leaving], width: int | None) -> Iterator[str]:
        kept, widths = self._kept(gone), self._widths
        below = [[self.headings.index(one) for one in step.headings] for step in reversed(gone) if step.below]
        for row in self.rows:
            yield _GAP.join(row[place].ljust(widths[place]) for place in kept).rstrip()
            for places in below:
                yield from _under(" · ".join(row[place] for place in places if row[place]), width)

    def _line(self, cells: Sequence[str], gone: Sequence[Leaving]) -> str:
        return _GAP.join(cells[place].ljust(self._widths[place]) for place in self._kept(gone)).rstrip()


def _under(text: str, width: int | None) -> Sequence[str]:
    """Nothing for an empty text; no word is broken."""
    lines = wrap(
        text, (width or len(text) + len(_INDENT)) - len(_INDENT), break_long_words=False, break_on_hyphens=False
    )
    return [_INDENT + line for line in lines]
