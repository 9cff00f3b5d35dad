"""What holds for every test: the network is off but for this machine, and nothing of the environment leaks in."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("readback", deadline=None, print_blob=True)  # a busy machine is no failure
settings.load_profile("readback")

pytest_plugins = ["contracts.databases"]  # SQLite files and a PostgreSQL, one server for the whole run

_FOREIGN = ("READBACK_", "SLACK_", "DISCORD_", "ANTHROPIC_")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own tokens, proxies and databases never reach a test."""
    for name in os.environ:
        if name.startswith(_FOREIGN) or name in {"DATABASE_URL", "PORT"} or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
