"""The plan of a campaign: every slot once, moved or dropped with its reason, the same whichever part is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from campaign_builders import NIGHT, THREE, a_campaign, slots, told
from hypothesis import given
from hypothesis import strategies as st

from drills.campaign import CampaignTeam, Entry, Landing, Order, Planned, SlotStatus, TeamClock, plan
from drills.campaign.landing import gives_way
from drills.people import QuietHours


def test_times_stay_on_the_wall_when_clocks_change() -> None:
    assert told(slots(a_campaign("Sun at 14:00", "2026-03-01", "2026-03-15"))) == [
        "03-01 14:00 -0500 planned",
        "03-08 14:00 -0400 planned",
        "03-15 14:00 -0400 planned",
    ]


def test_a_time_that_clocks_skip_moves_to_the_first_moment_after() -> None:
    _, gap, _ = slots(a_campaign("30 2 * * *", "2026-03-07", "2026-03-09"))
    assert gap.landing.local.isoformat() == "2026-03-08T03:00:00-04:00"
    assert gap.landing.status is SlotStatus.MOVED
    assert gap.landing.reason == "02:30 does not exist on 2026-03-08: clocks skip to 03:00."


def test_a_repeated_hour_happens_once_in_its_first_pass() -> None:
    found = slots(a_campaign("30 1 * * *", "2026-10-31", "2026-11-02"))
    assert told(found) == ["10-31 01:30 -0400 planned", "11-01 01:30 -0400 planned", "11-02 01:30 -0500 planned"]


def test_a_slot_in_quiet_hours_moves_to_their_end_even_past_midnight() -> None:
    found = slots(a_campaign("Tue at 22:00", "2026-03-03", "2026-03-08", quiet=NIGHT))
    assert told(found) == ["03-04 07:00 -0500 moved"]
    assert found[0].landing.reason == "22:00 is in quiet hours (21:00-07:00): moved to their end."


def test_a_slot_whose_quiet_hours_outlast_the_campaign_is_dropped() -> None:
    found = slots(a_campaign("Tue at 22:00", "2026-03-03", "2026-03-03", quiet=NIGHT))
    assert told(found) == ["03-03 22:00 -0500 dropped"]
    assert "the campaign is over" in found[0].landing.reason


def test_a_moved_slot_gives_way_to_the_one_that_was_meant_for_that_time() -> None:
    found = slots(a_campaign("0 7,22 * * TUE,WED", "2026-03-03", "2026-03-04", quiet=NIGHT))
    assert told(found) == [
        "03-03 07:00 -0500 planned",
        "03-04 07:00 -0500 dropped",
        "03-04 07:00 -0500 planned",
        "03-04 22:00 -0500 dropped",
    ]
    assert found[1].landing.reason == (
        "22:00 is in quiet hours (21:00-07:00): it would move to their end, "
        "but another slot of this campaign is there already."
    )


def test_a_slot_that_would_be_moved_into_a_full_week_says_that_it_does_not_get_there() -> None:
    found = slots(a_campaign("0 7,22 * * TUE", "2026-03-03", "2026-03-10", quiet=NIGHT, per_week=1))
    assert found[1].landing.status is SlotStatus.DROPPED
    assert found[1].landing.reason == (
        "22:00 is in quiet hours (21:00-07:00): it would move to their end, "
        "but the team has 1 drill in that week already (at most 1 a week)."
    )


def test_a_slot_that_was_moved_and_then_missed_says_both() -> None:
    moment = datetime(2026, 3, 4, 7, tzinfo=UTC)
    moved = Landing(moment, moment, moment, SlotStatus.MOVED, "The team was on hold then: moved to its end.")
    dropped = gives_way(moved, "It was missed: a later slot was due by then.")
    assert dropped.reason == (
        "The team was on hold then: it would move to its end, but it was missed: a later slot was due by then."
    )
    skipped = gives_way(replace(moved, reason="02:30 does not exist: clocks skip to 03:00."), "It was missed.")
    assert skipped.reason == "02:30 does not exist: clocks skip to 03:00. It was missed."


def test_quiet_hours_that_leave_no_time_drop_every_slot() -> None:
    clock = TeamClock(ZoneInfo("UTC"), (QuietHours.parse("09:00-21:00"), QuietHours.parse("21:00-09:00")))
    (slot,) = plan([Planned(a_campaign("Tue at 14:00", ends="2026-03-03"), THREE, {"x": clock})], date(2026, 3, 3))
    assert slot.landing.reason == "Quiet hours leave no time of the day."


def test_first_and_last_day_are_included_by_each_teams_own_calendar() -> None:
    campaign = a_campaign("0 0,23 * * *", "2026-03-10", "2026-03-11")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        days = [slot.landing.local.strftime("%d %H") for slot in slots(campaign, zone)]
        assert days == ["10 00", "10 23", "11 00", "11 23"]


def test_a_full_week_drops_with_its_reason_and_keeps_the_drill_for_the_next_slot() -> None:
    found = slots(a_campaign("weekdays at 9:00", "2026-03-02", "2026-03-10", per_week=2))
    assert [(slot.drill, slot.landing.happens) for slot in found] == [
        ("drill-1", True),
        ("drill-2", True),
        *[("drill-3", False)] * 3,
        ("drill-3", True),
        ("drill-1", True),
    ]
    assert found[2].landing.reason == "The team has 2 drills in that week already (at most 2 a week)."


def test_the_week_counts_the_drills_of_all_campaigns() -> None:
    clocks = {"5-south": TeamClock(ZoneInfo("Europe/Berlin"))}
    first = a_campaign("Mon at 9:00", "2026-03-02", "2026-03-15", id="first")
    second = a_campaign("Tue and Wed at 9:00", "2026-03-02", "2026-03-15", id="second", per_week=2)
    found = plan([Planned(second, THREE, clocks), Planned(first, THREE, clocks)], date(2026, 3, 15))
    assert [f"{s.campaign} {s.landing.local:%a} {s.landing.status}" for s in found[:3]] == [
        "first Mon planned",
        "second Tue planned",
        "second Wed dropped",
    ]


def test_the_list_comes_again_with_the_next_variants() -> None:
    found = slots(a_campaign("weekdays at 9:00", "2026-03-02", "2026-03-11"), playlist=THREE[:2])
    assert [f"{s.drill} {s.variant}" for s in found[:6]] == [
        "drill-1 a", "drill-2 a", "drill-1 b", "drill-2 b", "drill-1 a", "drill-2 a",
    ]  # fmt: skip


ZONES = st.sampled_from(
    ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC"]
)
QUIETS = (
    st.none() | st.just(NIGHT) | st.just(QuietHours.parse("12:00-13:30")) | st.just(QuietHours.parse("01:15-02:45"))
)
CRONS = st.sampled_from(
    ["30 2 * * *", "0 */3 * * *", "*/30 1-3 * * SUN", "0 14 * * TUE,THU", "15 22 * * *", "0 9 29 2 *", "0 7,22 * * *"]
)
STARTS = st.dates(date(2020, 1, 1), date(2035, 10, 1))


@given(CRONS, ZONES, QUIETS, STARTS, st.integers(0, 30), st.none() | st.integers(1, 4))
def test_every_wall_time_is_told_once_and_nothing_happens_twice_in_quiet_hours_or_over_the_limit(
    cron: str, zone: str, quiet: QuietHours | None, starts: date, days: int, per_week: int | None
) -> None:
    ends = starts + timedelta(days=days)
    campaign = a_campaign(cron, starts.isoformat(), ends.isoformat(), quiet=quiet, per_week=per_week)
    found = slots(campaign, zone)
    assert Counter(slot.landing.wall for slot in found) == Counter(campaign.cadence.walls(starts, ends))
    happening = [slot.landing for slot in found if slot.landing.happens]
    assert len({landing.at for landing in happening}) == len(happening)
    assert all(quiet is None or not quiet.cover(landing.local.time()) for landing in happening)
    assert all(starts <= landing.local.date() <= ends for landing in happening)
    # PEP 495: a moment of a repeated hour never equals one of another zone, so both are put in UTC first
    assert all(landing.at == landing.local.astimezone(UTC) for landing in happening)
    weeks = Counter(landing.local.date().isocalendar()[:2] for landing in happening)
    assert per_week is None or max(weeks.values(), default=0) <= per_week
    for landing in (slot.landing for slot in found):
        unmoved = landing.local.replace(tzinfo=None, fold=0) == landing.wall
        assert (landing.reason == "") == (landing.status is SlotStatus.PLANNED)
        assert unmoved or landing.status is not SlotStatus.PLANNED


@given(CRONS, ZONES, QUIETS, STARTS, st.integers(1, 30), st.integers(0, 29))
def test_a_part_of_the_plan_is_that_part_of_the_whole(
    cron: str, zone: str, quiet: QuietHours | None, starts: date, days: int, cut: int
) -> None:
    ends = starts + timedelta(days=days)
    campaign = a_campaign(cron, starts.isoformat(), ends.isoformat(), quiet=quiet, per_week=3)
    until = min(ends, starts + timedelta(days=cut))
    whole = [slot for slot in slots(campaign, zone) if slot.landing.wall.date() <= until]
    assert slots(campaign, zone, until.isoformat()) == whole


@given(st.permutations(["a-team", "b-team", "c-team"]))
def test_teams_of_one_moment_stand_in_the_files_order(names: list[str]) -> None:
    campaign = a_campaign(ends="2026-03-04", teams=tuple(CampaignTeam(name) for name in names))
    assert [slot.team for slot in slots(campaign)] == names


class TestOrders:
    def test_spaced_brings_a_drill_back_as_its_variant_after_a_week_and_again_after_three(self) -> None:
        playlist = tuple(Entry(f"drill-{n}", "h", ("a", "b", "c")) for n in range(1, 9))
        found = slots(a_campaign("Mon at 9:00", "2026-01-05", "2026-03-09", order=Order.SPACED), playlist=playlist)
        assert [f"{slot.drill[-1]}{slot.variant}" for slot in found] == [
            "1a", "2a", "1b", "2b", "3a", "1c", "3b", "2c", "4a", "3c",
        ]  # fmt: skip

    def test_spaced_never_brings_back_a_drill_without_another_variant_while_new_ones_are_left(self) -> None:
        playlist = tuple(Entry(f"drill-{n}", "h", ("a",)) for n in range(1, 5))
        found = slots(a_campaign("Mon at 9:00", "2026-01-05", "2026-02-02", order=Order.SPACED), playlist=playlist)
        assert [slot.drill[-1] for slot in found] == ["1", "2", "3", "4", "1"]

    def test_spaced_brings_the_only_drill_back_right_after_itself(self) -> None:
        playlist = (Entry("drill-1", "h", ("a", "b", "c")),)
        found = slots(a_campaign("Mon at 9:00", "2026-01-05", "2026-01-19", order=Order.SPACED), playlist=playlist)
        assert [slot.variant for slot in found] == ["a", "b", "c"]

    @pytest.mark.parametrize("order", list(Order))
    def test_no_order_runs_dry(self, order: Order) -> None:
        found = slots(a_campaign("daily at 9:00", "2026-01-01", "2026-12-31", order=order))
        assert len(found) == 365
        assert {slot.drill for slot in found} == {"drill-1", "drill-2", "drill-3"}


def test_a_day_of_the_calendar_that_a_zone_leaves_out_moves_to_the_next() -> None:
    """Samoa had no 30 December 2011."""
    clock = TeamClock(ZoneInfo("Pacific/Apia"))
    assert clock.instant(datetime(2011, 12, 30, 14)) == clock.instant(datetime(2011, 12, 31, 0))  # noqa: DTZ001
