"""The campaign in the educators' guide is a real one: it lints and previews to exactly what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "educators.md").read_text(encoding="utf-8")
CAMPAIGNS = PAGE[PAGE.index("## Campaigns") : PAGE.index("## Not yet")]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    found = re.search(r"```yaml\n(.*?)```", CAMPAIGNS, re.DOTALL)
    assert found is not None
    (tmp_path / "spring-fortnight.yaml").write_text(found[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "spring-fortnight.yaml"


def shown_after(command: str) -> list[str]:
    """The indented lines of the page that follow the first mention of a command."""
    lines = CAMPAIGNS[CAMPAIGNS.index(command) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    "))
    block = lines[start:]
    end = next(number for number, line in enumerate(block) if not line.startswith("    "))
    return [" ".join(line.split()) for line in block[:end]]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("`readback campaign lint", "lint FILE"),
        ("`readback campaign preview", "preview FILE --from 2027-03-11 --to 2027-03-14"),
    ],
)
def test_the_page_shows_what_the_command_prints(file: str, command: str, words: str) -> None:
    done = CliRunner().invoke(app, ["campaign", *words.replace("FILE", file).split()])
    assert done.exit_code == 0
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == shown_after(command)
