"""A day as an option of a command."""

from __future__ import annotations

from datetime import date, datetime, time

import typer


def day(text: str) -> date:
    """Raises typer.BadParameter with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError as none:
        said = f"“{text}” is no day of the calendar. Write it as YYYY-MM-DD, such as 2027-03-01."
        raise typer.BadParameter(said) from none


def midnight(text: str) -> datetime:
    """The beginning of a day, in whatever zone its reader means. Raises typer.BadParameter with a sentence."""
    return datetime.combine(day(text), time())
