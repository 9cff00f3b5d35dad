"""What the bot is, what it may be asked, and who sees what: the first card anybody gets."""

from __future__ import annotations

from drills.chat.cards import Bullets, Card, Fact, Facts, Text
from drills.views.wording import NO_REAL_PATIENTS, ONLY_YOU

COMMANDS = (
    ("now", "answer the newest open drill"),
    ("mine", "your own drills and feedback"),
    ("board", "the team board"),
    ("snooze 7", "no drills for 7 days (any number up to 90)"),
    ("leave", "no drills any more; `/drill join` brings them back"),
    ("help", "this card"),
)
WHO_SEES_WHAT = (
    "Only you see your replies and your feedback. Your team sees how many answered.",
    "The board shows teams of five or more: taking part and growth, never people.",
    "Practice, not assessment: not for HR, pay, licence or rota. An AI reads replies and can be wrong.",
    NO_REAL_PATIENTS,
)


def help_card() -> Card:
    return Card(
        title="Readback: two-minute communication drills",
        blocks=(
            Text("A fictional case, a few sentences in your own words, private feedback. Skip whenever you like."),
            Facts(tuple(Fact(f"/drill {words}", meaning) for words, meaning in COMMANDS)),
            Bullets(WHO_SEES_WHAT, label="Who sees what"),
        ),
        who_sees=ONLY_YOU,
    )
