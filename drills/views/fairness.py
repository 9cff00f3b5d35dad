""" "Was this fair?": the way to say no, in as many words as somebody likes."""

from __future__ import annotations

from drills.chat.cards import Form, Text, TextField
from drills.chat.intents import Intent

COMMENT = "comment"


def unfair_form(evaluation: str) -> Form:
    """Comes back as `Submitted(Intent("contest", (evaluation,)))`; the comment may stay empty."""
    return Form(
        title="What was not fair?",
        intent=Intent("contest", (evaluation,)),
        intro=(
            Text("From now on this feedback counts in no figure until a person has looked at it. A word helps them."),
        ),
        fields=(TextField(COMMENT, label="In your words", required=False),),
        submit="Send",
        who_sees="You, and the educator who reviews it. Not your lead.",
    )
