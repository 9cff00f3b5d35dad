"""One rota file, whichever of the two formats it is in."""

from __future__ import annotations

from pathlib import Path

from adapters.rotas.calendar import ClockOf, read_calendar
from drills.campaign import TeamClock
from drills.catalog import Fault
from drills.catalog.rota_file import RotaFile
from drills.catalog.rota_table import read_table
from drills.rota import Span

CALENDARS = {".ics", ".ical", ".ifb"}


def read(path: Path, clock: TeamClock, span: Span, person: str = "", clock_of: ClockOf | None = None) -> RotaFile:
    """`span` is for calendars, which may go on for ever; a table speaks of its own first to last day.

    Times without an offset are the team's, and in a calendar their person's where `clock_of` knows it. Raises OSError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return RotaFile(path.name, (), (Fault(path.name, 1, 1, "error", "This is not UTF-8 text."),), None)
    if path.suffix.lower() in CALENDARS:
        return read_calendar(text, path.name, clock_of or (lambda _: clock), span, person)
    return read_table(text, path.name, clock)
