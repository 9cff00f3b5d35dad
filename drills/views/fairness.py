""" "Was this fair?": the way to say no, in as many words as somebody likes."""

from __future__ import annotations

from drills.chat.cards import FieldErrors, Form, Text, TextField
from drills.chat.intents import Intent
from drills.views.appeal import CONSENT, WHO_REVIEWS

COMMENT = "comment"


def unfair_form(evaluation: str, words: str = "") -> Form:
    """Comes back as `Submitted(Intent("contest", (evaluation,)))`; the comment may stay empty."""
    return Form(
        title="What was not fair?",
        intent=Intent("contest", (evaluation,)),
        intro=(
            Text("From now on this feedback counts in no figure until a person has looked at it. A word helps them."),
            Text(CONSENT),
        ),
        fields=(TextField(COMMENT, label="In your words", value=words, required=False),),
        submit="Send",
        who_sees=WHO_REVIEWS,
    )


def unfair_refused(evaluation: str, words: str, sentence: str) -> FieldErrors:
    """The same form with a sentence beside the field; every word is kept in it."""
    return FieldErrors(unfair_form(evaluation, words), {COMMENT: sentence})
