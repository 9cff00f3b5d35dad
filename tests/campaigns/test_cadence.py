"""Cron lines and plain words, against an oracle that looks at every day of the calendar."""

from __future__ import annotations

import calendar
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
    ],
)
def test_plain_words_mean_the_cron_line_that_a_colleague_would_write(words: str, line: str) -> None:
    since, until = date(2026, 1, 1), date(2026, 12, 31)
    assert list(cadence_of(words).walls(since, until)) == list(Cadence.cron(line).walls(since, until))


def test_two_times_of_day_are_two_slots() -> None:
    walls = cadence_of("Tue at 07:30 and 16:00").walls(date(2026, 3, 2), date(2026, 3, 8))
    assert [f"{wall:%a %H:%M}" for wall in walls] == ["Tue 07:30", "Tue 16:00"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Tue and Thu", "no “at”"),
        ("Tuseday at 14:00", "Did you mean Tuesday?"),
        ("Tue at 25:00", "hours go to 23"),
        ("Tue at 14", "Write it as 14:00 or 2 pm"),
        ("Tue at 13 pm", "no time of day"),
        ("at 14:00", "no “at”"),
        ("Tue at ", "no “at”"),
        ("blue moon at 14:00", "no day of the week"),
    ],
)
def test_words_that_mean_nothing_are_told_why(words: str, sentence: str) -> None:
    with pytest.raises(BadCadence, match=sentence.replace("?", r"\?")):
        cadence_of(words)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("0 14 * *", "five fields"),
        ("0 0 14 * * TUE", "five fields"),
        ("61 14 * * TUE", "minute"),
        ("0 24 * * TUE", "hour"),
        ("0 14 * * TUESDAY", "day of week"),
        ("0 14 32 * *", "day of month"),
        ("0 14 * 13 *", "month"),
        ("@daily", "five fields"),
        ("0 14 30 2 *", "day of month"),
    ],
)
def test_a_bad_cron_line_is_told_which_field(line: str, sentence: str) -> None:
    with pytest.raises(BadCadence, match=sentence):
        Cadence.cron(line)


@given(st.text(max_size=40))
def test_any_text_is_a_cadence_or_refused(text: str) -> None:
    for read in (cadence_of, Cadence.cron):
        with suppress(BadCadence):
            next(read(text).walls(date(2026, 1, 1), date(2026, 2, 1)), None)
