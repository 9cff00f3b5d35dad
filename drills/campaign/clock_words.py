"""Times of day as people write them: 14:00, 2 pm, 12:30 a.m., noon; and from one to another."""

from __future__ import annotations

import re
from datetime import time

from drills.campaign.cadence import BadCadence

CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)?|noon|midnight)(?![\w:])"
"""What looks like one, for a larger pattern; `times_of` says whether it is."""

SPAN_EXAMPLE = "Write it like 21:00-07:00."

_NAMED = {"noon": time(12), "midnight": time(0)}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b")
_FIRST_CLEAR = 13  # from here on an hour alone is clear
_TO = re.compile(r"\s*(?:-|until|till|to)\s*")


def plain(words: str) -> str:
    """In small letters, one blank between words, every dash a hyphen, and am for a.m."""
    said = " ".join(words.lower().split())
    said = re.sub(r"[\u2013\u2014]", "-", said)
    return re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", said).removesuffix(".")


def span_of(words: str) -> tuple[time, time]:
    """ "21:00-07:00", "9 pm to 7 am", "from 21:00 until 7:00". Raises BadCadence."""
    parts = _TO.split(plain(words).removeprefix("from "))
    if len(parts) != 2:
        raise BadCadence(f"“{words}” are no two times of day. {SPAN_EXAMPLE}")
    return _time(parts[0]), _time(parts[1])


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
