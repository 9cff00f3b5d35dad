"""The harness: start the program, let people write, kill it at a random moment, again and again; then look."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from child_environment import child_environment, readback
from faults.findings import Findings, look, settled
from faults.flaky_model import FlakyModel
from faults.learners import Learners
from faults.scene import Scene, set_up

_BOOT_S = 60.0
SLOTS = 8  # judge calls that one kill can interrupt, READBACK_JUDGE_SLOTS by default


@dataclass(frozen=True, slots=True)
class Moments:
    """When to kill: `early` is the share that falls into the start, the others come so many seconds after it."""

    early: float = 0.2
    first_s: float = 0.2
    last_s: float = 2.0


IN_FULL_SWING = Moments(early=0.0, first_s=1.2)


@dataclass(frozen=True, slots=True)
class Report:
    seed: int
    kills: int
    acknowledged: int
    reposts: int
    refused: list[str]
    findings: Findings
    judged_twice: dict[str, list[int]]
    overloaded: int
    exit_code: int
    database: str
    """What `readback db check` said; empty when it found nothing."""
    seconds: float

    @property
    def faults(self) -> dict[str, list[str]]:
        """What must not happen, with the rows it happened to. Empty: the promise holds."""
        within = [f"{reply[:10]}: lives {lives}" for reply, lives in self.judged_twice.items() if _same_life(lives)]
        too_many = [str(len(self.judged_twice))] if len(self.judged_twice) > self.kills * SLOTS else []
        more = {
            "refused to a person": self.refused,
            "judged twice although nothing was killed in between": within,
            "judged twice more often than kills explain": too_many,
            "readback db check": [self.database] if self.database else [],
            "did not stop cleanly": [str(self.exit_code)] if self.exit_code else [],
        }
        return {**self.findings.faults, **{what: which for what, which in more.items() if which}}


def _same_life(lives: list[int]) -> bool:
    return len(set(lives)) < len(lives)


@dataclass
class _Stage:
    scene: Scene
    model: FlakyModel
    learners: Learners
    chance: Random
    moments: Moments
    mutation: str
    log: Path

    async def start(self) -> Process:
        self.model.life += 1
        asked = [str(self.scene.file), self.model.url, str(self.scene.epoch), str(self.model.life), self.mutation]
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "faults.child", *asked, env=child_environment(), stdout=PIPE, stderr=log
            )

    async def until_ready(self, child: Process) -> None:
        """Raises RuntimeError with the program's last words when it ends instead."""
        assert child.stdout
        async with asyncio.timeout(_BOOT_S):
            url = (await child.stdout.readline()).decode().strip()
        if not url:
            raise RuntimeError(f"the program ended at its start: {self.log.read_text()[-2000:]}")
        self.learners.base = url

    async def kill_at_random(self) -> None:
        child = await self.start()
        if self.model.life > 1 and self.chance.random() < self.moments.early:
            await asyncio.sleep(self.chance.uniform(0.3, 1.5))
        else:
            await self.until_ready(child)
            await asyncio.sleep(self.chance.uniform(self.moments.first_s, self.moments.last_s))
        self.learners.base = None
        await _end(child, signal.SIGKILL)

    async def settle(self, within_s: float) -> int:
        """One more life, without kills or overload, until all is done; then a clean stop. Its exit code."""
        self.learners.stopping, self.model.overloaded = True, 0.0
        child = await self.start()
        await self.until_ready(child)
        end = time.monotonic() + within_s
        while time.monotonic() < end and not (self.writing.done() and settled(self.scene.file)):  # noqa: ASYNC110
            await asyncio.sleep(0.2)  # another process's rows, not an event of ours
        return await _end(child, signal.SIGTERM)

    async def play(self, kills: int, settle_s: float, progress: Callable[[int, int], None]) -> int:
        self.writing = asyncio.create_task(self.learners.write())
        try:
            for _ in range(kills):
                await self.kill_at_random()
                progress(self.model.life, len(self.learners.kept))
            return await self.settle(settle_s)
        finally:
            self.writing.cancel()
            await asyncio.wait([self.writing])


async def kill_often(
    folder: Path,
    *,
    kills: int,
    seed: int,
    moments: Moments = Moments(),
    mutation: str = "",
    settle_s: float = 45.0,
    progress: Callable[[int, int], None] = lambda _kills, _kept: None,
) -> Report:
    """`progress` is told (kills so far, replies acknowledged so far)."""
    began = time.monotonic()
    chance, others, theirs = (Random(f"{seed} {who}") for who in ("kills", "model", "learners"))  # noqa: S311  # no secret
    scene = await set_up(folder, pushes=2 + kills)
    async with FlakyModel(chance=others) as model:
        learners = Learners(scene, theirs)
        stage = _Stage(scene, model, learners, chance, moments, mutation, folder / "program.log")
        exit_code = await stage.play(kills, settle_s, progress)
    return Report(
        seed=seed,
        kills=kills,
        acknowledged=len(learners.kept),
        reposts=learners.reposts,
        refused=learners.refused,
        findings=look(scene.file, learners.kept),
        judged_twice=model.twice,
        overloaded=model.refused,
        exit_code=exit_code,
        database=await _database_check(scene.file),
        seconds=time.monotonic() - began,
    )


async def _end(child: Process, how: signal.Signals) -> int:
    """Only the process that was started here, by its own handle."""
    if child.returncode is None:
        child.send_signal(how)
    await child.communicate()
    return child.returncode or 0


async def _database_check(file: Path) -> str:
    asked = readback("db", "check", "--url", f"sqlite+aiosqlite:///{file}")
    check = await asyncio.create_subprocess_exec(*asked, env=child_environment(), stdout=PIPE, stderr=PIPE)
    out, err = await check.communicate()
    return (out + err).decode() if check.returncode else ""
