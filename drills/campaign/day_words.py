"""Days as people write them: 2027-03-01, 1 March 2027, Mon 1 Mar 2027, March 1st, 2027, next Monday, tomorrow."""

from __future__ import annotations

import re
from datetime import date, timedelta

from drills.campaign.cadence import BadCadence
from drills.campaign.words import weekday_of

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NTH, _YEAR = r"(\d{1,2})(?:st|nd|rd|th)?", r"(?:,? |,)(\d{4})"
_DAY_FIRST = re.compile(rf"{_NTH} (?:of )?([a-z]+)\.?{_YEAR}")
_MONTH_FIRST = re.compile(rf"([a-z]+)\.? {_NTH}{_YEAR}")
_NAMED_DAY = re.compile(r"(?:(?:on|next) )?([a-z]+\.?)")
_WITH_WEEKDAY = re.compile(r"([a-z]+)(?:\.,|[.,])? (.+)")
_WEEK = 7


def day_of(words: str, today: date, since: date | None = None) -> str:
    """The day as 2027-03-01, which may be missing from the calendar; what is no clear day comes back as it is.

    Month by name only: 03/04/2027 is one day in America and another in Europe. A weekday is the first one after today,
    or after `since` where that is given: the Friday of "next Monday to Friday".
    """
    said = " ".join(words.lower().split())
    return _relative(said, today, since or today) or _by_month(said) or _with_weekday(said) or said


def _relative(said: str, today: date, since: date) -> str | None:
    named = {"today": today, "tomorrow": today + timedelta(days=1)}
    if said in named:
        return named[said].isoformat()
    found = _NAMED_DAY.fullmatch(said)
    wanted = _weekday(found[1]) if found else None
    if wanted is None:
        return None
    return (since + timedelta(days=(wanted - since.isoweekday() - 1) % _WEEK + 1)).isoformat()


def _by_month(said: str) -> str | None:
    if found := _DAY_FIRST.fullmatch(said):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(said):
        month, day, year = found.groups()
    else:
        return None
    number = _month(month)
    return f"{year}-{number:02}-{int(day):02}" if number else None


def _with_weekday(said: str) -> str | None:
    """ "Mon 1 March 2027", where that is a Monday."""
    found = _WITH_WEEKDAY.fullmatch(said)
    day = _by_month(found[2]) if found else None
    if found is None or day is None:
        return None
    try:
        return day if date.fromisoformat(day).isoweekday() % _WEEK == _weekday(found[1]) else None
    except ValueError:
        return day


def _weekday(said: str) -> int | None:
    """0 is Sunday."""
    try:
        return weekday_of(said)
    except BadCadence:
        return None


def _month(said: str) -> int | None:
    """In full or by its first three letters, and "sept"."""
    said = "sep" if said == "sept" else said
    return next((number for number, name in enumerate(_MONTHS, start=1) if said in {name, name[:3]}), None)
