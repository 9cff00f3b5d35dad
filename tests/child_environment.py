"""What a program that a test or a benchmark starts finds around it: nothing of a developer's own settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_FOREIGN = ("READBACK_", "SLACK_", "DISCORD_", "ANTHROPIC_")


def child_environment(**more: str) -> dict[str, str]:
    """This process's environment without settings and proxies, the tests' folder to import from, and `more`."""
    kept = {name: value for name, value in os.environ.items() if not _is_a_setting(name)}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "tests")]), **more}


def readback(*arguments: str) -> list[str]:
    """The command line of the program, run by this very Python."""
    return [sys.executable, "-m", "bot", *arguments]


def _is_a_setting(name: str) -> bool:
    return name.startswith(_FOREIGN) or name in {"DATABASE_URL", "PORT"} or name.lower().endswith("_proxy")
