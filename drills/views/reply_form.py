"""The form for the learner's own words, with the story at hand and the word guide beside it."""

from __future__ import annotations

from dataclasses import replace

from drills.attempt import Attempt
from drills.chat.cards import Block, FieldErrors, Form, Text, TextField
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.views.second_look import ai_output
from drills.views.wording import BANNER, NO_REAL_PATIENTS, REPLY_SEEN_BY, word_guide

WORDS = "words"  # the one field's name
MAX_CHARACTERS = 3000  # the shortest limit of our platforms: Slack's modal input (platforms.md §3)


def reply_form(drill: Drill, attempt: Attempt) -> Form:
    """A form whose answer comes back as `Submitted(Intent("reply", (attempt,)))`."""
    counterpart = drill.roles.counterpart
    return Form(
        title=drill.title,
        banner=BANNER,
        intent=Intent("reply", (attempt.id,)),
        intro=_intro(drill, attempt),
        fields=(
            TextField(
                WORDS,
                label=f"What you say to {counterpart.name}" if counterpart else "What you say",
                hint=f"{word_guide(drill)} Notes style and any kind of English are fine. {NO_REAL_PATIENTS}",
                min_words=drill.response.min_words,
                max_words=drill.response.max_words,
            ),
        ),
        submit="Send",
        who_sees=REPLY_SEEN_BY,
    )


def reply_refused(form: Form, words: str, sentence: str) -> FieldErrors:
    """The same form with a sentence beside the field; every word is kept."""
    fields = tuple(replace(f, value=words) if isinstance(f, TextField) else f for f in form.fields)
    return FieldErrors(replace(form, fields=fields), {WORDS: sentence})


def _intro(drill: Drill, attempt: Attempt) -> tuple[Block, ...]:
    if drill.reliance is None:
        return (Text(drill.scenario.strip()), Text(drill.ask.strip(), label="Your turn"))
    chosen = Text(drill.reliance.label(attempt.after), label="You chose") if attempt.after else None
    reveal = Text(drill.reliance.reveal, label="What you find") if drill.reliance.reveal else None
    ask = Text(drill.ask.strip(), label="Your turn")
    blocks: tuple[Block | None, ...] = (
        Text(drill.scenario.strip()),
        ai_output(drill.reliance.ai_card),
        chosen,
        reveal,
        ask,
    )
    return tuple(block for block in blocks if block)
