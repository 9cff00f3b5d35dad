"""Who somebody is and whether they administer: asked of Slack where a journey depends on it, and nowhere else."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from adapters.slack.clients import Clients
from adapters.slack.errors import NETWORK, code_of
from adapters.slack.sentences import untold
from drills.chat.inbound import FOR_PROFILES, Asked, Inbound, Pressed, Profile, Submitted
from drills.errors import ReadbackError
from drills.people import PersonRef
from drills.ports import Clock

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=10)
PATIENCE_S = 1.5  # half of what Slack gives us for the whole answer
MOST = 10_000


def matters(inbound: Inbound) -> bool:
    """Whether the journey behind it asks for what Slack says of the person."""
    match inbound:
        case Pressed() | Submitted():
            return inbound.intent.verb in FOR_PROFILES
        case Asked():
            first, _, _ = inbound.words.strip().lower().partition(" ")
            return (first or "help") in FOR_PROFILES
        case _:
            return False


class Profiles:
    """Kept for ten minutes. Somebody who can't be looked up is told so where it matters, and is asked for again."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients = clients
        self._clock = clock
        self._known: dict[PersonRef, tuple[datetime, Profile]] = {}

    async def of(self, person: PersonRef) -> Profile:
        """Raises nothing."""
        at, known = self._known.get(person, (None, Profile()))
        if at is not None and self._clock() - at < FRESH:
            return known
        try:
            profile = await asyncio.wait_for(self._ask(person), PATIENCE_S)
        except (*NETWORK, ReadbackError) as trouble:
            log.warning("a profile could not be looked up: %s", type(trouble).__name__)
            return Profile(unknown=untold(code_of(trouble)))
        self._keep(person, profile)
        return profile

    async def _ask(self, person: PersonRef) -> Profile:
        client = await self._clients.of(person.workspace)
        found = (await client.users_info(user=person.user)).get("user") or {}
        admin = bool(found.get("is_admin") or found.get("is_owner"))
        name = found.get("real_name") or (found.get("profile") or {}).get("real_name") or ""
        return Profile(admin=admin, name=name, tz=found.get("tz") or None)

    def _keep(self, person: PersonRef, profile: Profile) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[person] = self._clock(), profile
