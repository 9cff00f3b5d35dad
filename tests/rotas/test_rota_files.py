"""Rotas as strangers write them: CSV and iCalendar. Bad lines are named, nothing else of an event is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rotas.calendar import read_calendar
from adapters.rotas.read import read
from drills.campaign import TeamClock
from drills.catalog.rota_file import RotaFile
from drills.catalog.rota_table import read_table
from drills.rota import Leave, Rota, Shift

CHICAGO = TeamClock(ZoneInfo("America/Chicago"))
MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
HEAD = "user,start,end,kind\n"


def at(local: str) -> datetime:
    return CHICAGO.instant(datetime.fromisoformat(f"2026-{local}"))


def table(lines: str, head: str = HEAD) -> RotaFile:
    return read_table(head + lines, "rota.csv", CHICAGO)


def calendar(*events: str, head: str = "X-WR-CALNAME:kai\n", person: str = "") -> RotaFile:
    """Events without BEGIN and END."""
    body = "".join(f"BEGIN:VEVENT\nUID:e{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    return read_calendar(f"BEGIN:VCALENDAR\n{head}{body}END:VCALENDAR\n", "kai.ics", lambda _: CHICAGO, MARCH, person)


def test_a_table_gives_everybody_their_times_in_the_teams_zone_or_with_an_offset() -> None:
    found = table(
        "kai,2026-03-03 07:00,2026-03-03 19:00,shift\n"
        "kai,2026-03-07 19:00,2026-03-08 07:00,night\n"
        "Amara Obi,2026-03-03T07:00-05:00,2026-03-03T13:00Z,\n"
        "kai,2026-03-10,2026-03-11,leave\n"
    )
    assert found.faults == ()
    assert found.people == {
        "kai": Rota(
            (Shift(at("03-03 07:00"), at("03-03 19:00")), Shift(at("03-07 19:00"), at("03-08 07:00"), night=True)),
            (Leave(at("03-10 00:00"), at("03-12 00:00")),),
        ),
        "Amara Obi": Rota((Shift(datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 3, 3, 13, tzinfo=UTC)),)),
    }
    assert found.span == (at("03-03 00:00"), at("03-11 00:00"))


def test_semicolons_a_byte_order_mark_empty_lines_and_more_columns_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "rota.csv"
    file.write_text(
        "\ufeffUser; Start ;END;ward\nkai;2026-03-03 07:00;2026-03-03 19:00;5 South\n;;;\n", encoding="utf-8"
    )
    found = read(file, CHICAGO, MARCH)
    assert (list(found.people), found.faults) == (["kai"], ())


@pytest.mark.parametrize(
    ("line", "says", "column"),
    [
        ("kai,2026-03-03 19:00,2026-03-03 07:00,shift", "It ends before it begins", 1),
        ("kai,2026-03-03,2026-03-04,shift", "`start` is a day without a time", 5),
        ("kai,tomorrow,2026-03-04 07:00,shift", "`start` is 'tomorrow'", 5),
        ("kai,2026-03-03 07:00,,shift", "`end` is ''", 1),
        ("kai,2026-03-03 07:00,2026-03-03 19:00,late", "`kind` is 'late': expected shift, night, leave", 39),
        (",2026-03-03 07:00,2026-03-03 19:00,shift", "names nobody", 1),
        ("kai,2026-03-03 07:00,2026-03-05 19:00,shift", "longer than 36 hours", 1),
        ("kai,0001-01-01 07:00,2026-03-05 19:00,shift", "The year 1 is out of reach", 1),
        ("kai,9999-12-31,9999-12-31,leave", "out of reach", 1),
        ("kai,2026-03-03 07:00,2026-03-03 19:00,shift,x", "more cells", 1),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_column(line: str, says: str, column: int) -> None:
    found = table(f"amara,2026-03-03 07:00,2026-03-03 19:00,shift\n{line}\n")
    (fault,) = found.faults
    assert str(fault).startswith(f"rota.csv:3:{column}: error: ")
    assert says in fault.message
    assert list(found.people) == ["amara"]


def test_a_first_line_may_ask_who_as_the_form_in_chat_does() -> None:
    found = table("amara,2026-03-03 07:00,2026-03-03 19:00,shift\n", head="Who,Start,End,Kind\n")
    assert (found.faults, list(found.people)) == ((), ["amara"])


def test_a_table_without_its_columns_and_a_file_that_is_no_text_say_so(tmp_path: Path) -> None:
    (fault,) = table("", head="name,from\n").faults
    assert "names no column user, start, end. It should read: user,start,end,kind" in fault.message
    (fault,) = table(" \n\n", head="").faults
    assert fault.message.startswith("This is empty. The first line reads user,start,end,kind,")
    file = tmp_path / "rota.csv"
    file.write_bytes(b"user\xff")
    assert "UTF-8" in read(file, CHICAGO, MARCH).faults[0].message


def test_a_clipboard_with_tabs_and_without_column_names_is_read() -> None:
    found = table("kai\t2026-03-03 07:00\t2026-03-03 19:00\nines\t2026-03-10\t2026-03-11\tleave\n", head="")
    assert found.faults == ()
    assert [(len(rota.shifts), len(rota.leaves)) for rota in found.people.values()] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("begins", "ends", "night"),
    [
        ("03 15:00", "03 23:30", False),
        ("03 15:00", "04 02:00", True),
        ("03 03:00", "03 12:00", True),
        ("03 06:00", "03 18:00", False),
    ],
)
def test_three_hours_of_the_night_make_a_night_shift_whatever_it_is_called(begins: str, ends: str, night: bool) -> None:
    (rota,) = table(f"kai,2026-03-{begins},2026-03-{ends},shift\n").people.values()
    assert rota.shifts[0].night is night


@given(st.text(alphabet='user,start;"\n\r\0 2026-03:T\ufeff', max_size=80))
def test_no_table_makes_the_reader_fall_over(text: str) -> None:
    read_table(text, "rota.csv", CHICAGO)
    read_table(HEAD + text, "rota.csv", CHICAGO)


def test_a_calendar_gives_its_persons_shifts_one_by_one_and_forgets_their_titles() -> None:
    found = calendar(
        "DTSTART;TZID=America/Chicago:20260306T190000\nDTEND;TZID=America/Chicago:20260307T070000\n"
        "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=America/Chicago:20260306T190000\nSUMMARY:Night, bay 4\nLOCATION:Ward 5",
        "DTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260312\nSUMMARY:Annual leave",
        "DTSTART:20260315T120000\nDURATION:PT8H",
    )
    assert found.faults == ()
    nights = tuple(Shift(at(f"03-0{day} 19:00"), at(f"03-0{day + 1} 07:00"), night=True) for day in (7, 8))
    assert nights[0].ends - nights[0].begins == timedelta(hours=11)
    day = Shift(at("03-15 12:00"), at("03-15 20:00"))
    assert found.people == {"kai": Rota((*nights, day), (Leave(at("03-10 00:00"), at("03-12 00:00")),))}
    assert "bay 4" not in repr(found)
    assert "Ward 5" not in repr(found)


def test_times_without_a_zone_are_by_each_persons_own_clock_and_others_by_theirs() -> None:
    zones = {"kai": "America/Chicago", "ines": "Asia/Manila"}
    people = "ATTENDEE:mailto:kai\nATTENDEE:mailto:ines"
    floating, zoned = "20260303T070000", "20260303T070000Z"
    for begins, hours in ((floating, {"kai": 13, "ines": -1}), (zoned, {"kai": 7, "ines": 7})):
        event = f"BEGIN:VEVENT\nUID:1\nDTSTART:{begins}\nDURATION:PT8H\n{people}\nEND:VEVENT"
        text = f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n"
        found = read_calendar(text, "both.ics", lambda who: TeamClock(ZoneInfo(zones[who])), MARCH, "")
        assert found.faults == ()
        midnight = datetime(2026, 3, 3, tzinfo=UTC)
        assert {who: rota.shifts[0].begins for who, rota in found.people.items()} == {
            who: midnight + timedelta(hours=hour) for who, hour in hours.items()
        }


def test_attendees_win_over_the_calendars_name_and_a_given_person_over_it() -> None:
    shift = "DTSTART:20260315T120000Z\nDTEND:20260315T200000Z"
    assert set(calendar(f"{shift}\nATTENDEE:mailto:kai@x.org\nATTENDEE:MAILTO:ines@x.org").people) == {
        "kai@x.org", "ines@x.org",
    }  # fmt: skip
    assert set(calendar(shift).people) == {"kai"}
    assert set(calendar(shift, person="U123").people) == {"U123"}
    (fault,) = calendar(shift, head="").faults
    assert "--person" in fault.message


@pytest.mark.parametrize("words", ["Day off", "On call", "Standby", "OFF"])
def test_what_is_no_shift_is_passed_over_with_a_word(words: str) -> None:
    found = calendar(f"DTSTART:20260315T120000Z\nDTEND:20260315T200000Z\nSUMMARY:{words}")
    assert found.people == {}
    assert [(fault.severity, fault.line) for fault in found.faults] == [("warning", 4)]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("DTSTART:banana", "`DTSTART` of this event can't be read"),
        ("SUMMARY:Night", "no beginning"),
        ("DTSTART:20260315T120000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY", "repeats within a day"),
        ("DTSTART:20260315T120000Z\nDTEND:20260320T120000Z", "longer than 36 hours"),
        ("DTSTART:20260315T120000Z\nDTSTART:20260316T120000Z", "`DTSTART` of this event is there twice"),
        ("DTSTART:00010101T120000Z\nRRULE:FREQ=DAILY", "out of reach"),
        ("DTSTART:20260315T120000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "INTERVAL"),
    ],
)
def test_a_bad_event_is_named_with_the_line_of_its_uid(event: str, says: str) -> None:
    (fault,) = calendar(event).faults
    assert (fault.severity, fault.line) == ("error", 4)
    assert says in fault.message


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR\nfoo"])
def test_a_calendar_that_is_none_says_so(text: str) -> None:
    (fault,) = read_calendar(text, "kai.ics", lambda _: CHICAGO, MARCH, "").faults
    assert "no iCalendar file" in fault.message


@pytest.mark.parametrize("words", ["RRULE:COUNT=2", "RRULE:FREQ=WEEKLY;BYDAY=MO\nX-WR-TIMEZONE:x"])
def test_a_repetition_that_means_nothing_is_a_fault(words: str) -> None:
    found = calendar(f"DTSTART:20260302T120000Z\nDURATION:PT8H\n{words}", head="X-WR-TIMEZONE:Mars/Base\n")
    assert [(fault.severity, fault.line) for fault in found.faults] == [("error", 1)]


def test_the_table_in_the_educators_guide_is_read_as_it_stands() -> None:
    page = (Path(__file__).parents[2] / "docs" / "educators.md").read_text(encoding="utf-8")
    found = read_table(page.split("```csv\n")[1].split("```")[0], "march.csv", CHICAGO)
    assert found.faults == ()
    assert [len(rota.shifts) + 2 * len(rota.leaves) for rota in found.people.values()] == [1, 1, 2]
