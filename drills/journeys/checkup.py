"""`/drill doctor` on a platform that has something to look at: what is missing there, for those who can mend it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from drills.chat.cards import Card, Text
from drills.chat.inbound import Asked
from drills.errors import ReadbackError
from drills.installation import Finding
from drills.journeys.authority import NO_TEAM
from drills.people import Role, Workspace
from drills.ports import Memory
from drills.views.checkup import findings_card
from drills.views.notices import notice, trouble_card

log = logging.getLogger(__name__)

Examine: TypeAlias = Callable[[Workspace], Awaitable[Sequence[Finding]]]

WORD = "doctor"


class Checkup:
    """`examine` asks the platform about one workspace, which takes its time: call this behind an acknowledgement.

    `who_may` is the platform's sentence for everybody else. `of_all` is what anybody may be told where the platform did
    not say who they are, for the reason may be among it; left out where a platform always says.
    """

    def __init__(self, memory: Memory, examine: Examine, who_may: str, of_all: Examine | None = None) -> None:
        self._memory = memory
        self._examine = examine
        self._who_may = who_may
        self._of_all = of_all

    async def card(self, asked: Asked) -> Card:
        """The findings, the ones to do first. For the workspace's admins and leads, and whoever was named one here.

        What goes wrong is a sentence: behind the acknowledgement, somebody waits.
        """
        try:
            return await self._found(asked)
        except ReadbackError as trouble:
            log.warning("the checkup raised %s", type(trouble).__name__)
            return trouble_card(trouble)

    async def _found(self, asked: Asked) -> Card:
        if asked.profile.admin or await self._leads(asked):
            card = findings_card(await self._examine(asked.person.workspace))
            return card if await self._has_team(asked) else replace(card, blocks=(Text(NO_TEAM), *card.blocks))
        if asked.profile.unknown and self._of_all:
            return await self._to_somebody(asked, self._of_all)
        return notice("For admins and leads", self._who_may)

    async def _to_somebody(self, asked: Asked, of_all: Examine) -> Card:
        card = findings_card(await of_all(asked.person.workspace))
        rest = Text("All else that can be checked is for admins of this workspace and team leads.")
        return replace(card, blocks=(Text(asked.profile.unknown), *card.blocks, rest))

    async def _has_team(self, asked: Asked) -> bool:
        """True in a direct message, where no team is missed."""
        if asked.place.direct or not asked.place.channel:
            return True
        async with self._memory.read() as work:
            return await work.teams.at(asked.place) is not None

    async def _leads(self, asked: Asked) -> bool:
        async with self._memory.read() as work:
            team = await work.teams.at(asked.place)
            named = (await work.appointments.of(team)).get(asked.person.user) if team else None
            roles = [member.role for member in await work.members.teams_of(asked.person)]
        return any(role.includes(Role.LEAD) for role in (*roles, named or Role.LEARNER, asked.profile.role))


def is_doctor(asked: Asked) -> bool:
    word, _, _ = asked.words.strip().lower().partition(" ")
    return word == WORD
