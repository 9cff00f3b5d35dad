"""One table: what Slack's error codes mean for us, and what an operator can do about each."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from drills.errors import CannotReach, OursToFix, ReadbackError, TryLater

RETRY_S = 10.0
_POINTER = re.compile(r"json-pointer:([\w/]+)")
_LIMITED = {"ratelimited", "rate_limited"}
_LATER = {  # seconds
    "internal_error": 10.0,
    "fatal_error": 10.0,
    "service_unavailable": 30.0,
    "request_timeout": 10.0,
    "team_added_to_org": 300.0,
    "external_channel_migrating": 300.0,
    "message_limit_exceeded": 300.0,
    "restricted_too_many": 60.0,
    "token_expired": 60.0,  # it is renewed by whoever asks for the workspace's client next
}
_INVITE = "Invite the app there: type `/invite @Readback` in that channel."
_GONE = "The app is no longer installed in that workspace; install it again to go on."
_UNREACHABLE = {
    "channel_not_found": f"The channel does not exist, or it is private and the app is not in it. {_INVITE}",
    "not_in_channel": f"The app is not in the channel. {_INVITE}",
    "is_archived": "The channel is archived. Bind the team to another one with `/drill setup`.",
    "channel_type_not_supported": "Slack lets no app write to this kind of channel.",
    "method_not_supported_for_channel_type": "Slack lets no app write to this kind of channel.",
    "restricted_action": "A workspace setting keeps apps from posting there; an admin can allow it.",
    "restricted_action_read_only_channel": "The channel is read-only for apps; an admin can allow it.",
    "restricted_action_thread_only_channel": "That channel takes threads only; bind the team to another one.",
    "restricted_action_non_threadable_channel": "That channel takes no threads.",
    "restricted_action_thread_locked": "The thread is locked.",
    "thread_not_found": "The message at the head of the thread was deleted.",
    "user_not_in_channel": "The person is not in the channel.",
    "user_not_found": "The person is not in the workspace.",
    "users_not_found": "The person is not in the workspace.",
    "user_not_visible": "The workspace keeps the app from seeing that person.",
    "user_disabled": "The person's account is closed.",
    "cannot_dm_bot": "That is an app, not a person.",
    "messages_tab_disabled": "Switch on the Messages tab under App Home in the app's settings.",
    "message_not_found": "The message was deleted.",
    "cant_update_message": "The message is not the app's own.",
    "edit_window_closed": "The workspace lets nobody change a message as old as this one.",
    "is_inactive": "The channel is frozen.",
    "ekm_access_denied": "The workspace's admins have suspended posting.",
    "access_denied": "The workspace's admins keep the app out.",
    "org_login_required": "The workspace is being moved into an organisation.",
    "team_access_not_granted": "The organisation has not granted the app that workspace.",
    "team_not_found": _GONE,
    "team_disabled": _GONE,
    "account_inactive": _GONE,
    "token_revoked": _GONE,
}
_CHECK_TOKEN = "Check SLACK_BOT_TOKEN (with many workspaces: add the app again); `readback doctor` tells more."  # noqa: S105  # a sentence
_BUG = "That is a fault in Readback: please report it with this line."
_OURS = {
    "invalid_auth": f"Slack does not know our token. {_CHECK_TOKEN}",
    "not_authed": f"No token was sent. {_CHECK_TOKEN}",
    "not_allowed_token_type": f"The token is of the wrong kind; a bot token begins with xoxb-. {_CHECK_TOKEN}",
    "no_permission": "The token lacks a permission that Slack does not name; reinstall the app from its manifest.",
    "two_factor_setup_required": "An admin must set up two-factor authentication first.",
    "app_missing_action_url": "Switch on Interactivity in the app's settings, as in our manifest.",
}


def error_of(error: BaseException, doing: str) -> ReadbackError:
    """What the error means for us, with a sentence for the operator. `doing` names the method."""
    if isinstance(error, SlackApiError):
        return _said_by_slack(error.response, doing)
    return TryLater(f"{doing}: no answer from Slack ({type(error).__name__})", retry_after=RETRY_S)


def code_of(error: BaseException | None) -> str:
    """Slack's word for it, or nothing."""
    return str(_field(error.response, "error") or "") if isinstance(error, SlackApiError) else ""


def is_limit(error: BaseException | None) -> bool:
    """Whether Slack asked us to wait, with the method and in the workspace."""
    return code_of(error) in _LIMITED or (isinstance(error, SlackApiError) and _status(error.response) == 429)


def may_have_worked(error: BaseException | None) -> bool:
    """Whether the call may have taken effect: it was on its way, and Slack has not said that it did not."""
    if error is None:  # our own pace sent it away
        return False
    if isinstance(error, SlackApiError):
        return _status(error.response) >= 500 or code_of(error) in {"internal_error", "fatal_error", "request_timeout"}
    return not isinstance(error, aiohttp.ClientConnectorError)


@asynccontextmanager
async def outgoing(doing: str) -> AsyncIterator[None]:
    """Around one call: whatever the SDK raises becomes one of ours."""
    try:
        yield
    except NETWORK as error:
        raise error_of(error, doing) from error


NETWORK = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""All that a call of the SDK raises when something is wrong on the way or over there."""


def retry_after(headers: Mapping[str, Any]) -> float:
    """Seconds, as a 429 names them."""
    found = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return max(1.0, float(found))
    except ValueError:
        return RETRY_S


def _said_by_slack(response: Any, doing: str) -> ReadbackError:
    code, status = str(_field(response, "error") or ""), _status(response)
    if code in _LIMITED or status == 429:
        return TryLater(f"{doing}: Slack asked us to wait", retry_after=retry_after(response.headers))
    if code in _LATER:
        return TryLater(f"{doing}: Slack says {code}", retry_after=_LATER[code])
    if code in _UNREACHABLE:
        return CannotReach(f"{doing}: Slack says {code}. {_UNREACHABLE[code]}")
    if code == "missing_scope":
        return OursToFix(f"{doing}: {_scope(response)}")
    if not code and (status >= 500 or status == 200):
        return TryLater(f"{doing}: Slack answered with status {status}", retry_after=RETRY_S)
    return OursToFix(f"{doing}: Slack says {code or f'status {status}'}{_details(response)}. {_OURS.get(code, _BUG)}")


def _scope(response: Any) -> str:
    needed = _field(response, "needed") or "a scope that it does not name"
    return (
        f"the app lacks the scope {needed}. Add it under OAuth & Permissions in the app's settings and reinstall the "
        "app to the workspace."
    )


def _details(response: Any) -> str:
    """Where in the body the fault is: pointers only, because what Slack says around them may quote people's words."""
    metadata = _field(response, "response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    found = _POINTER.findall(" ".join(map(str, messages))) if isinstance(messages, list) else []
    return f" at {', '.join(found[:5])}" if found else ""


def _field(response: Any, name: str) -> Any:
    data = getattr(response, "data", None)
    return data.get(name) if isinstance(data, dict) else None


def _status(response: Any) -> int:
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
