"""Roles of a Discord server that make somebody a lead or an educator of its teams: the whole program, real SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from discord_program import DiscordProgram, discord_program
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild

from adapters.discord.inbound import ROLES

DRILL = "sbar-001-night-call"
ON_ITS_WAY, NOT_THEIRS = "On its way", "Leads and educators of this team can do that"


@dataclass
class Ward:
    house: DiscordProgram
    north: Guild
    ada: str
    channel: str

    async def says(self, words: str) -> None:
        await self.house.discord.says("drill-admin", words, self.ada, self.channel)

    async def hears(self, words: str) -> None:
        assert (await self.house.discord.soon(self.ada, words)).private


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ada, channel = north.person("Ada"), north.channel("5-west")
        for name in (*ROLES, "readback lead", "Leads of Readback lead"):
            north.role(name)
        async with discord_program(discord, tmp_path) as house:
            for command in discord.commands:  # as in Server Settings › Integrations: offered to everybody
                command["default_member_permissions"] = None
            await house.team(north, channel, ada)
            yield Ward(house, north, ada, channel)


@pytest.mark.parametrize("role", ["Readback lead", "Readback educator"])
async def test_a_role_of_the_server_makes_a_lead_for_as_long_as_somebody_has_it(ward: Ward, role: str) -> None:
    ward.north.members[ward.ada].add(ward.north.role(role))
    await ward.says(f"push {DRILL}")
    await ward.hears(ON_ITS_WAY)
    ward.north.members[ward.ada].clear()
    await ward.says("push conf-001-held-dose")
    await ward.hears(NOT_THEIRS)


@pytest.mark.parametrize("role", ["readback lead", "Leads of Readback lead"])
async def test_a_role_of_nearly_that_name_makes_nobody_anything(ward: Ward, role: str) -> None:
    ward.north.members[ward.ada].add(ward.north.role(role))
    await ward.says(f"push {DRILL}")
    await ward.hears(NOT_THEIRS)


async def test_a_charge_nurse_by_a_role_holds_drills_off_and_posts_none(ward: Ward) -> None:
    ward.north.members[ward.ada].add(ward.north.role("Readback charge nurse"))
    await ward.says(f"push {DRILL}")
    await ward.hears(NOT_THEIRS)
    await ward.says("hold 6h")
    await ward.hears("on hold until")


async def test_a_lead_by_a_role_is_no_educator_and_an_educator_names_others(ward: Ward) -> None:
    ward.north.members[ward.ada].add(ward.north.role("Readback lead"))
    await ward.says("roles")
    await ward.hears("Educators of this team can do that")
    ward.north.members[ward.ada].add(ward.north.role("Readback educator"))
    await ward.says("roles")
    assert "Roles in this team" in await ward.house.discord.modal_soon(ward.ada, "Roles in this team")


async def test_a_role_in_one_server_means_nothing_in_another(ward: Ward) -> None:
    discord = ward.house.discord
    south = discord.guild("South")
    ward.north.members[ward.ada].add(ward.north.role("Readback educator"))
    south.role("Readback educator")
    south.joins(ward.ada)
    channel = south.channel("icu")
    await ward.house.team(south, channel, ward.ada)
    await discord.says("drill-admin", f"push {DRILL}", ward.ada, channel)
    await ward.hears(NOT_THEIRS)
