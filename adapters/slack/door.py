"""The inbox as Slack's listeners reach it: with the profile where it matters, and never with an exception."""

from __future__ import annotations

import logging
from dataclasses import replace

from adapters.slack.profiles import Profiles, matters
from drills.chat.inbound import Answer, Asked, Inbound, NotTaken, Submitted, Typed
from drills.errors import ReadbackError
from drills.ports import Receive
from drills.views.notices import trouble_card

log = logging.getLogger(__name__)


class Door:
    """`receive` raises nothing: what goes wrong is a sentence for the person, and its cause is in the log."""

    def __init__(self, receive: Receive, profiles: Profiles) -> None:
        self._inbox = receive
        self._profiles = profiles

    async def receive(self, inbound: Inbound) -> Answer:
        try:
            if not isinstance(inbound, Typed) and matters(inbound):
                inbound = replace(inbound, profile=await self._profiles.of(inbound.person))
            return await self._inbox(inbound)
        except ReadbackError as trouble:
            log.warning("the inbox raised %s", type(trouble).__name__)
            return _sentence(inbound, trouble)
        except Exception:  # the edge: a person gets a sentence whatever happens behind it
            log.exception("the inbox crashed")
            return _sentence(inbound, ReadbackError())

    async def known(self, asked: Asked) -> Asked:
        """With the profile of whoever asks."""
        return replace(asked, profile=await self._profiles.of(asked.person))


def _sentence(inbound: Inbound, trouble: ReadbackError) -> Answer:
    return Answer(NotTaken(trouble.tell) if isinstance(inbound, Submitted) else trouble_card(trouble))
