"""A cadence in plain words: "Tue and Thu at 14:00", "first Monday of the month at 9:30"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches

from drills.campaign.cadence import BadCadence, Cadence

EXAMPLE = "An example: Tue and Thu at 14:00."
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SHORT = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}
_GROUPS = {
    "day": "*", "daily": "*", "days": "*",
    "weekday": "MON-FRI", "weekdays": "MON-FRI",
    "weekend": "SAT,SUN", "weekends": "SAT,SUN",
}  # fmt: skip
_NTH = {"first": "#1", "second": "#2", "third": "#3", "fourth": "#4", "last": "L"}
_CLOCKS = {"noon": time(12), "midnight": time(0)}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b")


def cadence_of(words: str) -> Cadence:
    """Raises BadCadence with a sentence that names the word at fault."""
    said = " ".join(words.lower().replace("\u2013", "-").split())
    days, at, times = said.rpartition(" at ")
    if not at:
        raise BadCadence(f"This has no “at” and no time. {EXAMPLE}")
    weekdays = _weekdays(days.removeprefix("every ").removeprefix("on "))
    return Cadence.cron(*(f"{clock.minute} {clock.hour} * * {weekdays}" for clock in _times(times)))


def _times(said: str) -> list[time]:
    return sorted({_time(part) for part in re.split(r",|\band\b", said) if part.strip()}) or [_time(said)]


def _time(said: str) -> time:
    said = said.strip()
    found = _CLOCK.fullmatch(said)
    if said in _CLOCKS:
        return _CLOCKS[said]
    if found is None or (found[2] is None and found[3] is None):
        raise BadCadence(f"“{said}” is no time of day. Write it as 14:00 or 2 pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise BadCadence(f"“{said}” is no time of day. Write it as 14:00 or 2 pm.")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        raise BadCadence(f"“{said}” is no time of day: hours go to 23, minutes to 59.")
    return time(hour, minute)


def _weekdays(said: str) -> str:
    of_month = re.fullmatch(r"(.*?)(?: of (?:the|each|every) month)?", said)
    said = of_month[1] if of_month else said
    nth, _, rest = said.partition(" ")
    if nth in _NTH:
        return ",".join(_nth(nth, number) for number in _numbers(rest))
    if said in _GROUPS:
        return _GROUPS[said]
    return ",".join(sorted(str(number) for number in _numbers(said)))


def _nth(nth: str, day: int) -> str:
    return f"{day}{_NTH[nth]}"


def _numbers(said: str) -> Iterable[int]:
    parts = [part.strip() for part in re.split(r",|\band\b|&", said) if part.strip()]
    if not parts:
        raise BadCadence(f"This names no day. {EXAMPLE}")
    return sorted({number for part in parts for number in _span(part)})


def _span(said: str) -> list[int]:
    """One day, or from one to another, over the weekend where that is meant."""
    first, to, last = (part.strip() for part in re.sub(r"\s*-\s*|\s+to\s+", "\0", said).partition("\0"))
    if not to:
        return [_day(first)]
    begin, end = _day(first), _day(last)
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _day(said: str) -> int:
    word = said.rstrip(".")
    word = _SHORT.get(word, word)
    for number, day in enumerate(_DAYS):
        if word in {day, f"{day}s", day[:3]}:
            return number
    near = get_close_matches(word, [*_DAYS, *_GROUPS], n=1)
    hint = f"Did you mean {near[0].capitalize()}?" if near else EXAMPLE
    raise BadCadence(f"“{said}” is no day of the week. {hint}")
