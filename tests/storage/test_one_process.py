"""A SQLite file belongs to one process, and a URL that can't work is told in a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage.address import BadDatabaseUrl, parse
from storage.engines import MissingDriver
from storage.file_lock import FileInUse, FileOutOfReach
from storage.memory import open_memory
from storage.upgrade import upgrade

OPEN = """
import asyncio, sys
from storage.memory import open_memory
from drills.errors import ReadbackError

async def main():
    try:
        memory = await open_memory(sys.argv[1])
    except ReadbackError as error:
        sys.exit(str(error))
    print("open", flush=True)
    sys.stdin.read()
    await memory.close()

asyncio.run(main())
"""


def opening(url: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603  # our own code
        [sys.executable, "-c", OPEN, url],
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        cwd=Path(__file__).parents[2],
    )


async def test_a_second_process_is_told_who_has_the_file(sqlite_url: str) -> None:
    memory = await open_memory(sqlite_url)
    with opening(sqlite_url) as second:
        out, err = second.communicate(timeout=30)
    await memory.close()
    assert (second.returncode, out) == (1, "")
    assert err.startswith("another Readback process uses this file; stop it first")


def test_a_process_that_was_killed_leaves_the_file_free(sqlite_url: str) -> None:
    with opening(sqlite_url) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(FileInUse):
            upgrade(sqlite_url)
        first.kill()
        first.communicate(timeout=30)
    upgrade(sqlite_url)


async def test_the_file_is_free_again_when_the_memory_is_closed(sqlite_url: str) -> None:
    for _ in range(2):
        memory = await open_memory(sqlite_url)
        await memory.close()


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite+aiosqlite://", "sqlite:///:memory:", "no url at all"])
def test_a_url_that_keeps_no_rows_is_refused_by_the_name_of_its_setting(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="DATABASE_URL"):
        parse(url)


def test_a_url_that_is_refused_does_not_repeat_its_password() -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        parse("mysql://me:hunter2@host/name")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("url", ["postgres://me@host/name", "postgresql://me@host/name"])
def test_the_urls_that_hosts_hand_out_get_our_driver(url: str) -> None:
    assert str(parse(url)) == "postgresql+psycopg://me@host/name"


async def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingDriver, match=r"readback\[postgres\]"):
        await open_memory("postgresql+psycopg://me@host/name")


def test_sqlite_does_not_load_the_driver_of_postgres(sqlite_url: str) -> None:
    code = "import sys; from storage.upgrade import upgrade; upgrade(sys.argv[1]); print('psycopg' in sys.modules)"
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code, sqlite_url],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "False\n"


def test_the_file_with_peoples_replies_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "readback.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_place_that_takes_no_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(FileOutOfReach, match=r"a-file/readback\.db can't be made or written"):
        upgrade(f"sqlite+aiosqlite:///{tmp_path}/a-file/readback.db")
