"""What a campaign's author should know before it starts: warnings, each with what helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drills.campaign import Cadence, Order, Reminders
from drills.catalog.campaign_file import WrittenCampaign, WrittenReminders
from drills.catalog.faults import Finding
from drills.catalog.library import DrillFile
from drills.people import QuietHours

KIND_PER_WEEK = 3  # clinical.md §3: more in a week is a burden
REMINDER_AT = "A reminder at"
"""How the advice about reminders at night begins."""

_NIGHT = QuietHours.parse("22:00-06:00")
_ASLEEP = QuietHours.parse("21:00-07:00")  # a reminder is for one person, and can wait for the morning
_HOUR = timedelta(hours=1)
_LOOKED_AT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A file without errors, its drills, and its wall-clock times (of a year at most)."""

    written: WrittenCampaign
    drills: Sequence[DrillFile]
    walls: Sequence[datetime]


def advice(written: WrittenCampaign, cadence: Cadence, drills: Sequence[DrillFile]) -> Iterator[Finding]:
    """For a file that has no errors."""
    starts = date.fromisoformat(written.starts)
    ends = min(date.fromisoformat(written.ends) if written.ends else date.max, starts + _LOOKED_AT)
    sound = _Sound(written, drills, list(cadence.walls(starts, ends)))
    for rule in (
        _slots_exist,
        _not_too_many,
        _nights,
        _drills_suffice,
        _variants_suffice,
        _reminders_fit,
        _reminders_at_night,
    ):
        yield from rule(sound)


def _slots_exist(sound: _Sound) -> Iterator[Finding]:
    if not sound.walls:
        yield _warning("cadence", "No slot falls between the first day (`starts`) and the last one (`ends`).")


def _not_too_many(sound: _Sound) -> Iterator[Finding]:
    weeks = Counter(wall.isocalendar()[:2] for wall in sound.walls)
    most = max(weeks.values(), default=0)
    if min(most, sound.written.per_week or most) > KIND_PER_WEEK:
        message = (
            f"Up to {most} drills a week. More than {KIND_PER_WEEK} is a burden; "
            "“most drills a week” (`per_week`) limits it."
        )
        yield _warning("cadence", message)


def _nights(sound: _Sound) -> Iterator[Finding]:
    """A slot at night that the campaign's quiet hours do not move; those of single teams are their own matter."""
    quiet = sound.written.quiet
    moved = QuietHours.parse(f"{quiet.from_}-{quiet.to}") if quiet else None
    awake = (wall.time() for wall in sound.walls if moved is None or not moved.cover(wall.time()))
    night = next((time for time in awake if _NIGHT.cover(time)), None)
    if night is not None:
        message = (
            f"A slot at {night:%H:%M} can wake somebody. Quiet hours, the campaign's or a team's own, would move it."
        )
        yield _warning("cadence", message)


def _drills_suffice(sound: _Sound) -> Iterator[Finding]:
    """Slots beyond `per_week` drop, and take no drill."""
    versions = sum(len(file.variants) for file in sound.drills)
    weeks = Counter(wall.isocalendar()[:2] for wall in sound.walls)
    slots = sum(min(count, sound.written.per_week or count) for count in weeks.values())
    if sound.written.order is Order.GIVEN and slots > versions:
        message = f"{slots} slots, {versions} drills and variants: later ones come again as they were."
        yield _warning("drills", message)


def _variants_suffice(sound: _Sound) -> Iterator[Finding]:
    single = [f"{file.written.title} (`{file.id}`)" for file in sound.drills if len(file.variants) == 1]
    if sound.written.order is not Order.GIVEN and single:
        yield _warning("order", f"Without variants these never come back early: {', '.join(single)}.")


def _reminders_fit(sound: _Sound) -> Iterator[Finding]:
    waits, window = _waits(sound.written.reminders), timedelta(hours=sound.written.window_hours)
    late = next((number for number, wait in enumerate(waits, start=1) if wait >= window), None)
    if late is not None:
        wait = f"{waits[late - 1] / _HOUR:g} hours"
        yield _warning(
            "reminders", f"Reminder {late} would come after {wait}, when the drill is closed: it is left out."
        )


def _reminders_at_night(sound: _Sound) -> Iterator[Finding]:
    """Where neither the campaign nor one of its teams has quiet hours: with any, reminders wait for their end."""
    if sound.written.quiet or all(team.quiet for team in sound.written.teams):
        return
    window = timedelta(hours=sound.written.window_hours)
    waits = [wait for wait in _waits(sound.written.reminders) if wait < window]
    times = ((wall + wait).time() for wall in sound.walls for wait in waits)
    night = next((time for time in times if _ASLEEP.cover(time)), None)
    if night is not None:
        quiet = "Quiet hours, the campaign's or a team's own, would hold it back."
        yield _warning("reminders", f"{REMINDER_AT} {night:%H:%M} can wake somebody. {quiet}")


def _waits(written: WrittenReminders) -> list[timedelta]:
    """From the opening of a drill to each of its reminders."""
    reminders = Reminders(written.max, timedelta(hours=written.after_hours))
    return [reminders.due(number) for number in range(1, reminders.most + 1)]


def _warning(key: str, message: str) -> Finding:
    return Finding((key,), message, "warning")
