"""A rota as a table: `user,start,end,kind`, one line for each shift or leave, from a file or a clipboard."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from drills.campaign import TeamClock
from drills.catalog.faults import Fault
from drills.catalog.rota_file import BadTime, Line, RotaFile, checked_leave, checked_shift, days_of, in_utc
from drills.rota import Leave, Shift

NEEDED = ("user", "start", "end")
KINDS = ("shift", "night", "leave")

_EXAMPLE = "user,start,end,kind"
_EMPTY = f"This is empty. The first line reads {_EXAMPLE}, then comes one line for each shift or leave."
_BETWEEN = (",", ";", "\t")  # a spreadsheet's clipboard has tabs
_DAY = timedelta(days=1)


class BadCell(BadTime):
    """The same of one cell, as it is written."""

    def __init__(self, sentence: str, cell: str) -> None:
        super().__init__(sentence)
        self.cell = cell


def read_table(text: str, name: str, clock: TeamClock) -> RotaFile:
    """Every line is read; one that can't be is a fault with its place. Commas, semicolons or tabs part the columns.

    Without a first line that names them, the columns are these four in this order.
    """
    written = text.splitlines()
    if not text.strip():
        return RotaFile(name, (), (Fault(name, 1, 1, "error", _EMPTY),), days_of([], clock))
    lines: list[Line] = []
    faults: list[Fault] = []
    rows = _rows(written)
    try:
        rows.fieldnames = _columns(rows.fieldnames or ())
        missing = [column for column in NEEDED if column not in rows.fieldnames]
        if missing:
            raise BadTime(f"The first line names no column {', '.join(missing)}. It should read: {_EXAMPLE}")
        for row in rows:
            lines += _line(row, rows.line_num, name, clock, faults, written)
    except (BadTime, csv.Error) as error:
        faults.append(Fault(name, max(rows.line_num, 1), 1, "error", _sentence(error)))
    return RotaFile(name, tuple(lines), tuple(faults), days_of(lines, clock))


def _rows(written: Sequence[str]) -> csv.DictReader[str]:
    head = written[0] if written else ""
    delimiter = max(_BETWEEN, key=head.count)
    cells = [cell.strip() for cell in head.split(delimiter)]
    headless = len(cells) >= len(NEEDED) and cells[1][:4].isdecimal()  # a year, where a name would be
    return csv.DictReader(written, _EXAMPLE.split(",") if headless else None, delimiter=delimiter)


def _columns(written: Sequence[str]) -> list[str]:
    """The form in chat asks for “who”, so a first line may say that too."""
    columns = [column.strip().casefold() for column in written]
    return columns if "user" in columns else ["user" if column == "who" else column for column in columns]


def _line(
    row: Mapping[str | None, Any],
    number: int,
    name: str,
    clock: TeamClock,
    faults: list[Fault],
    written: Sequence[str],
) -> Iterator[Line]:
    cells = {column: (value or "").strip() for column, value in row.items() if column is not None}
    if not any(cells.values()):
        return
    try:
        if None in row:
            raise BadTime("This line has more cells than the first line has columns.")
        yield Line(_who(cells), _times(cells, clock), number)
    except BadCell as error:
        at = written[number - 1].find(error.cell) + 1
        faults.append(Fault(name, number, max(at, 1), "error", str(error)))
    except BadTime as error:
        faults.append(Fault(name, number, 1, "error", str(error)))


def _who(cells: Mapping[str, str]) -> str:
    if not cells["user"]:
        raise BadTime("This line names nobody: `user` is empty.")
    return cells["user"]


def _times(cells: Mapping[str, str], clock: TeamClock) -> Shift | Leave:
    kind = cells.get("kind", "").casefold() or "shift"
    if kind not in KINDS:
        raise BadCell(f"`kind` is {kind!r}: expected {', '.join(KINDS)}.", cells["kind"])
    begins = _moment(cells["start"], "start", kind, clock)
    ends = _moment(cells["end"], "end", kind, clock)
    return checked_leave(begins, ends) if kind == "leave" else checked_shift(clock, begins, ends, night=kind == "night")


def _moment(text: str, column: str, kind: str, clock: TeamClock) -> datetime:
    """A day alone is for leave, and its last day is included."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return in_utc(clock, _written(text, column))
    if kind != "leave":
        raise BadCell(f"`{column}` is a day without a time: expected such as 2026-03-03 19:00.", text)
    return in_utc(clock, datetime.combine(day + (_DAY if column == "end" and day < date.max else _DAY * 0), time()))


def _written(text: str, column: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        expected = "expected such as 2026-03-03 19:00, or 2026-03-03T19:00-06:00."
        raise BadCell(f"`{column}` is {text!r}: {expected}", text) from None


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, BadTime) else f"This is no CSV that can be read: {error}."
