"""kill -9 around ticks: no slot is missing, none is double. `cursor_first` proves that the harness can fail."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow

import pytest
from faults.campaign_killing import Findings, kill_ticks

pytestmark = pytest.mark.faults


async def killed(folder: Path, kills: int, mutation: str = "") -> Findings:
    seed = randbelow(1_000_000)
    print(f"seed {seed}")  # noqa: T201  # pytest shows it when the test fails
    return await kill_ticks(folder, kills=kills, seed=seed, mutation=mutation)


async def test_kills_around_ticks_miss_no_slot_and_double_none(tmp_path: Path) -> None:
    findings = await killed(tmp_path, kills=4)
    assert findings.faults == {}
    assert findings.slots >= 16  # there was something to miss
    assert findings.sent >= 16  # and to double: every slot that is not overtaken is posted


async def test_a_cursor_that_moves_before_its_slots_is_found(tmp_path: Path) -> None:
    for run in range(3):  # the moment of a kill is the machine's
        folder = tmp_path / str(run)
        folder.mkdir()
        if (await killed(folder, kills=2, mutation="cursor_first")).missing:
            return
    raise AssertionError("three runs of a broken program missed no slot")
