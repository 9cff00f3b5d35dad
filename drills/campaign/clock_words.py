"""Times of day as people write them: 14:00, 2 pm, 12:30 a.m., noon."""

from __future__ import annotations

import re
from datetime import time

from drills.campaign.cadence import BadCadence

CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)?|noon|midnight)(?![\w:])"
"""What looks like one, for a larger pattern; `times_of` says whether it is."""

_NAMED = {"noon": time(12), "midnight": time(0)}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b")
_FIRST_CLEAR = 13  # from here on an hour alone is clear


def times_of(said: str) -> list[time]:
    """Each once, in order; separated by commas and the like. Raises BadCadence."""
    parts = [part.strip() for part in re.split(r"[,;/&+]|\band\b", said)]
    return sorted({_time(part.removeprefix("at ")) for part in parts if part}) or [_time(said)]


def _time(said: str) -> time:
    if said in _NAMED:
        return _NAMED[said]
    found = _CLOCK.fullmatch(said)
    if found is None:
        raise BadCadence(f"“{said}” is no time of day. Write it as 14:00 or 2 pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise BadCadence(f"“{said}” is no time of day. Write it as 14:00 or 2 pm.")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        raise BadCadence(f"“{said}” is no time of day: hours go to 23, minutes to 59.")
    if found[2] is None and half is None and hour < _FIRST_CLEAR:
        raise BadCadence(f"“{said}” can be two times of the day. {_both(hour)}")
    return time(hour, minute)


def _both(hour: int) -> str:
    if hour in {0, 12}:
        return "Write 12:00 or noon, 0:00 or midnight."
    return f"Write {hour}:00 or {hour} am, {hour + 12}:00 or {hour} pm."
