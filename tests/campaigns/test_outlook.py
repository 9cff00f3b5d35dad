"""The outlook of what runs: before its first day it is the preview of the file, and later the rest of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from builders import a_team
from campaign_builders import THREE, a_campaign
from hypothesis import given
from hypothesis import strategies as st

from drills.campaign import Order, Planned, Shown, Slot, TeamClock, plan
from drills.campaign.course import Course
from drills.campaign.outlook import Run, Standing, outlook
from drills.people import QuietHours

ZONES = st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
CRONS = st.sampled_from(
    ["30 2 * * *", "0 */3 * * *", "*/30 1-3 * * SUN", "0 14 * * TUE,THU", "15 22 * * *", "0 9 29 2 *"]
)
QUIETS = st.sampled_from([None, QuietHours.parse("21:00-07:00"), QuietHours.parse("01:15-02:45")])
STARTS = st.dates(date(2020, 1, 1), date(2035, 10, 1))
ROOM = a_team().workspace


@st.composite
def two_campaigns(draw: st.DrawFn) -> list[Planned]:
    """Of the same two teams, two weeks long."""
    starts = draw(STARTS)
    ends, quiet = starts + timedelta(days=14), draw(QUIETS)
    clocks = {team: TeamClock(ZoneInfo(draw(ZONES)), (quiet,) if quiet else ()) for team in ("5-south", "icu")}
    return [
        Planned(
            a_campaign(
                draw(CRONS),
                starts.isoformat(),
                ends.isoformat(),
                id=id_,
                order=draw(st.sampled_from([Order.GIVEN, Order.SPACED])),
                per_week=draw(st.sampled_from([None, 1, 3])),
                quiet=quiet,
            ),
            THREE,
            clocks,
        )
        for id_ in ("first", "second")
    ]


def runs(planned: list[Planned], after: datetime) -> list[Run]:
    return [
        Run(Course(ROOM, one.campaign.id, team, after, None), one.campaign, one.playlist, clock)
        for one in planned
        for team, clock in one.clocks.items()
    ]


@given(two_campaigns())
def test_before_the_first_day_it_is_the_preview_of_the_files(planned: list[Planned]) -> None:
    starts = planned[0].campaign.starts
    before = datetime.combine(starts, time()) - timedelta(days=2)
    said = outlook(Standing(runs(planned, before)), before.replace(tzinfo=UTC), date(2040, 1, 1))
    assert said == plan(planned, date(2040, 1, 1))


@given(two_campaigns(), st.integers(0, 14 * 24))
def test_later_on_it_is_the_rest_of_what_it_was(planned: list[Planned], hours: int) -> None:
    """With everything up to then written down as it was sent."""
    far, long_ago = date(2040, 1, 1), datetime(2019, 1, 1)  # noqa: DTZ001  # a wall-clock time
    now = datetime.combine(planned[0].campaign.starts, time(), UTC) + timedelta(hours=hours)
    whole = plan(planned, far)
    standing = Standing([_went_on(run, whole, now) for run in runs(planned, long_ago)], _weeks(whole, now))
    assert outlook(standing, now, far) == [slot for slot in whole if slot.landing.at > now]


def _went_on(run: Run, whole: list[Slot], now: datetime) -> Run:
    own = [one for one in whole if (one.campaign, one.team) == (run.campaign.id, run.course.team)]
    gone = [one for one in own if one.landing.at <= now]
    past = tuple(Shown(one.drill, one.variant, one.landing.local.date()) for one in gone if one.landing.happens)
    after = max([run.course.after, *(one.landing.wall for one in gone)])
    return replace(run, course=replace(run.course, after=after), past=past)


def _weeks(whole: list[Slot], now: datetime) -> dict[str, dict[str, list[datetime]]]:
    weeks: dict[str, dict[str, list[datetime]]] = {}
    for slot in whole:
        if slot.landing.at <= now and slot.landing.happens:
            weeks.setdefault(slot.team, {}).setdefault(slot.landing.week, []).append(slot.landing.at)
    return weeks


def test_leap_day_comes_once_in_four_years() -> None:
    (one,) = [Planned(a_campaign("0 9 29 2 *", "2027-01-01", None), THREE, {"5-south": TeamClock(ZoneInfo("UTC"))})]
    now = datetime(2027, 1, 1, tzinfo=UTC)
    said = outlook(Standing(runs([one], now.replace(tzinfo=None))), now, date(2036, 12, 31))
    assert [slot.landing.at.date().isoformat() for slot in said] == ["2028-02-29", "2032-02-29", "2036-02-29"]
