"""What a rota file holds: people as the file names them, their times, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from drills.campaign import TeamClock
from drills.catalog.faults import Fault
from drills.rota import Leave, Rota, Shift, Span

LONGEST_SHIFT = timedelta(hours=36)
YEARS = range(2000, 2101)

_NIGHT_FROM, _NIGHT_TO, _NIGHT_ENOUGH = timedelta(hours=-1), timedelta(hours=6), timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Line:
    """One time of one person. `who` is a user id, a name or an e-mail address: whatever the file says."""

    who: str
    times: Shift | Leave
    at: int


@dataclass(frozen=True, slots=True)
class RotaFile:
    """`span` is what the file speaks of: what begins in it is replaced. None for a file without a single time."""

    name: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    span: Span | None

    @property
    def people(self) -> Mapping[str, Rota]:
        """By the names that the file uses."""
        found: dict[str, list[Shift | Leave]] = {}
        for line in self.lines:
            found.setdefault(line.who, []).append(line.times)
        return {who: _rota(times) for who, times in found.items()}


class BadTime(ValueError):
    """These times can't be meant; the message is a sentence for whoever wrote them."""


def checked_shift(clock: TeamClock, begins: datetime, ends: datetime, *, night: bool) -> Shift:
    """A shift that covers three hours between 23:00 and 06:00 is a night shift, whatever it is called. Raises BadTime.

    Our rule for a single shift, with the figures by which the United Kingdom's Working Time Regulations 1998 (SI
    1998/1833), regulation 2(1), tell a night worker: at least three hours of daily working time, as a normal course, in
    night time, which is 23:00 to 06:00 unless agreed otherwise.
    """
    _check(begins, ends)
    if ends - begins > LONGEST_SHIFT:
        raise BadTime("This shift is longer than 36 hours. If it is leave, its kind is leave.")
    return Shift(begins, ends, night or _by_night(clock, begins, ends))


def checked_leave(begins: datetime, ends: datetime) -> Leave:
    """Raises BadTime."""
    _check(begins, ends)
    return Leave(begins, ends)


def in_utc(clock: TeamClock, written: datetime) -> datetime:
    """A time without an offset is the team's own. Raises BadTime."""
    if written.year not in YEARS:
        raise BadTime(f"The year {written.year} is out of reach: {YEARS[0]} to {YEARS[-1]}.")
    return clock.instant(written) if written.tzinfo is None else written.astimezone(UTC)


def days_of(lines: Iterable[Line], clock: TeamClock) -> Span | None:
    """The team's days from the first to the last on which something begins: a month's last night ends in the next."""
    days = [clock.day(line.times.begins) for line in lines]
    if not days:
        return None
    return _midnight(clock, min(days)), _midnight(clock, max(days) + timedelta(days=1))


def _midnight(clock: TeamClock, day: date) -> datetime:
    return clock.instant(datetime.combine(day, time()))


def _check(begins: datetime, ends: datetime) -> None:
    if ends <= begins:
        raise BadTime("It ends before it begins, or at once.")


def _by_night(clock: TeamClock, begins: datetime, ends: datetime) -> bool:
    day = datetime.combine(clock.day(begins), time())
    for midnight in (day, day + timedelta(days=1), day + timedelta(days=2)):
        since, until = clock.instant(midnight + _NIGHT_FROM), clock.instant(midnight + _NIGHT_TO)
        if min(ends, until) - max(begins, since) >= _NIGHT_ENOUGH:
            return True
    return False


def _rota(times: Iterable[Shift | Leave]) -> Rota:
    several = sorted(times, key=attrgetter("ends"))  # of two that begin at once the longer one holds
    shifts = {one.begins: one for one in several if isinstance(one, Shift)}
    leaves = {one.begins: one for one in several if isinstance(one, Leave)}
    return Rota(tuple(sorted(shifts.values())), tuple(sorted(leaves.values())))
