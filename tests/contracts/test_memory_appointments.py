"""What every memory promises of those who look after a team without being in it, on both databases."""

from __future__ import annotations

from dataclasses import replace

from contracts.remembered import NINA, WARD

from drills.people import Role
from drills.ports import Memory

OTHER = replace(WARD, id="icu", name="ICU", channel="c-icu")


async def test_the_newest_appointment_holds_until_it_is_removed(memory: Memory) -> None:
    async with memory.begin() as work:
        await work.teams.save(WARD)
        assert await work.appointments.of(WARD) == {}
        await work.appointments.save(WARD, "nina", Role.LEAD)
        await work.appointments.save(WARD, "nina", Role.EDUCATOR)
        await work.appointments.save(WARD, "omar", Role.LEAD)
    async with memory.begin() as work:
        assert await work.appointments.of(WARD) == {"nina": Role.EDUCATOR, "omar": Role.LEAD}
        await work.appointments.remove(WARD, "omar")
        await work.appointments.remove(WARD, "nobody")
    async with memory.read() as work:
        assert await work.appointments.of(WARD) == {"nina": Role.EDUCATOR}


async def test_a_person_is_forgotten_in_every_team_of_their_workspace_and_nobody_else_is(memory: Memory) -> None:
    async with memory.begin() as work:
        for team in (WARD, OTHER):
            await work.teams.save(team)
            await work.appointments.save(team, "nina", Role.LEAD)
            await work.appointments.save(team, "omar", Role.LEAD)
        await work.appointments.forget(NINA)
    async with memory.read() as work:
        assert await work.appointments.of(WARD) == await work.appointments.of(OTHER) == {"omar": Role.LEAD}
