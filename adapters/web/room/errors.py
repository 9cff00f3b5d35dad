"""The room's errors in both directions: ours as pages and cards, storage's as what the Chat port promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from drills.errors import CannotReach, NotFound, ReadbackError, TellPerson, TryLater

_STATUS: dict[type[ReadbackError], int] = {NotFound: 404, TellPerson: 400, TryLater: 503}


class Unreadable(TellPerson):
    """A post that no form of ours makes."""

    tell = "That did not arrive as it should. Please reload the page and try again."


def status(error: ReadbackError) -> int:
    """The HTTP status that fits; 500 for what is ours to fix."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)


@asynccontextmanager
async def outgoing() -> AsyncIterator[None]:
    """Nobody waits at a screen for an outgoing message, so "tell the person" becomes "cannot be reached"."""
    try:
        yield
    except TellPerson as error:
        raise CannotReach(str(error)) from error
