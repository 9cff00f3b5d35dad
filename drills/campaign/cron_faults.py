"""What is wrong with a cron line, for its author: which value, what it may be, and what never comes."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

from cronsim import CronSim, CronSimError

_EXAMPLE = "An example: 0 14 * * TUE,THU."
_FIELDS = (
    ("minute", "0 to 59", "0", "59"),
    ("hour", "0 to 23", "0", "23"),
    ("day of month", "1 to 31, or L for the last", "1", "31"),
    ("month", "1 to 12, or JAN to DEC", "1", "12"),
    ("day of week", "0 to 6, from SUN to SAT", "SUN", "SAT"),
)


def cron_fault(line: str) -> str:
    """A sentence about a line of five fields that cronsim refuses."""
    fields = line.split()
    for place, field in enumerate(fields):
        for term in field.split(","):
            if not _reads(_only(place, term)):
                return _sentence(place, term)
    return _never(fields[2], fields[3])


def _only(place: int, term: str) -> str:
    return " ".join(term if place == other else "*" for other in range(len(_FIELDS)))


def _reads(line: str) -> bool:
    try:
        CronSim(line, datetime(2024, 1, 1))  # noqa: DTZ001  # wall-clock time, no zone on purpose
    except CronSimError:
        return False
    return True


def _sentence(place: int, term: str) -> str:
    name, bounds, lowest, highest = _FIELDS[place]
    first, to, last = term.partition("-")
    if to and _reads(_only(place, first)) and _reads(_only(place, last)):
        ways = [_range(first, highest), _range(lowest, last)]
        return f"The {name} of this cron line, “{term}”, goes backwards. Write {','.join(ways)}."
    steps = ", a step after the slash 1 or more" if "/" in term else ""
    nth = ", the number after # 1 to 5" if "#" in term else ""
    return f"The {name} of this cron line can't be “{term}”: it must be {bounds}{steps}{nth}. {_EXAMPLE}"


def _range(first: str, last: str) -> str:
    return first if first.upper() == last or (first, last) == ("6", "SAT") else f"{first}-{last}"


def _never(day: str, months: str) -> str:
    """Every value can be read by itself, and yet no year has such a day."""
    named = [calendar.month_name[month] for month in range(1, 13) if _meant(month, months)]
    return f"No {' or '.join(named)} has a day {day}: nothing would ever be sent. L is the last day of a month."


def _meant(month: int, months: str) -> bool:
    before = datetime(2024, month, 1) - timedelta(minutes=1)  # noqa: DTZ001  # the same
    return next(CronSim(f"0 0 1 {months} *", before)).month == month
