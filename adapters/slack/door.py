"""The door with the profile where it matters: Slack's payloads do not say who administers the workspace.

https://docs.slack.dev/reference/methods/users.info
"""

from __future__ import annotations

from dataclasses import replace

from typing_extensions import override

from adapters.slack.profiles import Profiles, matters
from drills.chat.inbound import Answer, Asked, Inbound, Typed
from drills.journeys.door import Door
from drills.ports import Receive


class ProfileDoor(Door):
    """Asks Slack for the profile first."""

    def __init__(self, receive: Receive, profiles: Profiles) -> None:
        super().__init__(receive)
        self._profiles = profiles

    @override
    async def take(self, inbound: Inbound) -> Answer:
        if not isinstance(inbound, Typed) and matters(inbound):
            inbound = replace(inbound, profile=await self._profiles.of(inbound.person))
        return await super().take(inbound)

    async def known(self, asked: Asked) -> Asked:
        """With the profile of whoever asks."""
        return replace(asked, profile=await self._profiles.of(asked.person))
