"""`readback campaign start, pause, resume, stop, list` on an installation's database, beside a running program."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from builders import a_drill_file, a_team
from campaign_builders import FILE
from contracts.remembered import a_push, the_drill
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.installation import NotOurs
from drills.catalog import CampaignFile
from drills.journeys.campaign_form_drafts import Shelf, keep
from drills.people import Team, Workspace
from drills.push import PushState
from storage.memory import open_memory

Call: TypeAlias = Callable[..., Result]
HOSPITAL = Workspace("slack", "T1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two drills, from today on for four weeks."""
    today = date.today()  # noqa: DTZ011  # any day will do
    text = FILE.replace("2026-03-02", str(today)).replace("2026-03-15", str(today + timedelta(days=28)))
    path = tmp_path / "first-fortnight.yaml"
    path.write_text(text.replace("  - {id: icu, tz: Europe/Berlin}\n", ""), encoding="utf-8")
    (tmp_path / "drills").mkdir()
    for id_ in ("sbar-001-night-call", "conf-001-held-dose"):
        (tmp_path / "drills" / f"{id_}.yaml").write_text(a_drill_file(id_).source, encoding="utf-8")
    return path


@pytest.fixture
def call(sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The command, on a database with 5 South in it that another process has open."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    asyncio.run(_save(sqlite_url, a_team(workspace=HOSPITAL)))

    def called(*words: object, answer: str = "") -> Result:
        library = ["--library", str(file.parent / "drills")] if words[0] == "start" else []
        named = ["campaign", *(str(word) for word in words), "--workspace", str(HOSPITAL), *library]
        return CliRunner().invoke(app, named, input=answer)

    return called


async def _save(url: str, team: Team) -> None:
    memory = await open_memory(url)
    async with memory.begin() as work:
        await work.teams.save(team)
    await memory.close()


async def _save_changes(url: str) -> None:
    """What somebody in chat would change of the campaign that runs."""
    memory = await open_memory(url)
    async with memory.begin() as work:
        started = await work.campaigns.get(HOSPITAL, "first-fortnight")
        assert started is not None
        file = CampaignFile("campaign.yaml", started.source, started.campaign, ())
        await keep(work, HOSPITAL, Shelf("first-fortnight", started, None), file)
    await memory.close()


def test_a_start_shows_what_will_happen_and_asks(call: Call, file: Path) -> None:
    done = call("start", file, answer="n\n")
    assert done.exit_code == 1
    assert "sbar-001-night-call (a)" in done.output
    assert "5 South (5-south) is in America/Chicago in this installation, and the file says America/N" in done.output
    assert "Start first-fortnight in slack:T1?" in done.output
    assert call("list").output.strip() == "None."
    assert "first-fortnight runs." in call("start", file, answer="y\n").output
    assert call("list").output.strip() == "first-fortnight  running  First fortnight"


def test_json_only_shows_without_yes(call: Call, file: Path) -> None:
    shown = json.loads(call("start", file, "--json").stdout)
    assert (shown["state"], shown["slots"][0]["team"]) == ("not started", "5-south")
    assert json.loads(call("list", "--json").stdout) == []
    assert json.loads(call("start", file, "--json", "--yes").stdout)["state"] == "running"
    assert json.loads(call("list", "--json").stdout)[0]["state"] == "running"
    again = json.loads(call("start", file, "--json").stdout)  # only shown, and it runs as it was
    assert (again["state"], again["becomes"]) == ("running", "running")
    assert "a campaign of this id is running; it goes on with what the file says now" in call("start", file).output
    call("pause", "first-fortnight", "--yes")
    assert json.loads(call("start", file, "--json").stdout)["state"] == "paused"


def test_what_is_done_at_the_command_line_stands_in_the_ledger_as_nobodys(
    call: Call, file: Path, sqlite_url: str
) -> None:
    for words in (("start", file), ("pause", "first-fortnight"), ("start", file), ("stop", "first-fortnight")):
        assert call(*words, "--yes").exit_code == 0
    call("start", file, "--json")  # only shown

    async def lines() -> list[dict[str, object]]:
        memory = await open_memory(sqlite_url)
        async with memory.read() as work:
            found = [entry.body for entry in await work.ledger.entries(HOSPITAL)]
        await memory.close()
        return found

    assert asyncio.run(lines()) == [
        {"what": "campaign", "campaign": "first-fortnight", "did": did, "by": None}
        for did in ("started", "paused", "changed", "stopped")
    ]


def test_ahead_names_what_could_not_be_posted(call: Call, file: Path, sqlite_url: str) -> None:
    call("start", file, "--yes")
    opens = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    lost = replace(a_push("p9"), workspace=HOSPITAL, team="5-south", campaign="first-fortnight", opens_at=opens)

    async def lose() -> None:
        memory = await open_memory(sqlite_url)
        async with memory.begin() as work:
            await work.drills.keep(HOSPITAL, the_drill(), "")
            await work.pushes.add(replace(lost, state=PushState.FAILED))
        await memory.close()

    asyncio.run(lose())
    said = call("ahead", "first-fortnight").output
    when = opens.astimezone(ZoneInfo("America/Chicago"))
    assert f"Could not be posted: 5 South, {when:%a %d %b %H:%M}. `readback doctor` names" in " ".join(said.split())


def test_a_start_asks_for_no_zone_that_the_installation_has(call: Call, file: Path) -> None:
    file.write_text(file.read_text().replace(", tz: America/New_York", ""), encoding="utf-8")
    done = call("start", file, "--yes")
    assert done.exit_code == 0
    assert "`tz`" not in done.output


def test_pause_resume_and_stop_say_what_they_bring(call: Call, file: Path) -> None:
    call("start", file, "--yes")
    refused = call("pause", "first-fortnight", answer="n\n")
    assert "No drill and no reminder is sent until it is resumed." in refused.output
    assert re.search(r"the next eight weeks bring [789] slots: [789] planned\.", refused.output)
    assert "5 South (5-south): first T" in refused.output
    assert "first-fortnight in slack:T1 becomes paused. Go on?" in refused.output
    assert "Nothing was changed." in refused.output
    assert json.loads(call("pause", "first-fortnight", "--json").stdout)["state"] == "running"  # only shown
    assert json.loads(call("pause", "first-fortnight", "--yes", "--json").stdout)["state"] == "paused"
    resumed = call("resume", "first-fortnight", "--yes").output
    assert "It goes on with its next slot." in resumed
    assert resumed.splitlines()[-1] == "first-fortnight is running."
    assert "for good" in call("stop", "first-fortnight", "--yes").output
    again = call("resume", "first-fortnight", "--yes")
    assert (again.exit_code, again.stderr.strip()) == (
        1,
        "The campaign first-fortnight is stopped: it can't become running.",
    )
    assert "Give this one another `id`" in call("start", file, "--yes").stderr


def test_what_is_not_there_is_named_with_what_is(call: Call, file: Path) -> None:
    assert "There is no campaign spring in slack:T1. Known: none yet." in call("pause", "spring", "--yes").stderr
    file.write_text(file.read_text().replace("5-south", "6-north"), encoding="utf-8")
    done = call("start", file, "--yes")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "slack:T1 has no team 6-north. Its teams: 5 South (5-south)."


def test_changes_that_wait_in_chat_are_no_campaign_of_their_own(call: Call, file: Path, sqlite_url: str) -> None:
    call("start", file, "--yes")
    asyncio.run(_save_changes(sqlite_url))
    assert call("list").output.strip() == "first-fortnight  running  First fortnight"
    refused = call("stop", "first-fortnight~", "--yes")
    assert (refused.exit_code, "Known: first-fortnight." in refused.stderr) == (1, True)


def test_a_team_may_be_called_by_its_name(call: Call, file: Path) -> None:
    file.write_text(file.read_text().replace("5-south", "5 south"), encoding="utf-8")
    shown = call("start", file, "--yes")
    assert shown.exit_code == 0, shown.output
    assert "5 South (5-south)  " in shown.output
    told = json.loads(call("start", file, "--json").stdout)
    assert told["teams"] == [{"id": "5-south", "name": "5 South"}]
    assert told["slots"][0]["team"] == "5-south"


@pytest.mark.parametrize("words", [("start", "FILE"), ("pause", "first-fortnight"), ("stop", "first-fortnight")])
def test_where_nobody_can_answer_nothing_changes_and_it_is_said_how(
    call: Call, file: Path, words: tuple[str, ...]
) -> None:
    call("start", file, "--yes")
    before = call("list").output
    done = call(*(file if word == "FILE" else word for word in words), answer="")
    assert done.exit_code == 1
    assert "Nothing was changed. Where nobody can answer, say --yes." in done.stderr
    assert call("list").output == before


def test_what_runs_shows_what_it_will_send(call: Call, file: Path) -> None:
    started = json.loads(call("start", file, "--yes", "--json").stdout)
    assert json.loads(call("ahead", "first-fortnight", "--json").stdout) == started["slots"]
    table = call("ahead", "first-fortnight").output
    assert "sbar-001-night-call (a)" in table
    assert table.splitlines()[-1] == "first-fortnight is running."
    call("stop", "first-fortnight", "--yes")
    assert json.loads(call("ahead", "first-fortnight", "--json").stdout) == []
    assert call("ahead", "spring").exit_code == 1


def test_a_database_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'readback.db'}")
    told = CliRunner().invoke(app, ["campaign", "list"]).exception
    assert isinstance(told, NotOurs)
    assert "`readback db upgrade` makes it one" in str(told)


def test_a_workspace_that_is_none_is_misuse(call: Call, file: Path) -> None:
    done = CliRunner().invoke(app, ["campaign", "list", "--workspace", "nonsense"])
    assert done.exit_code == 2
    assert "as in slack:T012AB" in done.stderr
