"""What the contract of Chat needs from a platform's test bed: a way to look and to tap as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scripted_inbox import ScriptedInbox

from drills.people import PersonRef, Place
from drills.ports import Chat


@dataclass(frozen=True)
class Seen:
    """One message as a person's client shows it. `live` is what the client would act on: links, mentions, scripts."""

    id: str
    text: str
    buttons: tuple[str, ...]
    private: bool
    live: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """What came straight back after a tap: a dialog, a modal or a private answer. `fields` by name, with their text."""

    text: str
    buttons: tuple[str, ...]
    fields: Mapping[str, str]
    handle: object = None


class ChatHarness(Protocol):
    """`here` is a channel with `ada` and `ben` in it; `stranger` can't be reached there; `nowhere` is no channel."""

    chat: Chat
    inbox: ScriptedInbox
    here: Place
    nowhere: Place
    ada: PersonRef
    ben: PersonRef
    stranger: PersonRef

    async def seen_by(self, person: PersonRef) -> Sequence[Seen]:
        """Oldest first."""
        ...

    async def press(self, person: PersonRef, message: str, label: str) -> Opened | None:
        """Tap a button on the message with this id."""
        ...

    async def send(self, person: PersonRef, opened: Opened, values: Mapping[str, str]) -> Opened | None:
        """Fill the form that is open and send it."""
        ...

    async def redeliver(self) -> None:
        """The platform sends its last event once more, as it does after a slow answer."""
        ...
