"""The adapter under test: over sockets and over HTTP, or over sockets where the way makes no difference."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_bed import Bed, slack_bed


@pytest.fixture(params=["socket", "http"])
async def bed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bed]:
    async with slack_bed(tmp_path, request.param) as made:
        yield made


@pytest.fixture
async def over_socket(tmp_path: Path) -> AsyncIterator[Bed]:
    async with slack_bed(tmp_path) as made:
        yield made
