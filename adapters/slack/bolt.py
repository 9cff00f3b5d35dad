"""The Bolt app: Slack's signatures and payload kinds, without Bolt's own ideas about tokens, replies and logs."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.response import BoltResponse
from typing_extensions import override

from adapters.slack.clients import quiet, web_client
from adapters.slack.sentences import NOT_INSTALLED

log = logging.getLogger(__name__)

_KNOWN = {
    "block_actions",
    "block_suggestion",
    "dialog_cancellation",
    "dialog_submission",
    "dialog_suggestion",
    "event_callback",
    "interactive_message",
    "message_action",
    "shortcut",
    "view_closed",
    "view_submission",
}


class Anybody(AsyncAuthorize):
    """Bolt need hold no token: `Clients` finds one when there is something to send."""

    @override
    async def __call__(
        self, *, context: Any, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def bolt_app(base: str, signing_secret: str = "", authorize: AsyncAuthorize | None = None) -> AsyncApp:
    """Every argument that Bolt would else read from the environment is given."""
    app = AsyncApp(
        name="readback",
        logger=quiet(),
        client=web_client(base),
        authorize=authorize or Anybody(),  # type: ignore[no-untyped-call, arg-type]  # Bolt's hint forgets None
        user_facing_authorize_error_message=NOT_INSTALLED,
        signing_secret=signing_secret,
        ignoring_self_events_enabled=False,  # `inbound` drops what bots say, ours included
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.middleware(unknown_kinds)
    app.error(crashed)
    return app


async def unknown_kinds(body: dict[str, Any], next: Any) -> BoltResponse | None:
    """A kind that Slack invents later is acknowledged, or Slack would send it again and again."""
    if "command" in body or body.get("type") in _KNOWN:
        await next()
        return None
    log.info("a payload of an unknown kind was acknowledged")
    return BoltResponse(status=200, body="")


async def crashed(error: Exception, request: AsyncBoltRequest) -> None:
    """The last resort: what a listener raises is a fault of ours. The payload stays out of the log."""
    log.error("a listener crashed on %s", request.body.get("type"), exc_info=error)
