"""When somebody with a rota may be written to: properties over zones, DST nights and any shifts there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from drills.campaign import TeamClock
from drills.rota import EDGE, REST, Leave, Rota, Shift

WINDOW = timedelta(hours=72)
ZONES = st.sampled_from(
    [
        "America/Chicago",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/St_Johns",
    ]
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis wants bounds without a zone


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    """A month of wall-clock shifts in some zone: days, evenings, nights, doubles, gaps, leave in between."""
    clock = TeamClock(ZoneInfo(draw(ZONES)))
    first = draw(st.datetimes(datetime(2024, 2, 20), datetime(2029, 11, 10)))  # noqa: DTZ001  # wall clock
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    shifts = []
    for day in draw(st.lists(st.integers(0, 30), unique=True, max_size=12)):
        wall = midnight + timedelta(days=day, minutes=draw(st.integers(0, 95)) * 15)
        begins = clock.instant(wall)
        ends = clock.instant(wall + timedelta(minutes=15 * draw(st.integers(1, 60))))
        if ends > begins:
            shifts.append(Shift(begins, ends, draw(st.booleans())))
    days = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=3))
    leaves = {clock.instant(midnight + timedelta(days=day)): length for day, length in days}
    return Rota(
        tuple(sorted({shift.begins: shift for shift in shifts}.values())),
        tuple(sorted(Leave(begins, begins + timedelta(days=length)) for begins, length in leaves.items())),
        ((clock.instant(midnight), clock.instant(midnight + timedelta(days=draw(st.integers(1, 31))))),),
    )


@st.composite
def looks(draw: st.DrawFn) -> tuple[Rota, datetime]:
    rota = replace(draw(rotas()), elsewhere=draw(st.none() | rotas()))
    known = [one.begins for one in (*rota.shifts, *rota.leaves)] + [end for _, end in rota.known]
    near = st.sampled_from(known).flatmap(
        lambda begin: st.integers(-96 * 60, 96 * 60).map(lambda minutes: begin + timedelta(minutes=minutes))
    )
    return rota, draw(near)


def allowed(rota: Rota, at: datetime) -> bool:
    """The promise, said another way than the code says it."""
    there = rota.elsewhere or Rota()
    leaves, shifts = (*rota.leaves, *there.leaves), (*rota.shifts, *there.shifts)
    if any(leave.begins <= at < leave.ends for leave in leaves):
        return False
    if any(shift.night and shift.ends <= at < shift.ends + REST for shift in shifts):
        return False
    on = [shift for shift in shifts if shift.begins <= at < shift.ends]
    if on:
        return all(shift.begins + EDGE <= at < shift.ends - EDGE for shift in on)
    return not any(begin <= at < end for begin, end in rota.known)


@given(looks())
def test_nobody_is_written_to_in_a_handover_asleep_or_on_leave(look: tuple[Rota, datetime]) -> None:
    rota, since = look
    found = rota.next_free(since, since + WINDOW)
    if found is not None:
        assert since <= found < since + WINDOW
        assert allowed(rota, found)


@given(looks())
def test_the_first_such_moment_is_found_and_none_is_missed(look: tuple[Rota, datetime]) -> None:
    rota, since = look
    found = rota.next_free(since, since + WINDOW)
    step = timedelta(minutes=15)
    until = found or since + WINDOW
    earlier = (since + step * n for n in range(int(WINDOW / step)) if since + step * n < until)
    assert not any(allowed(rota, at) for at in earlier)


@given(rotas(), MOMENTS)
def test_the_same_file_twice_changes_nothing(rota: Rota, moment: datetime) -> None:
    begin, end = moment - timedelta(days=365), moment + timedelta(days=365)
    once = Rota().replaced(rota, begin, end)
    assert (once.shifts, once.leaves) == (rota.shifts, rota.leaves)
    assert once.replaced(rota, begin, end) == once
    middle = rota.replaced(rota, moment, moment + timedelta(days=10))
    assert middle.replaced(rota, moment, moment + timedelta(days=10)) == middle


def test_a_night_over_the_spring_change_is_eleven_hours_and_ends_in_ten_hours_of_sleep() -> None:
    chicago = TeamClock(ZoneInfo("America/Chicago"))
    night = Shift(chicago.instant(datetime(2026, 3, 7, 19)), chicago.instant(datetime(2026, 3, 8, 7)), night=True)  # noqa: DTZ001  # wall clock
    again = Shift(chicago.instant(datetime(2026, 3, 8, 15)), chicago.instant(datetime(2026, 3, 8, 23)))  # noqa: DTZ001  # wall clock
    assert night.ends - night.begins == timedelta(hours=11)
    rota = Rota((night, again), (), ((chicago.instant(datetime(2026, 3, 1)), again.ends),))  # noqa: DTZ001  # wall clock
    for since, told in (("07 12:00", "07 19:30"), ("08 06:29", "08 06:29"), ("08 06:30", "08 17:00")):
        moment = chicago.instant(datetime.fromisoformat(f"2026-03-{since}"))
        found = rota.next_free(moment, moment + WINDOW)
        assert found is not None
        assert f"{chicago.wall(found):%d %H:%M}" == told


def test_days_off_between_two_shifts_are_left_alone_and_times_the_rota_does_not_know_are_not() -> None:
    day = datetime(2026, 3, 2, 7, tzinfo=UTC)
    shifts = (Shift(day, day + timedelta(hours=8)), Shift(day + timedelta(days=4), day + timedelta(days=4, hours=8)))
    rota = Rota(shifts, (), ((day - timedelta(days=1), day + timedelta(days=5)),))
    assert rota.next_free(day + timedelta(days=1), day + timedelta(days=4)) is None
    assert rota.next_free(day - timedelta(hours=1), day + WINDOW) == day + EDGE
    assert rota.next_free(day - timedelta(hours=25), day + WINDOW) == day - timedelta(hours=25)
    assert rota.silent(day + timedelta(days=5))
    assert not rota.silent(day + timedelta(days=1))
    assert not Rota(shifts).silent(day + timedelta(hours=4))


def test_a_shift_elsewhere_is_one_here_on_the_days_that_a_file_of_this_team_spoke_of() -> None:
    day = datetime(2026, 3, 2, 7, tzinfo=UTC)
    elsewhere = Rota((Shift(day, day + timedelta(hours=8)),))
    asked = Rota((), (), ((day - timedelta(days=1), day + timedelta(days=1)),), elsewhere)
    assert asked.next_free(day - timedelta(hours=2), day + WINDOW) == day + EDGE
    assert not asked.silent(day + timedelta(hours=1))
    stranger = Rota(elsewhere=elsewhere)
    assert stranger.silent(day + timedelta(hours=1)), "quiet hours of a team without a rota hold on a shift elsewhere"
    assert stranger.next_free(day, day + WINDOW) == day + EDGE


def test_leave_in_two_parts_without_a_gap_is_away_for_the_whole_window() -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC)
    parts = (Leave(day, day + timedelta(days=2)), Leave(day + timedelta(days=2), day + timedelta(days=5)))
    assert Rota(leaves=parts).away(day, day + timedelta(days=5))
    assert not Rota(leaves=parts).away(day, day + timedelta(days=5, minutes=1))
    assert not Rota(leaves=parts[1:]).away(day, day + timedelta(days=3))
    assert Rota(leaves=parts[1:], elsewhere=Rota(leaves=parts[:1])).away(day, day + timedelta(days=5))


def test_what_a_new_file_no_longer_holds_is_gone_and_what_lies_before_it_stays() -> None:
    march = datetime(2026, 3, 1, 6, tzinfo=UTC)
    hours = timedelta(hours=8)
    old = Rota(
        (Shift(march - hours, march, night=True), Shift(march + 2 * hours, march + 3 * hours)),
        (Leave(march - 20 * hours, march + 20 * hours),),
    )
    new = old.replaced(Rota((Shift(march + 5 * hours, march + 6 * hours),)), march, march + 90 * hours)
    assert new.shifts == (old.shifts[0], Shift(march + 5 * hours, march + 6 * hours))
    assert new.leaves == (Leave(march - 20 * hours, march),)
