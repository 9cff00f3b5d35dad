"""A cadence in plain words: "Tue and Thu at 14:00", "first Monday of the month at 9:30"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from drills.campaign.cadence import BadCadence, Cadence
from drills.campaign.clock_words import CLOCK, plain, times_of

EXAMPLE = "An example: Tue and Thu at 14:00."
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SHORT = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}
_WORKING, _WEEKEND, _WHOLE = (1, 2, 3, 4, 5), (0, 6), tuple(range(7))
_GROUPS = {
    "day": _WHOLE, "daily": _WHOLE, "days": _WHOLE,
    "weekday": _WORKING, "weekdays": _WORKING,
    "weekend": _WEEKEND, "weekends": _WEEKEND,
}  # fmt: skip
_NTH = {
    "first": "#1", "1st": "#1", "second": "#2", "2nd": "#2", "third": "#3", "3rd": "#3",
    "fourth": "#4", "4th": "#4", "fifth": "#5", "5th": "#5", "last": "L",
}  # fmt: skip

_AND = r"(?:\s*[,;/&+]\s*(?:and\s+)?|\s+and\s+)"
_TIMES_FIRST = re.compile(rf"(?:at )?({CLOCK}(?:{_AND}{CLOCK})*),? (?:on|every|each) (.+)")
_CLAUSE = re.compile(rf"((?:(?! at ).)+) at ({CLOCK}(?:{_AND}{CLOCK})*)(?:{_AND}|$)")
_OF_MONTH = re.compile(r" (?:of|in) (?:the|each|every|a) month\b")
_FORTNIGHT = re.compile(r"\bother\b|\b(?:every|each) (?:second|2nd)\b|\b(?:bi-?weekly|fortnight\w*|(?:two|2) weeks)\b")
_FILLERS = re.compile(r"^(?:(?:every|each|on|the)\b\s*)+")
_NO_FORTNIGHT = "every other week can't be said here. Some weeks of a month can: first and third Tuesday of the month."


def cadence_of(words: str) -> Cadence:
    """Raises BadCadence with a sentence that names the word at fault."""
    said = plain(words)
    if found := _TIMES_FIRST.fullmatch(said):
        said = f"{found[2]} at {found[1]}"
    return Cadence.cron(*(line for days, times in _clauses(said) for line in _crons(days, times)))


def _clauses(said: str) -> Iterator[tuple[str, str]]:
    """Days and their times; several where each names its own: "Mon at 08:00, Thu at 14:00"."""
    if said.count(" at ") > 1:
        found = list(_CLAUSE.finditer(said))
        if "".join(one[0] for one in found) != said:
            raise BadCadence(f"“{said}” can't be read. Write days and times in turn: Mon at 08:00, Thu at 14:00.")
        yield from ((one[1], one[2]) for one in found)
        return
    days, at, times = said.rpartition(" at ")
    if not at:
        lacks = "no “at” between days and time" if any(map(str.isdigit, said)) else "no “at” and no time"
        raise BadCadence(f"This has {lacks}. {EXAMPLE}")
    yield days, times


def _crons(days: str, times: str) -> Iterator[str]:
    weekdays = ",".join(dict.fromkeys(_weekdays(days)))
    yield from (f"{clock.minute} {clock.hour} * * {weekdays}" for clock in times_of(times))


def _weekdays(said: str) -> list[str]:
    in_month = _OF_MONTH.search(said) is not None
    if not in_month and (found := _FORTNIGHT.search(said)):
        raise BadCadence(f"“{found[0]}”: {_NO_FORTNIGHT}")
    parts = [_FILLERS.sub("", part.strip()) for part in re.split(_AND, _OF_MONTH.sub("", said)) if part.strip()]
    if not parts:
        raise BadCadence(f"This names no day. {EXAMPLE}")
    return sorted(_of_parts(parts))


def _of_parts(parts: list[str]) -> Iterator[str]:
    """ "first and third Monday" are two days, and so are "first Monday and Tuesday"."""
    nths: list[str] = []
    bare = False
    for part in parts:
        first, _, rest = part.partition(" ")
        if first in _NTH:
            nths = [*(nths if bare else []), _NTH[first]]
        day = rest if first in _NTH else part
        bare = not day
        if day:
            yield from (f"{number}{nth}" for number in _numbers(day, part, nths) for nth in nths or [""])
    if bare:
        raise BadCadence(f"“{parts[-1]}” of what? Name the day, as in first Monday of the month.")


def _numbers(day: str, said: str, nths: list[str]) -> list[int]:
    if day not in _GROUPS:
        return _span(day)
    if nths:
        raise BadCadence(f"“{said}” is not clear: name the day, as in first Monday of the month.")
    return list(_GROUPS[day])


def _span(said: str) -> list[int]:
    """One day, or from one to another, over the weekend where that is meant."""
    spanned = re.sub(r"^from |\s*-\s*|\s+(?:to|through|thru|until|till)\s+", _to, said)
    first, to, last = (part.strip() for part in spanned.partition("\0"))
    if not to:
        return [weekday_of(first)]
    begin, end = weekday_of(first), weekday_of(last)
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _to(found: re.Match[str]) -> str:
    return "" if found[0] == "from " else "\0"


def weekday_of(said: str) -> int:
    """0 for Sunday: "mon", "Tues.", "thursdays" in small letters. Raises BadCadence."""
    word = said.rstrip(".")
    word = _SHORT.get(word, word)
    for number, day in enumerate(_DAYS):
        if word in {day, f"{day}s", day[:3]}:
            return number
    near = get_close_matches(word, [*_DAYS, *_GROUPS], n=1)
    hint = f"Did you mean {near[0].capitalize()}?" if near else EXAMPLE
    raise BadCadence(f"“{said}” is no day of the week. {hint}")
