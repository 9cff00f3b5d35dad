"""`readback rota import` and `show` on an installation's database, beside a running program."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from builders import a_member, a_team
from typer.testing import CliRunner, Result

from bot.cli import app
from drills.people import Workspace
from storage.memory import open_memory

Call: TypeAlias = Callable[..., Result]
HOSPITAL = Workspace("slack", "T1")
SOON = datetime.now(UTC).date() + timedelta(days=7)
TABLE = f"""\
user,start,end,kind
kai,{SOON} 07:00,{SOON} 19:00,shift
Amara,{SOON} 19:00,{SOON + timedelta(days=1)} 07:00,
kai,{SOON + timedelta(days=2)},{SOON + timedelta(days=9)},leave
zoe,{SOON} 07:00,{SOON} 19:00,shift
"""


@pytest.fixture
def call(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    asyncio.run(_save(sqlite_url))

    def called(verb: str, *words: object, team: str = "5-south") -> Result:
        named = ["rota", verb, *(str(word) for word in words), "--team", team, "--workspace", str(HOSPITAL)]
        return CliRunner().invoke(app, named)

    return called


async def _save(url: str) -> None:
    memory = await open_memory(url)
    team = a_team(workspace=HOSPITAL)
    async with memory.begin() as work:
        await work.teams.save(team)
        for user in ("kai", "amara"):
            await work.members.save(a_member(user, team))
    await memory.close()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rota.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_taken_over_and_shown_and_who_is_unknown_is_listed(call: Call, table: Path) -> None:
    done = call("import", table)
    assert done.exit_code == 0, done.output
    assert "5 South: taken over. People: 2. Shifts and leave: 3." in done.output
    assert "nothing of theirs was kept: zoe." in done.output
    shown = call("show").output.splitlines()
    assert [line.split("  ")[:2] for line in shown] == [["Amara", "night"], ["Kai", "shift"], ["Kai", "leave"]]
    assert f"{SOON} 07:00  {SOON} 19:00" in shown[1]


def test_json_says_the_same_and_the_same_file_again_changes_nothing(call: Call, table: Path) -> None:
    first, before = call("import", table, "--json"), call("show", "--json").stdout
    assert json.loads(first.stdout) == {
        "imported": True, "team": "5-south", "people": ["amara", "kai"], "times": 3, "unknown": ["zoe"], "others": [],
        "cleared": False, "faults": [],
    }  # fmt: skip
    assert json.loads(call("import", table, "--json").stdout) == json.loads(first.stdout)
    assert call("show", "--json").stdout == before
    assert {line["user"]: line["kind"] for line in json.loads(before)} == {"amara": "night", "kai": "leave"}


def test_a_bad_line_names_file_and_line_and_nothing_is_taken_over(call: Call, table: Path) -> None:
    table.write_text(f"{TABLE}kai,someday,{SOON} 19:00,shift\n", encoding="utf-8")
    done = call("import", table)
    assert done.exit_code == 1
    assert "rota.csv:6:5: error: `start` is 'someday'" in done.output
    assert "5 South has no rota" in call("show").output
    assert json.loads(call("import", table, "--json").stdout)["imported"] is False


def test_a_calendar_for_each_person_and_a_whole_teams_rota(call: Call, table: Path, tmp_path: Path) -> None:
    call("import", table)
    calendars = []
    for user in ("kai", "amara"):
        path = tmp_path / f"{user}.ics"
        day = f"{SOON + timedelta(days=1):%Y%m%d}"
        event = f"BEGIN:VEVENT\nUID:1\nDTSTART:{day}T120000Z\nDURATION:PT8H\nEND:VEVENT\n"
        path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:{user}\n{event}END:VCALENDAR\n", encoding="utf-8")
        calendars.append(path)
    assert "People: 1. Shifts and leave: 1." in call("import", calendars[0]).output
    assert "Not in the file, theirs stays as it was: Amara." in call("import", calendars[0]).output
    assert "People: 2. Shifts and leave: 2." in call("import", *calendars).output
    assert [line["kind"] for line in json.loads(call("show", "--json").stdout)] == ["shift", "shift"]
    assert "what they had in these days is gone: Amara." in call("import", calendars[0], "--everybody").output
    assert [line["user"] for line in json.loads(call("show", "--json").stdout)] == ["kai"]


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (["--from", "2026-05-02", "--to", "2026-05-01"], "--to 2026-05-01 is before 2026-05-02.", 2),
        (["--from", "2026-13-01"], "“2026-13-01” is no day of the calendar.", 2),
        (["--person", "kai"], "gone.csv can't be read", 2),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call: Call, tmp_path: Path, words: list[str], says: str, code: int) -> None:
    done = call("import", tmp_path / "gone.csv", *words)
    assert says in done.output
    assert done.exit_code == code


def test_a_team_goes_by_its_name_as_well(call: Call, table: Path) -> None:
    assert "5 South: taken over. People: 2." in call("import", table, team=" 5 south").output
    assert len(call("show", team="5 South").output.splitlines()) == 3


def test_an_empty_file_and_a_team_that_is_not_there_say_so(call: Call, table: Path) -> None:
    assert "slack:T1 has no team icu. Its teams: 5 South (5-south)." in call("import", table, team="icu").output
    table.write_text("user,start,end,kind\n", encoding="utf-8")
    done = call("import", table)
    assert (done.exit_code, "There is no time in it." in done.output) == (1, True)
