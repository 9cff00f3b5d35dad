"""kill -9 at random moments: no acknowledged reply is lost, each is judged once, feedback is told once.

The short run of CI; `make faults` is the long one. Each mutation breaks the program in one way that the same
harness must notice: without them, nobody would know that it can fail.
"""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow

import pytest
from faults.killing import IN_FULL_SWING, SLOTS, Moments, Report, kill_often

pytestmark = pytest.mark.faults
KILLS = 6


async def killed(folder: Path, kills: int, moments: Moments, mutation: str = "", settle_s: float = 45.0) -> Report:
    """The seed is printed, so that a failure can be tried again: `make faults ARGS="--kills 6 --seed …"`."""
    seed = randbelow(1_000_000)
    print(f"seed {seed}")  # noqa: T201  # pytest shows it when the test fails
    return await kill_often(folder, kills=kills, seed=seed, moments=moments, mutation=mutation, settle_s=settle_s)


async def test_kills_lose_nothing_double_nothing_and_leave_nothing_lying(tmp_path: Path) -> None:
    report = await killed(tmp_path, KILLS, Moments())
    assert report.faults == {}
    assert report.acknowledged >= KILLS  # there was something to lose
    assert len(report.judged_twice) <= KILLS * SLOTS


async def test_without_the_boot_scan_the_harness_finds_replies_that_nobody_finishes(tmp_path: Path) -> None:
    report = await killed(tmp_path, 2, IN_FULL_SWING, "no_boot_scan", settle_s=3.0)
    assert report.findings.stuck != []
    assert report.findings.lost == []


async def test_an_early_acknowledgement_is_found_as_a_loss(tmp_path: Path) -> None:
    report = await killed(tmp_path, 2, IN_FULL_SWING, "early_acknowledgement")
    assert report.findings.lost != []


async def test_a_delivery_that_ignores_claims_is_found_as_doubled_feedback(tmp_path: Path) -> None:
    report = await killed(tmp_path, 2, IN_FULL_SWING, "careless_delivery")
    assert [one for one in report.findings.not_told_once if not one.endswith((": 0 times", ": 1 times"))] != []
    assert report.findings.lost == []
