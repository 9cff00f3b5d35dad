"""Trigger ids and response addresses: what a tap allows the app to do, and for how long."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from fake_slack.slack_state import Refused


@dataclass
class Trigger:
    user: str
    at: float
    used: bool = False


@dataclass
class Response:
    """Where a reply to a tap or a command may go: five times within thirty minutes."""

    user: str
    channel: str
    message: str | None
    thread: str | None = None
    left: int = 5


@dataclass
class Triggers:
    """`life_s` is Slack's three seconds; a test may shorten it."""

    life_s: float = 3.0
    _made: dict[str, Trigger] = field(default_factory=dict)

    def new(self, user: str) -> str:
        id_ = f"{len(self._made) + 1}.9000.fakefakefake"
        self._made[id_] = Trigger(user, time.monotonic())
        return id_

    def exchange(self, id_: str) -> str:
        """The user it belongs to. Raises Refused when it is unknown, too old or used before."""
        trigger = self._made.get(id_)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.at > self.life_s:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user
