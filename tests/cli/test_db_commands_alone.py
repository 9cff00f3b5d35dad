"""`readback db` as an operator runs it: a process of its own, which imports no more than it needs."""

from __future__ import annotations

import subprocess
from pathlib import Path

from child_environment import child_environment, readback


def test_a_database_that_was_just_made_is_sound(tmp_path: Path) -> None:
    env = child_environment(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}")
    for step in ("upgrade", "check"):
        done = subprocess.run(  # noqa: S603  # our own program
            readback("db", step), env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert (step, done.returncode, done.stdout + done.stderr if done.returncode else "") == (step, 0, "")
