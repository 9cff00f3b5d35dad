"""Whatever an operator or an author mistypes, the whole program answers with a sentence and an exit code."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_OURS = ("READBACK_", "ANTHROPIC_", "SLACK_", "DISCORD_", "DATABASE_URL", "PORT")


def call(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "bot", *words],
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "environment", "code", "sentence"),
    [
        ("drills preview sbar-001-night-call --html a-file/x.html", {}, 1, "a-file/x.html can't be written"),
        ("drills preview no-such-drill", {}, 1, "no drill 'no-such-drill'"),
        ("demo --no-open --data a-file/x", {}, 1, "can't be made or written"),
        ("demo --no-open --host 0.0.0.0", {}, 2, "this machine only"),
        ("run", {"READBACK_ROOM": "1", "READBACK_HOST": "0.0.0.0"}, 2, "READBACK_HOST is 0.0.0.0"),  # noqa: S104
        ("run", {"READBACK_HOST": "192.0.2.1"}, 1, "an address of this machine as READBACK_HOST"),
        ("run nurse", {}, 2, "'nurse' is not one of"),
        ("db upgrade", {"DATABASE_URL": "sqlite+aiosqlite:///a-file/x.db"}, 1, "can't be made or written"),
        ("db check", {"DATABASE_URL": "mysql://a/b"}, 1, "DATABASE_URL is neither"),
        ("board", {"DATABASE_URL": "sqlite+aiosqlite:///empty.db"}, 1, "`readback db upgrade` makes it one"),
        ("campaign list", {"DATABASE_URL": "sqlite+aiosqlite:///empty.db"}, 1, "`readback db upgrade` makes it one"),
        ("rota show --team x", {"DATABASE_URL": "sqlite+aiosqlite:///empty.db"}, 1, "(no such table: teams)"),
        ("doctor", {"DATABASE_URL": "sqlite+aiosqlite:///a-file"}, 1, "MEND database"),
    ],
)
def test_a_wrong_call_ends_in_a_sentence(
    words: str, environment: dict[str, str], code: int, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("this is no database, and no folder either", encoding="utf-8")
    done = call(*words.split(), folder=tmp_path, **environment)
    assert done.returncode == code, done.stderr
    assert sentence in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_named_with_what_helps(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = call("run", "web", folder=tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "another --port (or PORT) helps" in done.stderr


def test_a_password_is_never_shown_with_the_address(tmp_path: Path) -> None:
    url = "postgresql+psycopg://readback:s3cret-word@127.0.0.1:1/x"
    for words in (["doctor"], ["db", "upgrade"], ["board"], ["run"]):
        done = call(*words, folder=tmp_path, DATABASE_URL=url)
        assert done.returncode == 1
        assert "Connection refused" in done.stdout + done.stderr
        assert "s3cret-word" not in done.stdout + done.stderr
