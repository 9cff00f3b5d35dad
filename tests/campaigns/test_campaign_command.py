"""`readback campaign lint` and `preview`, as strangers call them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from builders import LIBRARY
from campaign_builders import FILE
from typer.testing import CliRunner, Result

from bot.cli import app

Call: TypeAlias = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "first-fortnight.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def two_drills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that loads fast."""
    folder = tmp_path_factory.mktemp("library")
    for id_ in ("sbar-001-night-call", "conf-001-held-dose"):
        shutil.copy(next(LIBRARY.glob(f"*/{id_}.yaml")), folder)
    return folder


@pytest.fixture
def call(two_drills: Path) -> Callable[..., Result]:
    def called(*words: object) -> Result:
        library = ["--library", str(two_drills)] if "--help" not in words else []
        return CliRunner().invoke(app, ["campaign", *(str(word) for word in words), *library])

    return called


def test_preview_is_a_list_of_slots_with_exactly_six_keys(call: Call, file: Path) -> None:
    done = call("preview", file, "--from", "2026-03-08", "--to", "2026-03-10", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == [
        {
            "team": "icu",
            "drill": "sbar-001-night-call",
            "local": "2026-03-10T14:00:00+01:00",
            "utc": "2026-03-10T13:00:00+00:00",
            "status": "planned",
            "reason": "",
        },
        {
            "team": "5-south",
            "drill": "sbar-001-night-call",
            "local": "2026-03-10T14:00:00-04:00",
            "utc": "2026-03-10T18:00:00+00:00",
            "status": "planned",
            "reason": "",
        },
    ]


def test_preview_says_the_same_twice_and_agrees_with_anybodys_calendar(call: Call, file: Path) -> None:
    first, second = call("preview", file, "--json"), call("preview", file, "--json")
    assert first.stdout == second.stdout
    zones = {"5-south": ZoneInfo("America/New_York"), "icu": ZoneInfo("Europe/Berlin")}
    rows = json.loads(first.stdout)
    assert len(rows) == 8
    for row in rows:
        local, utc = datetime.fromisoformat(row["local"]), datetime.fromisoformat(row["utc"])
        assert (local.hour, local.minute, local.weekday() in {1, 3}) == (14, 0, True)
        assert local.replace(tzinfo=zones[row["team"]]).astimezone(UTC) == utc == local


def test_a_table_shows_every_slot_and_counts_them(call: Call, file: Path) -> None:
    shown = call("preview", file).output
    assert "Tue 2026-03-10 14:00 -0400" in shown
    assert "sbar-001-night-call (a)" in shown
    assert "8 slots: 8 planned." in shown


def test_a_moved_and_a_dropped_slot_say_why(call: Call, file: Path) -> None:
    text = (
        FILE.replace("Tue and Thu at 14:00", "Sat and Sun at 02:30")
        + "per_week: 1\nquiet: {from: '01:00', to: '02:00'}\n"
    )
    file.write_text(text, encoding="utf-8")
    rows = json.loads(call("preview", file, "--from", "2026-03-07", "--to", "2026-03-08", "--json").stdout)
    new_york = [row for row in rows if row["team"] == "5-south"]
    assert [row["status"] for row in new_york] == ["planned", "dropped"]
    assert "clocks skip to 03:00" in new_york[1]["reason"]
    assert "The team has 1 drill in that week already (at most 1 a week)." in new_york[1]["reason"]


def test_an_open_end_shows_eight_weeks_from_the_day_that_is_asked_for(call: Call, file: Path) -> None:
    file.write_text(FILE.replace("ends: 2026-03-15\n", ""), encoding="utf-8")
    assert len(json.loads(call("preview", file, "--json").stdout)) == 2 * 16
    assert len(json.loads(call("preview", file, "--from", "2027-01-04", "--json").stdout)) == 2 * 16


def test_another_campaign_of_the_same_team_counts_for_the_week(call: Call, file: Path, tmp_path: Path) -> None:
    file.write_text(FILE + "per_week: 2\n", encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(FILE.replace("first-fortnight", "other").replace("Tue and Thu", "Mon"), encoding="utf-8")
    rows = json.loads(call("preview", file, "--with", other, "--json").stdout)
    assert {row["status"] for row in rows if row["local"][8:10] in {"05", "12"}} == {"dropped"}
    assert len(rows) == 8


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sbar-001-night-call", "sbar-001-nigt", "4:10: error: There is no drill `sbar-001-nigt`. Did you mean `sbar"),
        ("America/New_York", "America/NewYork", "6:23: error: “America/NewYork” is no time zone. Did you mean"),
        ("tz: Europe/Berlin", "tz: Berlin", "7:19: error: “Berlin” is no time zone. Did you mean Europe/Berlin?"),
        ("cadence", "cadense", "8:1: error: `cadense` is no key of a campaign file at this place. Did you mean"),
        ("Tue and Thu", "Tue and Tursday", "8:18: error: “tursday” is no day of the week. Did you mean Thursday?"),
        ('every: "Tue and Thu at 14:00"', 'cron: "0 25 * * TUE"', "8:17: error: The hour of this cron line"),
        ('{every: "Tue and Thu at 14:00"}', "{}", "8:10: error: Write one of the two: `cron` or `every`."),
        ("ends: 2026-03-15", "ends: 2026-02-30", "10:7: error: `ends`: this day is not in the calendar."),
        ("ends: 2026-03-15", "ends: 2026-01-15", "10:7: error: `ends` is before `starts`."),
        ("starts: 2026-03-02", "starts: 0001-01-01", "9:9: error: `starts`: the year must be from 2000 to 2199."),
        ("ends: 2026-03-15", "ends: tomorrow", "10:7: error: `ends` must be a day such as 2026-01-31."),
        ("{id: icu,", "{id: 5-south,", "7:10: error: `5-south` is in this list twice."),
        ("schema: 1", "schema: 2", "1:9: error: `schema` must be 1."),
        ("schema: 1", "schema: 1\nper_week: 0", "2:11: error: `per_week` must be 1 or more."),
        ("schema: 1", "schema: 1\nper_week: 2.5", "2:11: error: `per_week` must be a whole number, and this is 2.5."),
        ("schema: 1", "schema: 1\norder: random", "2:8: error: `order` must be one of: given, spaced or adaptive."),
        ("schema: 1", "schema: 1\nquiet: {from: 21:00, to: 24:30}", "2:26: error: `to` must be a time of day"),
        ("schema: 1", "schema: 1\nquiet: {from: 21:00, to: 21:00}", "2:8: error: Quiet hours that begin and end at"),
        ("[sbar-001-night-call, conf-001-held-dose]", "{kind: relay}", "4:9: error: No drill of the library fits"),
        ("[sbar-001-night-call, conf-001-held-dose]", "{knd: sbar}", "4:10: error: `knd` is no key of a campaign file"),
    ],
)  # fmt: skip
def test_lint_tells_line_and_column_and_what_was_meant(call: Call, file: Path, old: str, new: str, fault: str) -> None:
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    done = call("lint", file)
    assert done.exit_code == 1
    assert f"{file}:{fault}" in done.output
    refused = call("preview", file, "--json")
    assert refused.exit_code == 1
    assert fault in refused.stderr
    assert refused.stdout == ""


def test_lint_tells_faults_of_shape_and_of_sense_at_once(call: Call, file: Path) -> None:
    text = FILE.replace("title: First fortnight", "title: ''").replace("Tue and Thu", "Tusday")
    file.write_text(text.replace("ends: 2026-03-15", "ends: 2026-01-15") + "per_week: many\n", encoding="utf-8")
    said = call("lint", file).output
    for fault in (
        "`title` is empty",
        "Did you mean Tuesday?",
        "`ends` is before `starts`",
        "`per_week` must be a whole",
    ):
        assert fault in said
    assert "1 file: 4 errors" in said


@pytest.mark.parametrize("text", ["---\n" + FILE + "---\nid: two\n", FILE + "<<: {a: 1}\n", "\xff"])
def test_what_can_not_be_read_is_not_called_a_drill(call: Call, file: Path, text: str) -> None:
    file.write_text(text, encoding="latin-1")
    done = call("lint", file)
    assert done.exit_code == 1
    assert "error: " in done.output
    assert [said for said in ("no drill.", "drill files", "one drill.") if said in done.output] == []


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("ends: 2026-03-15", "ends: 2026-04-15", "slots, 4 drills and variants"),
        ("14:00", "23:00", "A slot at 23:00 can wake somebody"),
        ("starts:", "reminders: {max: 1, after_hours: 12}\nstarts:", "A reminder at 02:00 can wake somebody"),
        ("starts:", "reminders: {max: 2, after_hours: 5.5}\nstarts:", "A reminder at 06:30 can wake somebody"),
        ("Tue and Thu", "every day", "Up to 7 drills a week"),
        ("schema: 1", "schema: 1\nreminders: {max: 2, after_hours: 24}", "Reminder 2 would come after 72 hours"),
        (", tz: Europe/Berlin", "", "`icu` has no `tz`"),
        ("starts: 2026-03-02", "starts: 2026-03-14", "No slot falls between"),
    ],
)
def test_advice_is_told_and_fails_nothing(call: Call, file: Path, old: str, new: str, warning: str) -> None:
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    done = call("lint", file, "--json")
    assert done.exit_code == 0
    assert any(warning in fault["message"] for fault in json.loads(done.stdout)["faults"])


@pytest.mark.parametrize(
    "more",
    [
        "reminders: {max: 1, after_hours: 12}\nquiet: {from: '03:00', to: '04:00'}\n",
        "reminders: {max: 1, after_hours: 24}\n",
        "reminders: {max: 1, after_hours: 12}\nwindow_hours: 12\n",  # it never comes
        "reminders: {max: 0, after_hours: 12}\n",
    ],
)
def test_reminders_that_wake_nobody_are_no_matter_for_advice(call: Call, file: Path, more: str) -> None:
    file.write_text(FILE + more, encoding="utf-8")
    assert "can wake" not in call("lint", file).output


def test_one_team_without_quiet_hours_is_enough_for_a_reminder_that_wakes(call: Call, file: Path) -> None:
    quiet, own = "reminders: {max: 1, after_hours: 12}\n", ", quiet: {from: '21:00', to: '07:00'}}"
    file.write_text(FILE.replace("tz: Europe/Berlin}", "tz: Europe/Berlin" + own) + quiet, encoding="utf-8")
    assert "A reminder at 02:00 can wake somebody." in call("preview", file).output
    both = FILE.replace("tz: Europe/Berlin}", "tz: Europe/Berlin" + own).replace("New_York}", "New_York" + own)
    file.write_text(both + quiet, encoding="utf-8")
    assert "can wake" not in call("preview", file).output


def test_a_query_finds_drills_by_kind_difficulty_and_competency(call: Call, file: Path) -> None:
    for query, found in (
        ("{kind: [sbar, conflict]}", {"sbar-001-night-call", "conf-001-held-dose"}),
        ("{kind: conflict}", {"conf-001-held-dose"}),
        ("{difficulty: 1, competency: isbar}", {"sbar-001-night-call"}),
    ):
        file.write_text(FILE.replace("[sbar-001-night-call, conf-001-held-dose]", query), encoding="utf-8")
        assert {row["drill"] for row in json.loads(call("preview", file, "--json").stdout)} == found


def test_a_team_without_zone_takes_the_campaigns(call: Call, file: Path) -> None:
    file.write_text("tz: Asia/Kathmandu\n" + FILE.replace(", tz: Europe/Berlin", ""), encoding="utf-8")
    rows = json.loads(call("preview", file, "--json").stdout)
    assert {row["local"][-6:] for row in rows if row["team"] == "icu"} == {"+05:45"}


def test_a_preview_without_any_zone_says_what_to_add(call: Call, file: Path) -> None:
    file.write_text(FILE.replace(", tz: Europe/Berlin", ""), encoding="utf-8")
    done = call("preview", file)
    assert done.exit_code == 2
    assert "The team icu has no `tz`" in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("preview", "no-such.yaml"), "no-such.yaml is not there."),
        (("lint", "no-such.yaml"), "no-such.yaml is not there."),
        (("preview", "FILE", "--from", "2026-03-10", "--to", "2026-03-01"), "--to 2026-03-01 is before 2026-03-10."),
        (("preview", "FILE", "--from", "9999-12-31"), "9999-12-31 is out of reach: years go from 2000 to 2199."),
        (("preview", "FILE", "--from", "soon"), "“soon” is no day of the calendar. Write it as YYYY-MM-DD, such as"),
        (("preview", "FILE", "--to", "2027-13-01"), "“2027-13-01” is no day of the calendar."),
        (("preview", "FILE", "--with", "FILE"), "a campaign with the id first-fortnight is here already."),
    ],
)
def test_a_wrong_call_is_told_why(call: Call, file: Path, words: tuple[str, ...], sentence: str) -> None:
    done = call(*(file if word == "FILE" else word for word in words))
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.replace("│", " ").split())


@pytest.mark.parametrize("days", [(), ("--from", "2011-12-30", "--to", "2011-12-30")])
def test_a_slot_on_a_last_day_that_clocks_skip_is_dropped_and_not_lost(
    call: Call, file: Path, days: tuple[str]
) -> None:
    """Samoa had no 30 December 2011."""
    text = FILE.replace("America/New_York", "Pacific/Apia").replace("Tue and Thu", "Fri").replace("03-02", "12-30")
    file.write_text(text.replace("2026-03-15", "2011-12-30").replace("2026", "2011"), encoding="utf-8")
    skipped, there = json.loads(call("preview", file, *days, "--json").stdout)
    assert (there["team"], there["status"]) == ("icu", "planned")
    assert (skipped["team"], skipped["status"]) == ("5-south", "dropped")
    reason = "14:00 does not exist on 2011-12-30: clocks skip to 2011-12-31 00:00. The campaign is over by then."
    assert skipped["reason"] == reason


def test_days_without_a_slot_are_told_with_those_of_the_campaign(call: Call, file: Path) -> None:
    done = call("preview", file, "--from", "2026-04-01", "--to", "2026-04-30")
    assert (
        "None falls between 2026-04-01 and 2026-04-30; the campaign goes from 2026-03-02 to 2026-03-15." in done.output
    )


def test_slots_that_a_full_week_drops_need_no_drill(call: Call, file: Path) -> None:
    six = FILE.replace("ends: 2026-03-15", "ends: 2026-03-29")  # eight slots, four of them within `per_week`
    file.write_text(six, encoding="utf-8")
    assert "8 slots, 4 drills and variants" in call("lint", file).output
    file.write_text(six + "per_week: 1\n", encoding="utf-8")
    assert "drills and variants" not in call("lint", file).output


def test_help_teaches_the_whole_way(call: Call) -> None:
    assert "Write a file, `lint` it, look at every slot with `preview`, then `start` it." in call("--help").output
    assert "readback campaign preview my-campaign.yaml" in call("preview", "--help").output
