"""A drill's card in a Discord channel, with a button that leads to a form: what most stories begin with."""

from __future__ import annotations

from dataclasses import replace

from discord_scene import Scene
from made_cards import a_card

from drills.chat.cards import Button, FieldErrors, Form, TextField
from drills.chat.intents import Intent
from drills.ports import Once

SEND = Form("The held dose", Intent("reply", ("a1",)), (), (TextField("words", "What you say"),), "Only you see this.")
NEXT = a_card("Reading your reply…")


async def a_drill(bed: Scene, *buttons: Button) -> str:
    """Posted; returns its message's id."""
    bed.inbox.answers.setdefault("answer", SEND)
    shown = a_card("The held dose", buttons=buttons or (Button("Answer", Intent("answer", ("p1",))),))
    return (await bed.adapter.chat.post(bed.here, shown, Once("push:p1"))).id


def refused(words: str, sentence: str) -> FieldErrors:
    """The form as it comes back, with these words in it."""
    (field,) = SEND.fields
    return FieldErrors(replace(SEND, fields=(replace(field, value=words),)), {"words": sentence})
