"""A person's own drills: what they answered, with the feedback a tap away. Nobody else can open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drills.attempt import AttemptState
from drills.chat.cards import Block, Button, Card, Style, Text, Tone
from drills.chat.intents import Intent
from drills.views.practice import OwnReply, practice_charts, practice_words
from drills.views.wording import ONLY_YOU

SHOWN = 8
_BUTTONS = 5


@dataclass(frozen=True, slots=True)
class OwnDrill:
    """One line of somebody's own list."""

    attempt: str
    title: str
    state: AttemptState
    at: datetime
    number: int = 1


def mine_card(drills: Sequence[OwnDrill], replies: Sequence[OwnReply] = ()) -> Card:
    """Newest first; the latest answered ones with a button each. `replies` are first ones, further back."""
    nothing = Text("Nothing yet. Your first drill will be in the channel.", tone=Tone.QUIET)
    return Card(
        title="My drills",
        blocks=(*practice_charts(replies), *(history(drills) or (nothing,)), *practice_words(replies)),
        buttons=feedback_buttons(drills),
        who_sees=ONLY_YOU,
    )


def feedback_buttons(drills: Sequence[OwnDrill]) -> tuple[Button, ...]:
    """For the latest answered ones."""
    answered = [drill for drill in drills[:SHOWN] if drill.state is AttemptState.REPLIED]
    return tuple(
        Button(f"Feedback, {_day(drill)}: {_short(drill.title)}", Intent("feedback", (drill.attempt,)), Style.QUIET)
        for drill in answered[:_BUTTONS]
    )


def history(drills: Sequence[OwnDrill]) -> tuple[Block, ...]:
    """A line for each of the latest."""
    words = {
        AttemptState.REPLIED: "answered",
        AttemptState.SKIPPED: "skipped",
        AttemptState.OPENED: "opened, not answered yet",
    }
    return tuple(
        Text(f"{drill.title} – {_version(drill)}{words[drill.state]}", label=_day(drill)) for drill in drills[:SHOWN]
    )


def _version(drill: OwnDrill) -> str:
    """Repeats are practice; they count in no figure."""
    return "another version, " if drill.number > 1 else ""


def _day(drill: OwnDrill) -> str:
    return f"{drill.at.day} {drill.at:%b}"


def _short(title: str) -> str:
    return title if len(title) <= 40 else title[:39] + "…"
