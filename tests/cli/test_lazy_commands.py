"""A command waits for what it needs and for nothing else; help, typos and docs know them all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer._click import Context
from typer.core import TyperGroup
from typer.main import get_group
from typer.testing import CliRunner

from bot.cli import app

HEAVY = {"anthropic", "uvicorn", "starlette", "sqlalchemy", "aiohttp", "discord", "slack_sdk"}
ASKED = """
import sys
from bot.cli import app
try:
    app({words!r}, standalone_mode=False)
except SystemExit:
    pass
print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "says", "heavy"),
    [
        (["drills", "list"], "sbar-001-night-call", HEAVY),
        (["--help"], "Open the demo room", HEAVY),
        (["campaign", "--help"], "Pause a campaign", HEAVY),
        (["judge", "sbar-001-night-call", "--reply", "This is Kai.", "--judge", "embedded"], "Kai", HEAVY),
        (["demo", "--help"], "eight weeks", {"anthropic", "discord"}),
        (["run", "--help"], "SIGTERM", {"anthropic", "discord"}),
    ],
)
def test_a_command_loads_no_sdk_no_server_and_no_database_that_it_does_not_use(
    words: list[str], says: str, heavy: set[str]
) -> None:
    asked = ASKED.format(words=words, heavy=heavy)
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert says in ran.stdout
    assert ran.stderr.strip() == "[]"


def test_a_list_of_commands_says_of_each_what_it_says_of_itself() -> None:
    root = get_group(app)
    groups = [root, *(root.get_command(Context(root), name) for name in ("drills", "campaign"))]
    for group in groups:
        assert isinstance(group, TyperGroup)
        for name, later in vars(type(group))["_later"].items():
            command = group.get_command(Context(group), name)
            assert command
            assert " ".join((command.help or "").split("\n\n")[0].split()) == later.says


@pytest.mark.parametrize("command", ["demo", "run", "judge", "board", "doctor", "drills", "db"])
def test_help_names_every_command_and_each_explains_itself(command: str) -> None:
    assert f" {command} " in CliRunner().invoke(app, ["--help"]).output
    assert "Usage:" in CliRunner().invoke(app, [command, "--help"]).output


def test_preview_stands_among_the_other_verbs_of_drills() -> None:
    listed = CliRunner().invoke(app, ["drills", "--help"]).output
    assert [verb for verb in ("list", "show", "lint", "new", "schema", "preview") if f" {verb} " not in listed] == []


def test_a_typo_is_told_the_command_that_was_meant() -> None:
    assert "Did you mean 'doctor'" in CliRunner().invoke(app, ["docter"]).output
