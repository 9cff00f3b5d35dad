"""`/drill rota`: a lead pastes when people are on shift or on leave, sees what it comes to, and says yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from drills.campaign import TeamClock
from drills.catalog.rota_file import RotaFile
from drills.catalog.rota_table import read_table
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.chat.intents import UnknownIntent
from drills.errors import TellPerson
from drills.journeys.authority import must, team_here
from drills.journeys.rota import remove, take_over, told_apart
from drills.journeys.tools import Tools, is_first
from drills.judging.normal import visible
from drills.people import Role, Team
from drills.ports import UnitOfWork
from drills.rota import RotaDraft
from drills.views.rota_form import (
    MAX_CHARACTERS,
    TABLE,
    clear_card,
    cleared_card,
    draft_card,
    dropped_card,
    kept_card,
    kept_of,
    rota_form,
    rota_refused,
    taken_card,
)

_Act: TypeAlias = Callable[[Tools, Pressed], Awaitable[Answer]]

KEPT = timedelta(days=1)
"""A paste waits so long for its yes."""


class NotWaiting(TellPerson):
    tell = "This paste is not waiting any more: it was taken over, dropped or replaced. `/drill rota` shows what holds."


async def rota(tools: Tools, seen: Asked | Pressed, rest: str = "") -> Answer:
    """What is kept of this team's rota; where nothing is, and for `new`, the form. Raises NotFound and NotAllowed."""
    async with tools.memory.read() as work:
        team = await _led(work, seen)
        if rest == "new" or not await work.rotas.of(team):
            return Answer(rota_form(team))
        return Answer(await _kept(tools, work, team, kept_card))


async def paste(tools: Tools, submitted: Submitted) -> Answer:
    """Keep what the team's people have in it until somebody says yes, or hand the form back with every word."""
    written = visible(submitted.values.get(TABLE, "")).strip("\n")
    async with tools.memory.read() as work:
        team = await _led(work, submitted)
        members = await work.members.of(team)
    file = read_table(written, "rota", TeamClock(ZoneInfo(team.tz)))
    found, unknown = told_apart(file.people, members)
    if sentences := _faults(written, file, unknown, nobody=not found):
        return Answer(rota_refused(team, written, sentences))
    async with tools.memory.begin() as work:
        by, now = submitted.person.user, tools.clock()
        before = await work.rota_drafts.of(team, by)
        first = await is_first(tools, work, submitted)
        draft = RotaDraft(before.id if before and not first else tools.ids(), by, found, file.span or (now, now), now)
        await work.rota_drafts.keep(team, draft)
    return Answer(draft_card(team, draft, len(members), unknown))


async def pressed(tools: Tools, seen: Pressed) -> Answer:
    """`rota:<act>:<id>`. Raises UnknownIntent, NotWaiting, NotFound and NotAllowed."""
    act = next(iter(seen.intent.args), "show")
    if act not in _ACTS:
        raise UnknownIntent(f"rota act {act!r}")
    return await _ACTS[act](tools, seen)


async def _take(tools: Tools, seen: Pressed) -> Answer:
    async with tools.memory.begin() as work:
        team = await _led(work, seen)
        draft = await _waiting(tools, work, seen, team)
        await work.rota_drafts.drop(team, seen.person.user)
        await take_over(tools, work, team, draft.people, draft.span)
        return Answer(await _kept(tools, work, team, taken_card))


async def _drop(tools: Tools, seen: Pressed) -> Answer:
    async with tools.memory.begin() as work:
        team = await _led(work, seen)
        await _waiting(tools, work, seen, team)
        await work.rota_drafts.drop(team, seen.person.user)
    return Answer(dropped_card())


async def _ask_to_clear(tools: Tools, seen: Pressed) -> Answer:
    async with tools.memory.read() as work:
        team = await _led(work, seen)
        return Answer(clear_card(team, len(await work.rotas.of(team))))


async def _clear(tools: Tools, seen: Pressed) -> Answer:
    async with tools.memory.begin() as work:
        team = await _led(work, seen)
        if await is_first(tools, work, seen):
            await remove(tools, work, team)
    return Answer(cleared_card(team))


async def _led(work: UnitOfWork, seen: Asked | Pressed | Submitted) -> Team:
    team = await team_here(work, seen)
    await must(work, seen, team, Role.LEAD)
    return team


async def _waiting(tools: Tools, work: UnitOfWork, seen: Pressed, team: Team) -> RotaDraft:
    draft = await work.rota_drafts.of(team, seen.person.user)
    if draft is None or seen.intent.args[1:] != (draft.id,) or tools.clock() - draft.made_at > KEPT:
        raise NotWaiting("no such draft of a rota")
    return draft


async def _kept(tools: Tools, work: UnitOfWork, team: Team, card: Callable[..., Card]) -> Card:
    members = await work.members.of(team)
    return card(team, kept_of(await work.rotas.of(team), len(members), tools.clock()))


def _faults(written: str, file: RotaFile, unknown: Sequence[str], *, nobody: bool) -> list[str]:
    if len(written) >= MAX_CHARACTERS:
        return [
            f"This fills the field to its {MAX_CHARACTERS} characters, so its end may be missing. Paste it in parts."
        ]
    if file.faults:
        return [f"Line {fault.line}, column {fault.column}: {fault.message}" for fault in file.faults]
    if not file.lines:
        return ["There is no shift and no leave in it."]
    if nobody:
        who = ", ".join(unknown[:3])
        return [f"Nobody of this team is named so: {who}. Write user ids, or names as the team's chat shows them."]
    return []


_ACTS: Mapping[str, _Act] = {
    "new": lambda tools, seen: rota(tools, seen, "new"),
    "show": rota,
    "take": _take,
    "drop": _drop,
    "clear": _ask_to_clear,
    "cleared": _clear,
}
