"""What every memory promises of installations, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from contracts.remembered import NOW

from drills.errors import Stale
from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Memory

ONE, TWO = Workspace("slack", "T1"), Workspace("slack", "T2")
INSTALLED = Installation(ONE, b"\x00sealed\xff", NOW)


async def test_what_was_sealed_comes_back_byte_for_byte(memory: Memory) -> None:
    await _save(memory, INSTALLED)
    async with memory.read() as work:
        assert await work.installations.get(ONE) == INSTALLED
        assert await work.installations.get(TWO) is None


async def test_installing_again_takes_the_place_of_the_earlier_one(memory: Memory) -> None:
    again = replace(INSTALLED, sealed=b"newer", at=NOW + timedelta(days=1))
    await _save(memory, INSTALLED, again)
    async with memory.read() as work:
        assert list(await work.installations.of("slack")) == [again]


async def test_a_platform_has_its_own_only(memory: Memory) -> None:
    second, elsewhere = replace(INSTALLED, workspace=TWO), replace(INSTALLED, workspace=Workspace("slackish", "T1"))
    await _save(memory, second, elsewhere, INSTALLED)
    async with memory.read() as work:
        assert list(await work.installations.of("slack")) == [INSTALLED, second]
        assert await work.installations.of("discord") == []


async def test_removing_one_leaves_the_others(memory: Memory) -> None:
    second = replace(INSTALLED, workspace=TWO)
    await _save(memory, INSTALLED, second)
    async with memory.begin() as work:
        await work.installations.remove(ONE)
        await work.installations.remove(ONE)
    async with memory.read() as work:
        assert list(await work.installations.of("slack")) == [second]


async def test_of_two_that_renew_the_same_one_the_later_is_told(memory: Memory) -> None:
    await _save(memory, INSTALLED)
    first, late = replace(INSTALLED, sealed=b"first"), replace(INSTALLED, sealed=b"late")
    async with memory.begin() as work:
        await work.installations.save(first, was=INSTALLED)
    with pytest.raises(Stale):
        async with memory.begin() as work:
            await work.installations.save(late, was=INSTALLED)
    async with memory.read() as work:
        assert await work.installations.get(ONE) == first


async def test_nothing_is_renewed_once_it_was_removed(memory: Memory) -> None:
    with pytest.raises(Stale):
        async with memory.begin() as work:
            await work.installations.save(INSTALLED, was=INSTALLED)
    async with memory.read() as work:
        assert await work.installations.get(ONE) is None


def test_an_installation_does_not_show_what_is_sealed() -> None:
    assert "sealed" not in repr(INSTALLED)


async def _save(memory: Memory, *installations: Installation) -> None:
    async with memory.begin() as work:
        for installation in installations:
            await work.installations.save(installation)
