"""A campaign is the same as a form and as a file: whatever the one says, the other says too."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import LIBRARY, a_team, the_library
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.catalog import CampaignFile, read_campaign
from drills.catalog.campaign_text import data_of, faults_of_data, text_of_data
from drills.chat.cards import Field
from drills.journeys.campaign_form_read import beside, filled, id_for
from drills.views.campaign_form import Offered, basics_form, more_form, whole_form
from drills.views.campaign_form_values import shown

TODAY = date(2026, 11, 22)
NAMES = ("5-south", "1e5", "0x1f", "null", "on", "12:30", "2026-01-01", "a b: {c} # d")
TEAMS = [a_team(name) for name in NAMES]
SHIPPED = sorted((LIBRARY / "campaigns").glob("*.yaml"))
EMPTY: dict[str, Any] = {
    "schema": 1,
    "id": "round",
    "title": "",
    "drills": {},
    "teams": [],
    "cadence": {},
    "starts": "",
}

days = st.dates(date(2020, 1, 1), date(2090, 1, 1))
titles = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60)


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=1, max_size=3, unique=True)


@st.composite
def campaigns(draw: st.DrawFn) -> dict[str, Any]:
    """Data of a sound file that a form can show whole."""
    starts = draw(days)
    queries = st.fixed_dictionaries(
        {}, optional={"kind": some(st.sampled_from(["sbar", "conflict"])), "difficulty": some(st.sampled_from([1, 2]))}
    )
    ids = [file.id for file in the_library().all() if file.written.kind != "relay"]
    optional = {
        "ends": st.integers(0, 400).map(lambda more: (starts + timedelta(days=more)).isoformat()),
        "quiet": st.sampled_from([{"from": "21:00", "to": "07:00"}, {"from": "3:30", "to": "12:05"}]),
        "reminders": st.fixed_dictionaries({"max": st.integers(0, 3), "after_hours": st.sampled_from([1, 20.5, 168])}),
        "per_week": st.integers(1, 50),
        "order": st.sampled_from(["given", "spaced", "adaptive"]),
        "window_hours": st.sampled_from([1, 66.5, 336]),
        "feedback": st.just("keep"),
        "friday_reflection": st.just(True),
        "tz": st.sampled_from(["Europe/Berlin", "Asia/Kathmandu"]),
        "note": titles,
    }
    return {
        "schema": 1,
        "id": "round",
        "title": draw(titles),
        "drills": draw(st.one_of(queries, some(st.sampled_from(ids)))),
        "teams": [{"id": name, "tz": "America/Chicago"} for name in draw(some(st.sampled_from(NAMES)))],
        "cadence": draw(st.sampled_from([{"every": "Tue and Thu at 14:00"}, {"cron": "*/30 9 * * MON-FRI"}])),
        "starts": starts.isoformat(),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@settings(max_examples=25)
@given(campaigns())
def test_a_file_says_the_same_after_it_was_read_and_written(data: dict[str, Any]) -> None:
    assert data_of(text_of_data(data)) == data
    assert same(read_campaign(text_of_data(data), the_library()), data)


@settings(max_examples=25)
@given(campaigns())
def test_what_the_page_shows_makes_the_same_campaign_again(data: dict[str, Any]) -> None:
    """From nothing: all that a file can say is in the whole form."""
    values = shown_in(*whole_form(Offered("round", TEAMS, the_library()), data).fields)
    assert same(read_campaign(text_of_data(data), the_library()), filled(EMPTY, values, TEAMS, TODAY))


@given(campaigns())
def test_chat_forms_that_come_back_unchanged_change_nothing(data: dict[str, Any]) -> None:
    offered = Offered("round", TEAMS, the_library())
    once = filled(data, shown_in(*basics_form(offered, data).fields), TEAMS, TODAY)
    assert filled(once, shown_in(*more_form(offered, once).fields), TEAMS, TODAY) == data


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_shipped_campaigns_survive_the_forms(file: Path) -> None:
    data = data_of(file.read_text())
    teams = [a_team(team["id"]) for team in data["teams"]]
    new = filled(data, shown_in(*whole_form(Offered(None, teams, the_library()), data).fields), teams, TODAY)
    zones = [{**team, "tz": "America/Chicago"} for team in data["teams"]]  # the installation's
    assert same(read_campaign(text_of_data({**data, "teams": zones}), the_library()), new)


@pytest.mark.parametrize(
    ("said", "starts", "ends"),
    [
        ("2027-01-04 for 8 weeks", "2027-01-04", "2027-02-28"),
        ("2027-01-04, 1 week", "2027-01-04", "2027-01-10"),
        ("today for 2 weeks", "2026-11-22", "2026-12-05"),
        ("Tomorrow until stopped", "2026-11-23", None),
        ("2027-01-04", "2027-01-04", None),
        ("2027-01-04 to 2027-02-01", "2027-01-04", "2027-02-01"),
        ("2027-01-04 \u2013 2027-02-01", "2027-01-04", "2027-02-01"),
        ("1 March 2027 for 8 weeks", "2027-03-01", "2027-04-25"),
        ("March 1st, 2027, 8 weeks", "2027-03-01", "2027-04-25"),
        ("from 1 Mar. 2027 until 25 Apr 2027", "2027-03-01", "2027-04-25"),
        ("next Monday for 1 week", "2026-11-23", "2026-11-29"),
        ("Monday", "2026-11-23", None),
        ("Sunday", "2026-11-29", None),  # today is one
        ("next Wednesday to Tuesday", "2026-11-25", "2026-12-01"),  # the one after that Wednesday
        ("next Monday to tomorrow", "2026-11-23", "2026-11-23"),
        ("Tue 1 March 2027", "tue 1 march 2027", None),  # it is a Monday: the linter asks
        ("03/04/2027", "03/04/2027", None),  # March or April
        ("1 March", "1 march", None),  # of which year
    ],
)
def test_days_are_read_as_people_write_them(said: str, starts: str, ends: str | None) -> None:
    new = filled(EMPTY, {"when": said}, TEAMS, TODAY)
    assert (new["starts"], new["ends"]) == (starts, ends)


@given(
    days,
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.day} {0:%B %Y}", "{0:%a %d %b %Y}", "{0:%B} {0.day}, {0:%Y}", "{0:%A}, {0:%d %B %Y}"]
    ),
    st.sampled_from(["", " until stopped", " for 1 week", " for 8 weeks", " to 2 January 2090"]),
)
def test_a_day_reads_back_as_the_same_however_it_is_written(day: date, form: str, span: str) -> None:
    """The third form is how previews show it."""
    new = filled(EMPTY, {"when": form.format(day) + span}, TEAMS, TODAY)
    assert new["starts"] == day.isoformat()
    when = shown(new)["when"]
    assert filled(EMPTY, {"when": when}, TEAMS, TODAY) == new


@given(days, st.sampled_from(["{0:%A}", "next {0:%A}", "{0:%a}", "next {0:%a}."]))
def test_a_weekday_is_the_first_one_after_today(day: date, form: str) -> None:
    today = day - timedelta(days=day.day % 7 + 1)
    assert filled(EMPTY, {"when": form.format(day)}, TEAMS, today)["starts"] == day.isoformat()


@pytest.mark.parametrize(
    "said",
    ["21:00-07:00", "21:00 \u2013 07:00", "21:00 to 07:00", "21:00to7:00", "from 21:00 until 07:00", "9 pm to 7 a.m."],
)
def test_quiet_hours_are_read_as_people_write_them(said: str) -> None:
    assert filled(EMPTY, {"quiet": said}, TEAMS, TODAY)["quiet"] == {"from": "21:00", "to": "07:00"}


@given(st.times(), st.times(), st.sampled_from(["{0:%H:%M}-{1:%H:%M}", "{0:%I:%M %p} to {1:%I:%M %p}"]))
def test_quiet_hours_read_back_as_the_same(begin: time, end: time, form: str) -> None:
    new = filled(EMPTY, {"quiet": form.format(begin, end)}, TEAMS, TODAY)
    assert new["quiet"] == {"from": f"{begin:%H:%M}", "to": f"{end:%H:%M}"}
    assert filled(EMPTY, {"quiet": shown(new)["quiet"]}, TEAMS, TODAY) == new


@pytest.mark.parametrize("said", ["21-7", "21:00", "9 to 5", "25:00-07:00", "21:00-07:00-08:00", "never"])
def test_quiet_hours_that_can_be_read_in_two_ways_or_none_are_asked_for_in_one_sentence(said: str) -> None:
    new = {**filled(EMPTY, {"quiet": said}, TEAMS, TODAY), "title": "A", "starts": "2027-01-04"}
    assert beside(faults_of_data(new, the_library()))["quiet"] == "Write it like 21:00-07:00."


@given(st.dictionaries(st.sampled_from(sorted(filled.__globals__["_READ"])), st.text(max_size=40)))
def test_whatever_is_typed_gives_a_campaign_or_sentences(values: dict[str, str]) -> None:
    new = {**filled(EMPTY, values, TEAMS, TODAY), "teams": [{"id": "a", "tz": "UTC"}], "starts": "2026-01-01"}
    if not faults_of_data(new, the_library()):
        read_campaign(text_of_data(new), the_library())


def test_ids_are_short_new_and_no_words_of_our_own() -> None:
    assert id_for("Übergaben: Frühling & Sommer, zweiter Teil des Jahres", ()) == "ubergaben-fruhling-sommer-zw"
    assert id_for("Spring", {"spring", "spring-2"}) == "spring-3"
    assert id_for("now", ()) == "now-2"
    assert id_for("春", ()) == "campaign"


def same(file: CampaignFile, data: dict[str, Any]) -> bool:
    other = read_campaign(text_of_data(data), the_library())
    assert (file.campaign, file.playlist) == (other.campaign, other.playlist)
    return True


def shown_in(*fields: Field) -> dict[str, str]:
    """What comes back when nothing is touched: what is ticked and what stands in a box."""
    return {field.name: field.value or "" for field in fields}
