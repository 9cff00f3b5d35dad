"""Cron lines and plain words, against an oracle that looks at every day of the calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drills.campaign import BadCadence, Cadence
from drills.campaign.words import cadence_of

DAY = timedelta(days=1)
DOWS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@st.composite
def fields(
    draw: st.DrawFn, low: int, high: int, names: tuple[str, ...] = (), *, star: bool = True
) -> tuple[str, set[int]]:
    """A cron field in any of its forms, with the numbers that it means."""
    number = st.integers(low, high)

    def shown(n: int) -> str:
        return names[n - low] if names and draw(st.booleans()) else str(n)

    match draw(st.sampled_from(["one", "range", "steps", "list", *(["star"] if star else [])])):
        case "star":
            step = draw(st.integers(1, 5))
            return ("*" if step == 1 else f"*/{step}"), set(range(low, high + 1, step))
        case "one":
            n = draw(number)
            return shown(n), {n}
        case "range":
            first, last = sorted((draw(number), draw(number)))
            return f"{shown(first)}-{shown(last)}", set(range(first, last + 1))
        case "steps":
            first, last = sorted((draw(number), draw(number)))
            step = draw(st.integers(1, 4))
            means = set(range(first, last + 1, step)) if first < last else set(range(first, high + 1, step))
            return f"{first}-{last}/{step}", means
        case _:
            several = draw(st.lists(number, min_size=1, max_size=3))
            return ",".join(shown(n) for n in several), set(several)


def weekday(day: date) -> int:
    """Sunday is 0, as in cron."""
    return (day.weekday() + 1) % 7


def every_day(since: date, until: date, holds: Callable[[date], bool]) -> list[date]:
    return [since + n * DAY for n in range((until - since).days + 1) if holds(since + n * DAY)]


@given(
    fields(0, 59, star=False),
    fields(0, 23),
    fields(1, 31),
    fields(1, 12, MONTHS),
    fields(0, 6, DOWS),
    st.dates(date(2020, 1, 1), date(2035, 12, 1)),
    st.integers(0, 12),
)
def test_a_cron_line_means_what_its_fields_say_on_every_day(
    minute: tuple[str, set[int]],
    hour: tuple[str, set[int]],
    dom: tuple[str, set[int]],
    month: tuple[str, set[int]],
    dow: tuple[str, set[int]],
    since: date,
    days: int,
) -> None:
    def holds(day: date) -> bool:
        """Debian's rule: both day fields must hold when one of them begins with a star, else either."""
        in_month, in_week = day.day in dom[1], weekday(day) in dow[1]
        either = not (dom[0].startswith("*") or dow[0].startswith("*"))
        return day.month in month[1] and ((in_month or in_week) if either else (in_month and in_week))

    line = " ".join(text for text, _ in (minute, hour, dom, month, dow))
    assume(min(dom[1]) < 30)  # 30 February is refused, see below
    until = since + days * DAY
    expected = [
        datetime.combine(day, time(h, m))
        for day in every_day(since, until, holds)
        for h in sorted(hour[1])
        for m in sorted(minute[1])
    ]
    assert list(Cadence.cron(line).walls(since, until)) == expected, line


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("0 9 29 2 *", lambda d: (d.month, d.day) == (2, 29)),
        ("0 9 L * *", lambda d: d.day == calendar.monthrange(d.year, d.month)[1]),
        ("0 9 * * TUE#2", lambda d: weekday(d) == 2 and 8 <= d.day <= 14),
        ("0 9 * * 5L", lambda d: weekday(d) == 5 and (d + 7 * DAY).month != d.month),
        ("0 9 * * 7", lambda d: weekday(d) == 0),
        ("0 9 13 * FRI", lambda d: d.day == 13 or weekday(d) == 5),
        ("0 9 31 * *", lambda d: d.day == 31),
    ],
)
def test_leap_days_last_days_and_nth_weekdays(line: str, holds: Callable[[date], bool]) -> None:
    since, until = date(2020, 1, 1), date(2035, 12, 31)
    assert [wall.date() for wall in Cadence.cron(line).walls(since, until)] == every_day(since, until, holds)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Tue and Thu at 14:00", "0 14 * * 2,4"),
        ("every Tuesday and Thursday at 2 pm", "0 14 * * 2,4"),
        ("Mon, Wed and Fri at 7:30", "30 7 * * 1,3,5"),
        ("weekdays at 09:00", "0 9 * * MON-FRI"),
        ("every day at noon", "0 12 * * *"),
        ("daily at 12 am", "0 0 * * *"),
        ("Mon-Thu at 8.15", "15 8 * * 1,2,3,4"),
        ("Fri to Mon at 20:00", "0 20 * * 0,1,5,6"),
        ("weekends at 10:00", "0 10 * * SAT,SUN"),
        ("first Monday of the month at 09:30", "30 9 * * 1#1"),
        ("last Fri of every month at 16:00", "0 16 * * 5L"),
        ("Tue at 12:30 a.m.", "30 0 * * TUE"),
        ("tue/thu at 2 p.m.", "0 14 * * TUE,THU"),
        ("Mon through Fri at 9 am.", "0 9 * * MON-FRI"),
        ("from Mon to Fri at 14", "0 14 * * MON-FRI"),
        ("at 14:00 on Tue", "0 14 * * TUE"),
        ("9:00 and 16:00 every weekday", "0 9,16 * * MON-FRI"),
        ("every Tue and every Thu at 14:00", "0 14 * * TUE,THU"),
        ("weekdays and Sat at 10:00", "0 10 * * MON-SAT"),
        ("fifth Monday at 9:00", "0 9 * * MON#5"),
        ("first and third Monday at 14:00", "0 14 * * MON#1,MON#3"),
        ("1st & 3rd Wed of the month at 7.30 am", "30 7 * * WED#1,WED#3"),
        ("first Monday and Tuesday at noon", "0 12 * * MON#1,TUE#1"),
        ("second Tuesday and last Friday at 14:00", "0 14 * * TUE#2,5L"),
    ],
)
def test_plain_words_mean_the_cron_line_that_a_colleague_would_write(words: str, line: str) -> None:
    since, until = date(2026, 1, 1), date(2026, 12, 31)
    assert list(cadence_of(words).walls(since, until)) == list(Cadence.cron(line).walls(since, until))


