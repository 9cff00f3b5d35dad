"""`/drill-admin doctor`: what is missing in this server, for those who can mend it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from adapters import Finding
from drills.chat.cards import Bullets, Card, Text
from drills.chat.inbound import Asked
from drills.people import Role, Workspace
from drills.ports import Memory
from drills.views.notices import notice
from drills.views.wording import ONLY_YOU

Examine: TypeAlias = Callable[[Workspace], Awaitable[Sequence[Finding]]]

WORD = "doctor"


class Checkup:
    """`examine` asks Discord, which takes its time: call this behind an acknowledgement."""

    def __init__(self, memory: Memory, examine: Examine) -> None:
        self._memory = memory
        self._examine = examine

    async def card(self, asked: Asked) -> Card:
        """The findings, what has to be done first. For those who manage the server and for leads of any team in it."""
        if not asked.profile.admin and not await self._leads(asked):
            return notice(
                "For admins and leads",
                "Whoever manages this server or leads a team can ask for this. All else works as usual.",
            )
        return findings_card(await self._examine(asked.person.workspace))

    async def _leads(self, asked: Asked) -> bool:
        if asked.profile.role.includes(Role.LEAD):
            return True
        async with self._memory.read() as work:
            members = await work.members.teams_of(asked.person)
        return any(member.role.includes(Role.LEAD) for member in members)


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
