"""Short private cards: a reply is in, a drill is skipped, something did not work."""

from __future__ import annotations

from drills.attempt import Attempt
from drills.chat.cards import Button, Card, Style, Text
from drills.chat.inbound import NotTaken
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.errors import ReadbackError
from drills.push import Push
from drills.views.wording import ONLY_YOU

_WRONG = "That did not work"


def reading_card(drill: Drill) -> Card:
    """The acknowledgement: the reply is safe, the feedback follows."""
    return Card(
        title="Reading your reply…",
        blocks=(
            Text(f"Your words on “{drill.title}” are kept. Feedback comes in a moment, to you alone: no need to wait."),
        ),
        who_sees=ONLY_YOU,
    )


def skipped_card(drill: Drill, push: Push) -> Card:
    return Card(
        title="Skipped",
        blocks=(Text(f"“{drill.title}” is skipped. No reason needed, and nobody is told."),),
        buttons=(Button("Answer after all", Intent("answer", (push.id,)), Style.QUIET),),
        who_sees=ONLY_YOU,
    )


def answered_card(drill: Drill, attempt: Attempt) -> Card:
    """Somebody comes back to a drill that they have answered."""
    return Card(
        title="You have answered this one",
        blocks=(Text(f"Your reply on “{drill.title}” stands. Your feedback stays private, and is here at any time."),),
        buttons=(Button("See my feedback", Intent("feedback", (attempt.id,)), Style.PRIMARY),),
        who_sees=ONLY_YOU,
    )


def notice(title: str, text: str) -> Card:
    return Card(title=title, blocks=(Text(text),), who_sees=ONLY_YOU)


def trouble_card(error: ReadbackError) -> Card:
    """What a person is told when something did not work: a sentence, never a stack trace."""
    return notice(_WRONG, error.tell)


def not_taken_card(answer: NotTaken) -> Card:
    """The same, where a platform can't keep the form open."""
    return notice(_WRONG, answer.sentence)
