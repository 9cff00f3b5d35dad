"""The educators' guide says that its outputs are real. Each is what the command prints now; `…` stands for a gap."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from builders import LIBRARY
from typer.testing import CliRunner

from bot.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "educators.md").read_text(encoding="utf-8")
DRAFT = "sbar-101-quiet-baby.yaml"
REPLY = re.search(r'\\\n  --reply "([^"]*)"\n```', PAGE)


def block(words: str) -> str:
    """The indented block with these words in it; a blank line does not end it."""
    lines = PAGE[: PAGE.index(words)].count("\n"), PAGE.splitlines()
    first = last = lines[0]
    while lines[1][first - 1].startswith("    ") or not lines[1][first - 1]:
        first -= 1
    while last + 1 < len(lines[1]) and (lines[1][last + 1].startswith("    ") or not lines[1][last + 1]):
        last += 1
    return "\n".join(lines[1][first : last + 1])


def missing(shown: str, real: str) -> list[str]:
    """What is shown and is not there, in this order. How lines are wrapped is a matter of the terminal."""
    place, lost, printed = 0, [], " ".join(real.split())
    for part in " ".join(shown.split()).split("…"):
        found = printed.find(part.strip(), place)
        if found < 0:
            lost.append(part.strip())
        place = max(place, found)
    return lost


def printed(*words: str) -> str:
    return CliRunner().invoke(app, list(words)).stdout


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `drills new` wrote, in the current folder."""
    monkeypatch.chdir(tmp_path)
    assert missing(block("Wrote sbar-101"), printed("drills", "new", "sbar", "sbar-101-quiet-baby")) == []
    return tmp_path / DRAFT


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("ai-001-ribs    ", ("drills", "list")),
        ("· hash ", ("drills", "show", "sbar-001-night-call")),
        ("── In the channel ──", ("drills", "preview", "sbar-001-night-call")),
    ],
)
def test_the_page_shows_what_these_commands_print(words: str, command: tuple[str, ...]) -> None:
    assert missing(block(words), printed(*command)) == []


def test_the_page_shows_what_the_judge_says() -> None:
    assert REPLY is not None
    file = next(LIBRARY.glob("*/sbar-001-night-call.yaml"))
    real = printed("judge", str(file), "--reply", REPLY[1])
    assert missing(block("What worked: "), real) == []


def test_the_page_shows_how_a_first_draft_begins(draft: Path) -> None:
    assert missing(block("id: sbar-101-quiet-baby"), draft.read_text(encoding="utf-8")) == []


def test_the_page_shows_how_these_faults_are_told(draft: Path) -> None:
    """A misspelt key, a value that does not exist, a number that looks like a record number, as the page says."""
    params = "params: {hr: 116}       # {{hr}}"
    text = draft.read_text(encoding="utf-8").replace("{{hr}}", "{{bp}}").replace(params.replace("hr}}", "bp}}"), params)
    draft.write_text(text.replace("DRILL-0000", "4711-0815").replace("\nfacts:", "\nfatcs:"), encoding="utf-8")
    assert missing(block("`fatcs` is no key"), printed("drills", "lint", DRAFT)) == []


def test_the_page_shows_what_the_linter_advises(draft: Path) -> None:
    for id_ in ("conf-002-front-desk", "sbar-002-lobby-recheck"):
        shutil.copy(next(LIBRARY.glob(f"*/{id_}.yaml")), draft.parent)
    files = (DRAFT, "conf-002-front-desk.yaml", "sbar-002-lobby-recheck.yaml")
    assert missing(block("conf-002-front-desk.yaml:"), printed("drills", "lint", *files)) == []
