"""The channel card moves in place: "3 of 6 answered", and the reveal when the window closes."""

from __future__ import annotations

from collections.abc import Mapping

from drills.chat.cards import Card
from drills.errors import CannotReach, OursToFix, TryLater
from drills.hold import holding
from drills.journeys.tools import OnTheTable, Tools, the_push, the_team
from drills.ports import Chat, Job, Retry, UnitOfWork
from drills.push import Push, PushState
from drills.views.channel_card import channel_card
from drills.views.hold import held_line

REFRESH = "refresh"


async def card_changed(work: UnitOfWork, push: Push) -> None:
    """Call it in the transaction that changes what the card says: a crash must not leave an old card standing."""
    await work.pushes.card_changed(push)
    await work.enqueue(Job(REFRESH, push.workspace, push.id))


async def refresh(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Draw the card from the rows as they are now. Repeating it is harmless."""
    async with tools.memory.read() as work:
        found = await the_push(work, job.workspace, job.key)
        changes = await work.pushes.card_changes(found.push)
        card = await _card(tools, work, found)
    if found.push.message is None:
        return None
    try:
        await chats[job.workspace.platform].revise(found.push.message, card)
    except TryLater as later:
        return Retry(later.retry_after)
    except CannotReach:
        pass  # the message was deleted or we were removed from the channel: nothing to keep up to date
    except OursToFix:
        await _shown(tools, found.push, changes)  # a card that a platform refuses is refused again; said once
        raise
    await _shown(tools, found.push, changes)
    return None


async def _card(tools: Tools, work: UnitOfWork, found: OnTheTable) -> Card:
    now, push = tools.clock(), found.push
    team = await the_team(work, push)
    hold = holding(await work.holds.of(team, now), now)
    return channel_card(
        found.drill,
        push,
        await work.pushes.turnout(push),
        team.tz,
        held=held_line(team, hold) if hold else None,
        pattern=await work.patterns.of(push) if push.state is PushState.CLOSED else None,
    )


async def _shown(tools: Tools, push: Push, changes: int) -> None:
    async with tools.memory.begin() as work:
        await work.pushes.card_shown(push, changes)
