"""Wall-clock time to moment, against an oracle that only asks zoneinfo what a clock shows at every minute."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drills.campaign import TeamClock
from drills.people import QuietHours

MINUTE = timedelta(minutes=1)
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
WALLS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)).map(  # noqa: DTZ001  # wall-clock times
    lambda moment: moment.replace(second=0, microsecond=0)
)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


def clock_shows(zone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def first_minute(zone: ZoneInfo, wall: datetime) -> datetime:
    """The oracle: walk minute by minute from long before until a clock shows `wall`, or has jumped past it."""
    at = wall.replace(tzinfo=UTC) - timedelta(hours=27)
    before = clock_shows(zone, at)
    while True:
        at += MINUTE
        shown = clock_shows(zone, at)
        if shown == wall or before < wall < shown:
            return at
        before = shown


def first_minutes(zone: ZoneInfo, day: datetime) -> dict[datetime, datetime]:
    """The same oracle for a whole day: what the clock shows, minute by minute, and when it does so first."""
    begin = day.replace(tzinfo=UTC) - timedelta(hours=16)
    seen: dict[datetime, datetime] = {}
    for minutes in range(60 * 60):
        at = begin + minutes * MINUTE
        seen.setdefault(clock_shows(zone, at), at)
    return seen


@given(ZONES, WALLS)
@example("America/New_York", datetime(2026, 3, 8, 2, 30))  # noqa: DTZ001
@example("America/New_York", datetime(2026, 11, 1, 1, 30))  # noqa: DTZ001
@example("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15))  # noqa: DTZ001
@example("Europe/Dublin", datetime(2026, 3, 29, 1, 59))  # noqa: DTZ001
@example("Africa/Casablanca", datetime(2026, 3, 22, 2, 30))  # noqa: DTZ001
@example("America/Scoresbysund", datetime(2024, 3, 31, 0, 30))  # noqa: DTZ001
@example("Asia/Kathmandu", datetime(2028, 2, 29, 14, 0))  # noqa: DTZ001
def test_a_wall_time_is_its_first_minute_or_the_first_after_a_gap(zone: str, wall: datetime) -> None:
    assert TeamClock(ZoneInfo(zone)).instant(wall) == first_minute(ZoneInfo(zone), wall)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Beirut"])
def test_every_minute_of_every_day_on_which_clocks_change(zone: str) -> None:
    """Hypothesis rarely meets a change; here each one from 2020 to 2035 is walked through."""
    clock = TeamClock(ZoneInfo(zone))
    changes = 0
    day = datetime(2020, 1, 1)  # noqa: DTZ001
    while day.year < 2036:
        if clock.instant(day + timedelta(days=1)) - clock.instant(day) != timedelta(days=1):
            changes += 1
            shown = first_minutes(clock.zone, day)
            for minute in range(24 * 60):
                wall = day + minute * MINUTE
                while wall not in shown:  # a gap: the next minute that a clock does show
                    wall += MINUTE
                assert clock.instant(day + minute * MINUTE) == shown[wall], wall
        day += timedelta(days=1)
    assert changes >= 5


@given(ZONES, WALLS, st.lists(st.tuples(TIMES, TIMES), min_size=1, max_size=2))
def test_awake_is_the_first_minute_that_no_quiet_hours_cover(
    zone: str, wall: datetime, spans: list[tuple[time, time]]
) -> None:
    quiet = tuple(QuietHours(start, end) for start, end in spans if start != end)
    clock = TeamClock(ZoneInfo(zone), quiet)
    at = clock.instant(wall)
    for minutes in range(2 * 24 * 60):
        then = at + minutes * MINUTE
        if not any(one.cover(clock_shows(clock.zone, then).time()) for one in quiet):
            assert clock.awake(at) == then
            return
    assert clock.awake(at) is None


@given(ZONES, WALLS, TIMES, TIMES, st.integers(1, 72))
def test_quiet_spans_cover_the_minutes_that_are_quiet_and_no_others(
    zone: str, wall: datetime, start: time, end: time, hours: int
) -> None:
    if start == end:
        return
    clock = TeamClock(ZoneInfo(zone), (QuietHours(start, end),))
    since = clock.instant(wall)
    until = since + timedelta(hours=hours)
    if clock.zone.utcoffset(clock.wall(since)) != clock.zone.utcoffset(clock.wall(until)):
        return  # around a change a repeated hour is quiet twice over; `quiet_at` is what decides then
    spans = list(clock.quiet_spans(since, until))
    for minutes in range(0, hours * 60, 7):
        then = since + minutes * MINUTE
        inside = any(begin <= then < finish for begin, finish in spans)
        assert inside == (clock.quiet_at(then) is not None), then
