"""A rota as iCalendar: one calendar for a person, or events with attendees. Only times and kind are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

import recurring_ical_events  # type: ignore[import-untyped]  # ships no types
from icalendar import Calendar, Event
from icalendar.cal.component import Component

from drills.campaign import TeamClock
from drills.catalog import Fault
from drills.catalog.rota_file import YEARS, BadTime, Line, RotaFile, checked_leave, checked_shift, in_utc
from drills.rota import Leave, Shift, Span

_LEAVE = re.compile(r"\b(leave|vacation|holidays?|sick|pto|absent|absence|out of office)\b", re.IGNORECASE)
_NO_SHIFT = re.compile(r"\b(off|rest day|on[- ]call|standby|birthday)\b", re.IGNORECASE)
_NIGHT = re.compile(r"\bnights?\b", re.IGNORECASE)
_ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "UID", "RECURRENCE-ID", "STATUS", "SEQUENCE")
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


ClockOf: TypeAlias = Callable[[str], TeamClock]
"""The clock by which somebody lives, by what the file calls them."""


def read_calendar(text: str, name: str, clock_of: ClockOf, span: Span, person: str) -> RotaFile:
    """Events that touch `span`, those that repeat one by one. `person` is whose they are where no event says so.

    A time without a zone is by its person's clock: "local time" of RFC 5545, 3.3.5, is that of whoever looks at it.

    Words of an event's title and categories tell leave and nights; an event that is neither a shift nor leave, such as
    a day off, becomes a warning and nothing else.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    for calendar in _calendars(text, name, faults):
        owner = person or str(calendar.get("X-WR-CALNAME", "")).strip()
        broken = [event for event in calendar.walk("VEVENT") if _wrong(event)]
        faults += [Fault(name, _line_of(text, event), 1, "error", _wrong(event)) for event in broken]
        for event in [] if broken else _one_by_one(calendar, span, name, faults):
            lines += _lines(event, owner, text, name, clock_of, faults)
    return RotaFile(name, tuple(lines), tuple(sorted(set(faults))), span)


def _calendars(text: str, name: str, faults: list[Fault]) -> Sequence[Component]:
    try:
        found = Calendar.from_ical(text, multiple=True)
    except ValueError:
        found = []
    if not found or not isinstance(found, list):
        faults.append(Fault(name, 1, 1, "error", "This is no iCalendar file that can be read."))
        return ()
    return found


def _one_by_one(calendar: Component, span: Span, name: str, faults: list[Fault]) -> Sequence[Event]:
    """The library has no error of its own for every rule that means nothing."""
    try:
        return list(recurring_ical_events.of(calendar).between(*span))
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        faults.append(Fault(name, 1, 1, "error", "A repetition or the time zone of this calendar means nothing."))
        return ()


def _lines(event: Event, owner: str, text: str, name: str, clock_of: ClockOf, faults: list[Fault]) -> Iterator[Line]:
    at, people = _line_of(text, event), _attendees(event) or [owner]
    try:
        times = [(who, _times(event, clock_of(who))) for who in people]
    except BadTime as error:
        faults.append(Fault(name, at, 1, "error", str(error)))
        return
    if any(found is None for _, found in times):
        faults.append(Fault(name, at, 1, "warning", "This event is neither a shift nor leave: passed over."))
    elif not people[0]:
        faults.append(Fault(name, at, 1, "error", "Nobody is named: no attendee, no X-WR-CALNAME. Give --person."))
    else:
        yield from (Line(who, found, at) for who, found in times if found is not None)


def _times(event: Event, clock: TeamClock) -> Shift | Leave | None:
    begins, ends = event.start, event.end
    said = f"{event.get('SUMMARY', '')} {' '.join(_categories(event))}"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    if _LEAVE.search(said) or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF":
        return checked_leave(in_utc(clock, _with_time(begins)), in_utc(clock, _with_time(ends)))
    if not isinstance(begins, datetime) or not isinstance(ends, datetime) or _NO_SHIFT.search(said):
        return None
    return checked_shift(clock, in_utc(clock, begins), in_utc(clock, ends), night=bool(_NIGHT.search(said)))


def _with_time(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _attendees(event: Event) -> list[str]:
    found = event.get("ATTENDEE", [])
    several = found if isinstance(found, list) else [found]
    return [re.sub(r"^mailto:", "", str(one), flags=re.IGNORECASE) for one in several]


def _categories(event: Event) -> list[str]:
    found = event.get("CATEGORIES", [])
    several = found if isinstance(found, list) else [found]
    return [str(word) for one in several for word in one.cats]


def _wrong(event: Component) -> str:
    """Why this event can't be expanded; empty when it can."""
    if event.errors:
        return f"`{event.errors[0][0]}` of this event can't be read."
    twice = [name for name in _ONCE if isinstance(event.get(name), list)]
    if twice:
        return f"`{twice[0]}` of this event is there twice."
    if "DTSTART" not in event:
        return "This event has no beginning (DTSTART)."
    begins: Any = event["DTSTART"]
    if getattr(begins.dt, "year", None) not in YEARS:
        return f"The year of this event is out of reach: {YEARS[0]} to {YEARS[-1]}."
    rule: Any = event.get("RRULE", {})
    if any(str(word).upper() in _TOO_OFTEN for word in rule.get("FREQ", [])):
        return "This event repeats within a day."
    return "The INTERVAL of this event is no number from 1." if any(n < 1 for n in rule.get("INTERVAL", [])) else ""


def _line_of(text: str, event: Component) -> int:
    """Where its UID stands, which an event that repeats keeps; the first line when it has none."""
    uid = str(event.get("UID", ""))
    numbered = enumerate(text.splitlines(), start=1)
    return next((number for number, line in numbered if uid and line == f"UID:{uid}"), 1)
