"""A rota as CSV: `user,start,end,kind`, one line for each shift or leave."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from adapters.rotas.found import BadTime, Line, RotaFile, checked_leave, checked_shift, days_of, in_utc
from drills.campaign import TeamClock
from drills.catalog import Fault
from drills.rota import Leave, Shift

NEEDED = ("user", "start", "end")
KINDS = ("shift", "night", "leave")

_EXAMPLE = "user,start,end,kind"
_DAY = timedelta(days=1)


def read_table(text: str, name: str, clock: TeamClock) -> RotaFile:
    """Every line is read; one that can't be is a fault with its number. Commas or semicolons part the columns."""
    header, _, _ = text.partition("\n")
    rows = csv.DictReader(text.splitlines(), delimiter=";" if header.count(";") > header.count(",") else ",")
    lines: list[Line] = []
    faults: list[Fault] = []
    try:
        rows.fieldnames = [column.strip().casefold() for column in rows.fieldnames or ()]
        missing = [column for column in NEEDED if column not in rows.fieldnames]
        if missing:
            raise BadTime(f"The first line names no column {', '.join(missing)}. It reads: {_EXAMPLE}")
        for row in rows:
            lines += _line(row, rows.line_num, name, clock, faults)
    except (BadTime, csv.Error) as error:
        faults.append(Fault(name, max(rows.line_num, 1), 1, "error", _sentence(error)))
    return RotaFile(name, tuple(lines), tuple(faults), days_of(lines, clock))


def _line(
    row: Mapping[str | None, Any], number: int, name: str, clock: TeamClock, faults: list[Fault]
) -> Iterator[Line]:
    cells = {column: (value or "").strip() for column, value in row.items() if column is not None}
    if not any(cells.values()):
        return
    try:
        if None in row:
            raise BadTime("This line has more cells than the first line has columns.")
        yield Line(_who(cells), _times(cells, clock), number)
    except BadTime as error:
        faults.append(Fault(name, number, 1, "error", str(error)))


def _who(cells: Mapping[str, str]) -> str:
    if not cells["user"]:
        raise BadTime("This line names nobody: `user` is empty.")
    return cells["user"]


def _times(cells: Mapping[str, str], clock: TeamClock) -> Shift | Leave:
    kind = cells.get("kind", "").casefold() or "shift"
    if kind not in KINDS:
        raise BadTime(f"`kind` is {kind!r}: expected {', '.join(KINDS)}.")
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
        raise BadTime(f"`{column}` is a day without a time: expected such as 2026-03-03 19:00.")
    return in_utc(clock, datetime.combine(day + (_DAY if column == "end" and day < date.max else _DAY * 0), time()))


def _written(text: str, column: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadTime(
            f"`{column}` is {text!r}: expected such as 2026-03-03 19:00, or 2026-03-03T19:00-06:00."
        ) from None


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, BadTime) else f"This is no CSV that can be read: {error}."
