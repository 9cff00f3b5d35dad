"""One table: what Discord's errors mean for us, and what an operator can do about each.

https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord

from drills.errors import CannotReach, OursToFix, ReadbackError, TryLater

RETRY_S = 10.0
_POINTER = re.compile(r"^In ([\w.]+):", re.MULTILINE)

_SETTINGS = "Server Settings › Roles, or the channel's own permissions"
UNREACHABLE = {
    10003: "The channel does not exist any more. Bind the team to another one with `/drill-admin setup`.",
    10004: "The app is not in that server any more; add it again to go on.",
    10008: "The message was deleted.",
    10013: "There is no such person.",
    10015: "The right to answer that tap has run out.",
    10062: "Discord gives three seconds for a tap's first answer, and they were over. The person can press again.",
    40060: "That tap was answered already.",
    50001: f"The app does not see that channel: give it View Channel there ({_SETTINGS}).",
    50005: "The message is not the app's own.",
    50007: "The person takes no direct messages from this server.",
    50008: "That channel takes no messages.",
    50013: "The app lacks a permission there: `readback doctor` and `/drill-admin doctor` name it.",
    50024: "That kind of channel takes no messages.",
    50027: "The right to answer that tap has run out.",
    50083: "The thread is archived.",
    50278: "The person is in no server that has the app.",
    160005: "The thread is locked.",
    160006: "The server has as many active threads as Discord allows.",
}
CLOSED_DMS, NO_SERVER_IN_COMMON = 50007, 50278
NOT_YET = 10015
"""Of a right to answer that is young: Discord has not got the first answer yet."""
MAY_NOT = 50013
"""To a message that would do without its picture: the app lacks Attach Files there."""
_LATER = {20016: 60.0, 20022: 10.0, 20028: 10.0, 40062: 10.0, 130000: 30.0, 110000: 60.0}  # seconds
_CHECK_TOKEN = "Check DISCORD_TOKEN, then run `readback doctor`."  # noqa: S105  # a sentence
_OURS = {
    40001: f"Discord does not know our token. {_CHECK_TOKEN}",
    50014: f"Discord does not know our token. {_CHECK_TOKEN}",
    40002: "The bot's owner must verify their Discord account first.",
}
_BUG = "That is a fault in Readback: please report it with this line."

NETWORK = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""All that a call raises when something is wrong on the way or over there."""


def error_of(error: BaseException, doing: str) -> ReadbackError:
    """What the error means for us, with a sentence for the operator. `doing` names the call."""
    if isinstance(error, discord.RateLimited):
        return TryLater(f"{doing}: Discord asked us to wait", retry_after=max(1.0, error.retry_after))
    if isinstance(error, discord.LoginFailure):
        return OursToFix(f"{doing}: {_OURS[40001]}")
    if isinstance(error, discord.HTTPException):
        return _said_by_discord(error, doing)
    return TryLater(f"{doing}: no answer from Discord ({type(error).__name__})", retry_after=RETRY_S)


def code_of(error: BaseException | None) -> int:
    """Discord's number for it, or 0."""
    return error.code if isinstance(error, discord.HTTPException) else 0


def refuses_pictures(error: BaseException | None) -> bool:
    """Whether a message with pictures may get through without them: whatever is wrong with it in Discord's eyes.

    Too large, explicit, no picture at all, no Attach Files … Not where nobody is there to take it, where it comes too
    late, or where Discord does not know us: the words alone would fare no better.
    """
    if not isinstance(error, discord.HTTPException):
        return False
    known = {*UNREACHABLE, *_OURS} - {MAY_NOT}
    return 400 <= error.status < 500 and error.status not in {401, 404, 429} and error.code not in known


def may_have_worked(error: BaseException | None) -> bool:
    """Whether the call may have taken effect: it was on its way, and Discord has not said that it did not."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500
    return not isinstance(error, discord.RateLimited | aiohttp.ClientConnectorError | None)


@asynccontextmanager
async def within(seconds: float, doing: str) -> AsyncIterator[None]:
    """Around several calls. Raises TryLater when they take longer: nobody knows then what the last one did."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as slow:
        raise TryLater(f"{doing}: not done within {seconds:g} s", retry_after=RETRY_S) from slow


@asynccontextmanager
async def outgoing(doing: str) -> AsyncIterator[None]:
    """Around one call: whatever the SDK raises becomes one of ours."""
    try:
        yield
    except NETWORK as error:
        raise error_of(error, doing) from error


def _said_by_discord(error: discord.HTTPException, doing: str) -> ReadbackError:
    code, status = error.code, error.status
    if status == 429 or status >= 500 or code in _LATER:
        wait = _LATER.get(code, RETRY_S)
        return TryLater(f"{doing}: Discord answered with status {status}, code {code}", retry_after=wait)
    if code in UNREACHABLE:
        return CannotReach(f"{doing}: Discord says {code}. {UNREACHABLE[code]}")
    if status in {403, 404} and code not in _OURS:
        return CannotReach(f"{doing}: Discord says {code or status}; the app may not do that there.")
    says = _OURS[40001] if status == 401 else _OURS.get(code, _BUG)
    return OursToFix(f"{doing}: Discord says {code or f'status {status}'}{_details(error)}. {says}")


def _details(error: discord.HTTPException) -> str:
    """Where in the body the fault is: places only, because what Discord says of them may quote people's words."""
    found = _POINTER.findall(error.text)
    return f" at {', '.join(found[:5])}" if found else ""
