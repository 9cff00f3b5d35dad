"""kill -9 on Slack and Discord: every drill stands once in its channel. `forgetful_posting` proves it can fail."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow

import pytest
from faults.wire_killing import WIRES, Found, kill_at_the_wire

pytestmark = pytest.mark.faults


async def killed(platform: str, folder: Path, kills: int, mutation: str = "") -> Found:
    seed = randbelow(1_000_000)
    print(f"seed {seed}")  # noqa: T201  # pytest shows it when the test fails
    async with WIRES[platform]() as wire:
        return await kill_at_the_wire(wire, folder, kills=kills, seed=seed, mutation=mutation)


@pytest.mark.parametrize("platform", sorted(WIRES))
async def test_kills_leave_every_drill_once_in_its_channel(platform: str, tmp_path: Path) -> None:
    found = await killed(platform, tmp_path, kills=2)
    assert found.faults == {}
    assert found.posted >= 3  # one whose life ended while it was on its way, and those of the last life


async def test_a_program_that_posts_without_looking_first_is_found(tmp_path: Path) -> None:
    found = await killed("slack", tmp_path, kills=1, mutation="forgetful_posting")
    assert found.doubled != []
