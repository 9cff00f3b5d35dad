"""Something that Slack sends to the app, and what came back for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from fake_slack.slack_state import Json


class Unheard(Exception):
    """The app did not acknowledge in time: a person sees Slack's own failure notice."""


@dataclass(frozen=True)
class Delivery:
    """One payload. `retry` counts the times it came before."""

    kind: Literal["event", "interaction", "command"]
    payload: Json
    retry: int = 0
    reason: str = ""
    within_s: float = 3.0

    def again(self, reason: str) -> Delivery:
        return replace(self, retry=self.retry + 1, reason=reason)


@dataclass(frozen=True)
class Acked:
    """`payload` is what the app said with its acknowledgement, after so many seconds."""

    delivery: Delivery
    payload: Json | None
    after_s: float
    status: int = 200