def test_days_with_times_of_their_own() -> None:
    walls = cadence_of("Mon at 08:00, Wed and Thu at 14:00 and 16:00").walls(date(2026, 3, 2), date(2026, 3, 8))
    assert [f"{wall:%a %H}" for wall in walls] == ["Mon 08", "Wed 14", "Wed 16", "Thu 14", "Thu 16"]


def test_two_times_of_day_are_two_slots() -> None:
    walls = cadence_of("Tue at 07:30 and 16:00").walls(date(2026, 3, 2), date(2026, 3, 8))
    assert [f"{wall:%a %H:%M}" for wall in walls] == ["Tue 07:30", "Tue 16:00"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Tue and Thu", "no “at”"),
        ("Tuseday at 14:00", "Did you mean Tuesday?"),
        ("Tue at 25:00", "hours go to 23"),
        ("every weekday at 9", "“9” can be two times of the day. Write 9:00 or 9 am, 21:00 or 9 pm."),
        ("Tue at 12", "Write 12:00 or noon, 0:00 or midnight."),
        ("Tue at 14h", "Write it as 14:00 or 2 pm"),
        ("Tue at 14:00 at 15:00", "“tue at 14:00 at 15:00” can't be read. Write days and times in turn"),
        ("every other Tuesday at 9:00", "every other week can't be said here"),
        ("every second Tuesday at 9:00", "every other week can't be said here"),
        ("first weekday of the month at 9:00", "“first weekday” is not clear: name the day"),
        ("first of the month at 9:00", "“first” of what"),
        ("Tue at 13 pm", "no time of day"),
        ("at 14:00", "no “at”"),
        ("Tue at ", "no “at”"),
        ("blue moon at 14:00", "no day of the week"),
    ],
)
def test_words_that_mean_nothing_are_told_why(words: str, sentence: str) -> None:
    with pytest.raises(BadCadence, match=re.escape(sentence)):
        cadence_of(words)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("0 14 * *", "five fields"),
        ("0 0 14 * * TUE", "five fields"),
        ("61 14 * * TUE", "minute of this cron line can't be “61”: it must be 0 to 59."),
        ("0 9,24 * * TUE", "hour of this cron line can't be “24”: it must be 0 to 23."),
        ("0 14 * * TUESDAY", "day of week of this cron line can't be “TUESDAY”: it must be 0 to 6, from SUN to SAT."),
        ("0 14 32 * *", "day of month of this cron line can't be “32”"),
        ("0 14 * 13 *", "month of this cron line can't be “13”"),
        ("0 14 * * TUE#6", "the number after # 1 to 5"),
        ("*/0 14 * * *", "a step after the slash 1 or more"),
        ("@daily", "five fields"),
        ("0 14 30 2 *", "No February has a day 30: nothing would ever be sent."),
        ("0 14 31 4,6 *", "No April or June has a day 31"),
        ("0 14 * * FRI-MON", "“FRI-MON”, goes backwards. Write FRI-SAT,SUN-MON."),
        ("0 14 * * FRI-SUN", "Write FRI-SAT,SUN."),
        ("0 22-2 * * *", "“22-2”, goes backwards. Write 22-23,0-2."),
    ],
)
def test_a_bad_cron_line_is_told_which_field(line: str, sentence: str) -> None:
    with pytest.raises(BadCadence, match=re.escape(sentence)):
        Cadence.cron(line)


@given(st.text(max_size=40))
def test_any_text_is_a_cadence_or_refused(text: str) -> None:
    for read in (cadence_of, Cadence.cron):
        with suppress(BadCadence):
            next(read(text).walls(date(2026, 1, 1), date(2026, 2, 1)), None)
