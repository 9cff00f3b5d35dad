"""The channel card moves in place: "3 of 6 answered", and the reveal when the window closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from drills.errors import CannotReach, OursToFix, Stale, TryLater
from drills.journeys.tools import Tools, the_push
from drills.ports import Chat, Job, Retry, UnitOfWork
from drills.push import Push
from drills.views.channel_card import channel_card

REFRESH = "refresh"


async def card_changed(work: UnitOfWork, push: Push) -> None:
    """Call it in the transaction that changes what the card says: a crash must not leave an old card standing."""
    await work.pushes.card_changed(push)
    await work.enqueue(Job(REFRESH, push.workspace, push.id))


async def refresh(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Draw the card from the rows as they are now. Repeating it is harmless."""
    async with tools.memory.read() as work:
        found = await the_push(work, job.workspace, job.key)
        turnout = await work.pushes.turnout(found.push)
        changes = await work.pushes.card_changes(found.push)
    if found.push.message is None:
        return None
    try:
        await chats[job.workspace.platform].revise(found.push.message, channel_card(found.drill, found.push, turnout))
    except TryLater as later:
        return Retry(later.retry_after)
    except CannotReach:
        pass  # the message was deleted or we were removed from the channel: nothing to keep up to date
    except OursToFix:
        await _shown(tools, found.push, changes)  # a card that a platform refuses is refused again; said once
        raise
    await _shown(tools, found.push, changes)
    return None


async def close_due(tools: Tools, now: datetime) -> None:
    """Close every push whose window has ended and let its card show the model answer."""
    async with tools.memory.read() as work:
        due = await work.pushes.due_to_close(now)
    for push in due:
        try:
            async with tools.memory.begin() as work:
                await work.pushes.save(push.close(), was=push.state)
                await card_changed(work, push)
        except Stale:
            continue  # another process closed it


async def _shown(tools: Tools, push: Push, changes: int) -> None:
    async with tools.memory.begin() as work:
        await work.pushes.card_shown(push, changes)
