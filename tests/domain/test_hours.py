"""Nobody is told in their quiet hours, wherever they and their team live, whatever the clocks do there."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings
from hypothesis import strategies as st

from drills.campaign import TeamClock
from drills.hours import Hours
from drills.journeys.shifts import time_for
from drills.people import QuietHours
from drills.rota import Rota

ZONES = st.sampled_from(sorted(available_timezones()))
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
QUIET = st.tuples(TIMES, TIMES).filter(lambda two: two[0] != two[1]).map(lambda two: QuietHours(*two))
DECADE = st.integers(0, 10 * 366 * 24 * 4).map(
    lambda quarter: datetime(2020, 1, 1, tzinfo=UTC) + quarter * timedelta(minutes=15)
)
STEP = timedelta(minutes=15)
NIGHT = (QuietHours.parse("21:00-07:00"),)


@settings(max_examples=400)
@given(ZONES, ZONES | st.none(), st.lists(QUIET, max_size=2).map(tuple), DECADE, st.integers(1, 96))
@example("America/Chicago", "Asia/Manila", NIGHT, datetime(2026, 3, 4, 20, tzinfo=UTC), 72)
@example("America/Chicago", "Europe/Madrid", NIGHT, datetime(2026, 3, 8, 5, tzinfo=UTC), 72)  # a gap here, not there
@example(
    "America/Chicago", "Europe/Berlin", NIGHT, datetime(2026, 3, 4, 2, tzinfo=UTC), 72
)  # one night, then the other
@example("Europe/London", "America/New_York", NIGHT, datetime(2026, 11, 1, 4, tzinfo=UTC), 72)  # a repeated hour there
@example("Australia/Lord_Howe", "Australia/Sydney", NIGHT, datetime(2026, 4, 4, 14, tzinfo=UTC), 72)
def test_the_first_moment_that_is_quiet_by_no_clock_is_taken_and_none_outside_the_window(
    team: str, own: str | None, quiet: tuple[QuietHours, ...], since: datetime, hours: int
) -> None:
    clock, until = TeamClock(ZoneInfo(team), quiet), since + timedelta(hours=hours)

    def sleeps(at: datetime) -> bool:
        walls = [at.astimezone(ZoneInfo(zone)).time() for zone in (team, own) if zone]
        return any(one.cover(wall) for one in quiet for wall in walls)

    told = time_for(Rota(), Hours.of(clock, own), since, until)
    assert told is None or (since <= told < until and not sleeps(told))
    before = (told or until) - since
    assert all(sleeps(since + n * STEP) for n in range(-(-before // STEP)))


def test_a_zone_that_is_no_more_leaves_its_person_with_the_teams() -> None:
    clock = TeamClock(ZoneInfo("America/Chicago"), NIGHT)
    assert Hours.of(clock, "US/Pacific-New-And-Gone") == Hours.of(clock, None)
