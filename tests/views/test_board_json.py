"""`readback board`: the same promises as the card, for a terminal and for a script; over a real SQLite file."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from board_builders import NOW, organisations, uniform_team
from hypothesis import given
from typer.testing import CliRunner, Result

from bot.cli.board import board as board_command
from bot.cli.board import document
from drills.attempt import Attempt, AttemptState
from drills.board import RULE, TeamRecord, board
from drills.catalog import SHIPPED, Library
from drills.people import Member, PersonRef, Profession, Team, Workspace
from drills.push import Eligible, Push, PushState
from storage.address import file_of, parse
from storage.file_lock import FileLock
from storage.memory import open_memory
from storage.upgrade import upgrade

ROOM = Workspace("room", "demo")


def test_the_document_holds_the_promised_keys_and_words() -> None:
    found = document(board([uniform_team("a", answered=5, of=6, drills=2), uniform_team("b", answered=4, of=4)], NOW))
    assert found == {
        "rule": " ".join(RULE.sentences()),
        "period": {"from": "2025-10-24T12:00:00+00:00", "to": "2025-11-21T12:00:00+00:00"},
        "teams": [
            {
                "team": "Ward a",
                "band": "Thriving",
                "participation": "about 9 in 10",
                "drills_completed": 10,
                "growth": "not enough yet",
                "arrow": "not enough yet",
                "demo": False,
            }
        ],
        "hidden": 1,
    }


@given(organisations())
def test_the_document_names_no_person_and_no_team_that_is_not_shown(records: tuple[TeamRecord, ...]) -> None:
    found = board(records, NOW)
    text = json.dumps(document(found))
    assert not re.search(r"user~|\bp\d+\b|\b0 in 10|10 in 10", text)
    assert not any(f"Ward {absent.team}" in text for absent in found.absent)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite+aiosqlite:///{tmp_path}/board.db"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(board_command)
    return CliRunner().invoke(app, words)


def test_rows_become_a_board_while_the_bot_holds_the_file(database: str) -> None:
    upgrade(database)
    asyncio.run(_five_people_answer_once(database))
    running_bot = FileLock.take(file_of(parse(database)))
    (team,) = json.loads(run("--json").stdout)["teams"]
    assert (team["team"], team["drills_completed"]) == ("5 South", 5)
    shown = run().stdout
    assert "5 South" in shown
    assert "How this board is made" in shown
    assert "nurse-" not in shown
    running_bot.release()


def test_another_workspace_sees_nothing_of_it(database: str) -> None:
    upgrade(database)
    asyncio.run(_five_people_answer_once(database))
    assert json.loads(run("--workspace", "slack:T1", "--json").stdout)["teams"] == []
    assert "No team is on the board yet" in run("--workspace", "slack:T1").stdout


def test_a_workspace_without_a_colon_is_refused_by_name() -> None:
    found = run("--workspace", "here")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "--workspace: 'here' is no workspace" in found.stderr


@pytest.mark.usefixtures("database")
def test_a_database_without_tables_is_said_in_a_sentence() -> None:
    found = run()
    assert found.exit_code == 1
    assert found.stderr.startswith("The board can't be read: ")
    assert "Traceback" not in found.output


async def _five_people_answer_once(url: str) -> None:
    drill = Library.load(SHIPPED).all()[0]
    opened = datetime.now(UTC) - timedelta(days=5)
    team = Team(ROOM, "5-south", "5 South", "#5-south", "UTC", on_board=True)
    push = Push(
        "push1",
        ROOM,
        team.id,
        drill.id,
        drill.hash,
        "a",
        "c",
        "s",
        PushState.POSTED,
        opened,
        opened + timedelta(days=3),
    )
    people = [PersonRef(ROOM, f"nurse-{i}") for i in range(5)]
    memory = await open_memory(url)
    try:
        async with memory.begin() as work:
            await work.teams.save(team)
            await work.drills.keep(ROOM, drill.drill(), drill.source)
            await work.pushes.add(push)
            for person in people:
                await work.members.save(Member(person, team.id, f"nurse-{person.user}", Profession.NURSE))
                replied = Attempt(
                    f"a-{person.user}", push.id, person, 1, "a", AttemptState.REPLIED, opened, ended_at=opened
                )
                await work.attempts.add(replied)
            await work.pushes.invite(push, [Eligible(push.id, person.user, Profession.NURSE) for person in people])
    finally:
        await memory.close()
