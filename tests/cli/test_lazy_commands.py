"""A command waits for what it needs and for nothing else; help, typos and docs know them all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot.cli import app

HEAVY = {"anthropic", "uvicorn", "starlette", "sqlalchemy", "aiohttp", "discord", "slack_sdk"}
LISTING = f"""
import sys
from bot.cli import app
app(["drills", "list"], standalone_mode=False)
print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""


def test_listing_drills_loads_no_sdk_no_server_and_no_database() -> None:
    ran = subprocess.run([sys.executable, "-c", LISTING], capture_output=True, text=True, check=True)  # noqa: S603
    assert "sbar-001-night-call" in ran.stdout
    assert ran.stderr.strip() == "[]"


@pytest.mark.parametrize("command", ["demo", "run", "judge", "board", "doctor", "drills", "db"])
def test_help_names_every_command_and_each_explains_itself(command: str) -> None:
    assert f" {command} " in CliRunner().invoke(app, ["--help"]).output
    assert "Usage:" in CliRunner().invoke(app, [command, "--help"]).output


def test_preview_stands_among_the_other_verbs_of_drills() -> None:
    listed = CliRunner().invoke(app, ["drills", "--help"]).output
    assert [verb for verb in ("list", "show", "lint", "new", "schema", "preview") if f" {verb} " not in listed] == []


def test_a_typo_is_told_the_command_that_was_meant() -> None:
    assert "Did you mean 'doctor'" in CliRunner().invoke(app, ["docter"]).output
