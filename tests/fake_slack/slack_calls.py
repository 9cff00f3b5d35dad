"""One call to the Web API as it came in: JSON or a form, with nested JSON in strings, as Slack takes both."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from fake_slack.slack_state import Json, Refused, Token

_NESTED = ("blocks", "view", "metadata", "attachments")


@dataclass
class Call:
    """`answer` is what Slack said, None when the caller never heard it. `at` is monotonic, in seconds."""

    method: str
    args: Json
    token: Token | None = None
    answer: Json | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def team(self) -> str:
        return self.token.team.id if self.token else ""

    def need(self, name: str) -> Any:
        """An argument that must be there."""
        value = self.args.get(name)
        if value in (None, ""):
            raise Refused(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )
        return value

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    @property
    def caller(self) -> Token:
        assert self.token
        return self.token


async def read_args(request: web.Request) -> Json:
    """Query, form and JSON together, as Slack reads them. Raises Refused for a body that can't be read."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            args |= await request.json()
        except ValueError as bad:
            raise Refused("invalid_json") from bad
    else:
        args |= dict(await request.post())
    return {name: _decoded(name, value) for name, value in args.items()}


def _decoded(name: str, value: Any) -> Any:
    if name not in _NESTED or not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except ValueError as bad:
        raise Refused("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from bad
