"""`/drill doctor`: what is missing in this workspace, for those who can mend it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from adapters import Finding
from drills.chat.cards import Bullets, Card, Text
from drills.chat.inbound import Asked
from drills.journeys.authority import NO_TEAM
from drills.people import Role, Workspace
from drills.ports import Memory
from drills.views.notices import notice
from drills.views.wording import ONLY_YOU

Examine: TypeAlias = Callable[[Workspace], Awaitable[Sequence[Finding]]]

WORD = "doctor"


class Checkup:
    """Both `examine` and `scopes` ask Slack, which takes its time: call this behind an acknowledgement."""

    def __init__(self, memory: Memory, examine: Examine, scopes: Examine) -> None:
        self._memory = memory
        self._examine = examine
        self._scopes = scopes

    async def card(self, asked: Asked) -> Card:
        """The findings, the ones to do first. For the workspace's admins and leads, and whoever was named one here.

        Where Slack did not say who is an admin, everybody is told of the scopes, for the lack of one may be why.
        """
        if not asked.profile.admin and not await self._leads(asked):
            if asked.profile.unknown:
                return await self._to_somebody(asked)
            return notice(
                "For admins and leads",
                "An admin of this Slack workspace or a team lead can ask for this. All else works as usual.",
            )
        card = findings_card(await self._examine(asked.person.workspace))
        return card if await self._has_team(asked) else replace(card, blocks=(Text(NO_TEAM), *card.blocks))

    async def _has_team(self, asked: Asked) -> bool:
        """True in a direct message, where no team is missed."""
        if asked.place.direct or not asked.place.channel:
            return True
        async with self._memory.read() as work:
            return await work.teams.at(asked.place) is not None

    async def _to_somebody(self, asked: Asked) -> Card:
        card = findings_card(await self._scopes(asked.person.workspace))
        rest = Text("All else that can be checked is for admins of this workspace and team leads.")
        return replace(card, blocks=(Text(asked.profile.unknown), *card.blocks, rest))

    async def _leads(self, asked: Asked) -> bool:
        async with self._memory.read() as work:
            team = await work.teams.at(asked.place)
            named = (await work.appointments.of(team)).get(asked.person.user) if team else None
            roles = [member.role for member in await work.members.teams_of(asked.person)]
        return any(role.includes(Role.LEAD) for role in (*roles, named or Role.LEARNER))


def findings_card(findings: Sequence[Finding]) -> Card:
    amiss = tuple(f"{finding.what}: {finding.says}" for finding in findings if not finding.well)
    fine = tuple(f"{finding.what}: {finding.says}" for finding in findings if finding.well)
    if not findings:
        return notice("Nothing was looked at", "There is nothing here that can be checked.")
    blocks = (Bullets(amiss, label="To do") if amiss else Text("Everything is in order."), Bullets(fine, label="Fine"))
    return Card(
        title=f"{len(amiss)} to do" if amiss else "All well",
        blocks=blocks if fine else blocks[:1],
        who_sees=ONLY_YOU,
    )


def is_doctor(asked: Asked) -> bool:
    word, _, _ = asked.words.strip().lower().partition(" ")
    return word == WORD
