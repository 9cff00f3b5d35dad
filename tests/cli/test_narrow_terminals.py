"""Tables as people see them in a terminal of their own width: a real pseudo-terminal, and the command as it is."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from board_builders import NOW, uniform_team
from builders import LIBRARY
from campaign_builders import FILE

from bot.cli.board import show_board
from drills.board import board as compute
from drills.views.board import board_card

NIGHT = FILE.replace("Tue and Thu at 14:00", "Sun at 02:30").replace("icu", "intensive-care-north")


def seen(width: int, *words: object) -> list[str]:
    """What stands in a terminal of this width, line by line, without colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    call = [sys.executable, "-c", "from bot.cli import app; app()", *map(str, words)]
    plain = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    child = subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, env=plain)  # noqa: S603
    os.close(theirs)
    page = b""
    while part := _read(ours):
        page += part
    os.close(ours)
    assert child.wait(60) == 0
    return re.sub(r"\x1b\[[\d;]*m", "", page.decode()).replace("\r", "").splitlines()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that the other side is gone
        return b""


@pytest.fixture(scope="module")
def two_drills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for id_ in ("sbar-001-night-call", "conf-001-held-dose"):
        shutil.copy(next(LIBRARY.glob(f"*/{id_}.yaml")), folder)
    return folder


@pytest.mark.parametrize("width", [50, 80, 100, 120, 200])
def test_every_slot_tells_its_status_and_every_move_its_reason(tmp_path: Path, two_drills: Path, width: int) -> None:
    (tmp_path / "nights.yaml").write_text(NIGHT, encoding="utf-8")
    page = seen(width, "campaign", "preview", tmp_path / "nights.yaml", "--library", two_drills)
    assert [line for line in page if len(line) > width and "UTC found" not in line] == []
    slots = [line for line in page if re.search(r"(Sat|Sun|Mon) 2026-", line)]
    assert [line.count("planned") + line.count("moved") for line in slots] == [1, 1, 1, 1]
    told = " ".join(" ".join(page).split())
    assert told.count("02:30 does not exist on 2026-03-08: clocks skip to 03:00.") == 1
    assert told.count("intensive-care-north") == 2
    assert "UTC" in told
    assert "4 slots: 3 planned, 1 moved." in page


def test_utc_is_there_from_a_hundred_columns_on_and_where_nobody_looks_on(tmp_path: Path, two_drills: Path) -> None:
    (tmp_path / "nights.yaml").write_text(FILE, encoding="utf-8")
    words = ("campaign", "preview", tmp_path / "nights.yaml", "--library", two_drills)
    assert any("2026-03-03 19:00" in line for line in seen(100, *words))
    assert "UTC found no room here; a wider terminal or --json shows it." in seen(80, *words)


@pytest.mark.parametrize("width", [50, 80, 160])
def test_the_list_of_drills_breaks_no_word(two_drills: Path, width: int) -> None:
    page = seen(width, "drills", "list", "--library", two_drills)
    assert max(map(len, page)) <= width
    ids = [line.split()[0] for line in page if not line.startswith(" ")]
    assert ids == ["Id", "conf-001-held-dose", "sbar-001-night-call"]
    for word in ("The held dose", "pharmacist", "De-escalation", "a b", "draft"):
        assert any(word in line for line in page)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_board_cuts_no_word(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    teams = (uniform_team("north", answered=18, of=20, drills=4), uniform_team("low", answered=6, of=30, drills=4))
    show_board(board_card(compute(teams, NOW), viewer_team=None))
    page = capsys.readouterr().out
    assert max(len(line.rstrip()) for line in page.splitlines()) <= width
    for said in ("Against last month", "Ward north", "about 8 in 10", "Getting started", "not enough yet"):
        assert said in " ".join(page.split())
    assert "…" not in page
