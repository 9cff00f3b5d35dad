"""To be forgotten: exactly what goes, exactly what stays, said before it happens and after."""

from __future__ import annotations

from drills.chat.cards import Bullets, Button, Card, Style, Text
from drills.chat.intents import Intent
from drills.views.wording import ONLY_YOU

_GOES = (
    "the words of all your replies, and everything quoted from them",
    "the notes of your feedback, your comments on it and your own ticks",
    "your name, your role in a team, your time zone, and messages in the local room that were for you alone",
    "your shifts and leave, your reminders, and your name behind holds and reviews",
    "your place among those whom drills are meant for: you leave",
)
_STAYS = (
    "that a drill was meant for you and answered, when, and which points were met: as numbers under your account's id",
    "lines in the audit ledger: numbers and salted hashes, worthless once the words and their salt are gone",
    "your account's id in the ledger, if you set up a team, named its leads, were named or looked after a campaign",
)
_OUT_OF_REACH = (
    "Feedback that was sent to you as a direct message in a chat app stays there: we keep no list of what was sent, "
    "and can't take it back."
)


def forget_card() -> Card:
    """Asks once more; nothing has happened yet."""
    return Card(
        title="Erase your words?",
        blocks=(
            Bullets(_GOES, label="This goes, in every team of this workspace, and can't be brought back"),
            Bullets(_STAYS, label="This stays"),
            Text(_OUT_OF_REACH),
        ),
        buttons=(Button("Erase my words now", Intent("erase"), Style.PRIMARY),),
        who_sees=ONLY_YOU,
    )


def forgotten_card(replies: int) -> Card:
    count = {0: "No reply of yours was kept", 1: "The words of 1 reply are gone"}
    return Card(
        title="Your words are erased",
        blocks=(
            Text(f"{count.get(replies, f'The words of {replies} replies are gone')}, and your name with them."),
            Text(_OUT_OF_REACH),
            Text("No drill is meant for you any more. `/drill join` brings you back, without what was erased."),
        ),
        who_sees=ONLY_YOU,
    )
