"""The state of an installation under way: signed, good for ten minutes, and good once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from typing_extensions import override

from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Clock, Memory

LIFE = timedelta(minutes=10)
SPENT = "slack-state"  # spent ones stand beside the installations until they would have expired anyway


class States(AsyncOAuthStateStore):
    """Nothing is kept of a state before it comes back, so that a visitor of the page can't fill the database."""

    def __init__(self, memory: Memory, secret: str, clock: Clock) -> None:
        self._memory = memory
        self._signed = URLSafeSerializer(secret, salt="readback.slack.install")
        self._clock = clock

    @override
    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        return str(self._signed.dumps([token_urlsafe(16), int(self._clock().timestamp())]))

    @override
    async def async_consume(self, state: str) -> bool:
        """False for one that is not ours, too old, or was here before."""
        name = self._name(state)
        if name is None:
            return False
        spent, now = Workspace(SPENT, name), self._clock()
        async with self._memory.begin() as work:
            if await work.installations.get(spent) is not None:
                return False
            for old in await work.installations.of(SPENT):
                if now - old.at > LIFE:
                    await work.installations.remove(old.workspace)
            await work.installations.save(Installation(spent, b"", now))
        return True

    def _name(self, state: str) -> str | None:
        """None when the signature or the age is wrong."""
        try:
            name, at = self._signed.loads(state)
        except BadSignature:
            return None
        age = self._clock() - datetime.fromtimestamp(at, UTC)
        return name if timedelta(seconds=-5) <= age <= LIFE else None
