"""The inbox as a platform's listeners reach it: never with an exception."""

from __future__ import annotations

import logging

from drills.chat.inbound import Answer, Inbound, NotTaken, Submitted
from drills.errors import ReadbackError
from drills.ports import Receive
from drills.views.notices import trouble_card

log = logging.getLogger(__name__)


class Door:
    """`receive` raises nothing: what goes wrong is a sentence for the person, and its cause is in the log."""

    def __init__(self, receive: Receive) -> None:
        self._inbox = receive

    async def receive(self, inbound: Inbound) -> Answer:
        try:
            return await self.take(inbound)
        except ReadbackError as trouble:
            log.warning("the inbox raised %s", type(trouble).__name__)
            return _sentence(inbound, trouble)
        except Exception:  # the edge: a person gets a sentence whatever happens behind it
            log.exception("the inbox crashed")
            return _sentence(inbound, ReadbackError())

    async def take(self, inbound: Inbound) -> Answer:
        """May raise; a platform adds here what it has to ask for first."""
        return await self._inbox(inbound)


def _sentence(inbound: Inbound, trouble: ReadbackError) -> Answer:
    return Answer(NotTaken(trouble.tell) if isinstance(inbound, Submitted) else trouble_card(trouble))
