"""Every text is looked at before anything else is done with it; an alarm leaves its kind and the hour, no more."""

from __future__ import annotations

from drills.chat.inbound import Submitted, Typed
from drills.journeys.tools import OnTheTable, Tools
from drills.phi import Screening, screen
from drills.ports import UnitOfWork


async def look(tools: Tools, said: Submitted | Typed, found: OnTheTable, words: str) -> Screening:
    """What the tripwire sees in the words. The caller keeps nothing of them when there is a reason not to.

    Call it outside any transaction: looking takes milliseconds for which no other writer should wait. The event's
    own key stays unused: the form goes back, and may come again under the same key.
    """
    screening = screen(words, found.drill)
    if screening.reason:
        async with tools.memory.begin() as work:
            if await _is_first_alarm(tools, work, said):
                hour = tools.clock().replace(minute=0, second=0, microsecond=0)  # a moment would point at one attempt
                await work.tripwires.note(found.push, screening.types, hour)
    return screening


async def _is_first_alarm(tools: Tools, work: UnitOfWork, said: Submitted | Typed) -> bool:
    return await work.inbox.first(said.person.workspace, f"tripwire:{said.key}", tools.clock())
