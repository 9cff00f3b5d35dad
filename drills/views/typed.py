"""What somebody is told, alone, about words they typed under a drill where the whole channel can read them."""

from __future__ import annotations

from dataclasses import replace

from drills.chat.cards import Button, Card, Style, Text
from drills.chat.intents import Intent
from drills.phi import Screening
from drills.push import Push
from drills.views.tripwire import looks_like, reply_support_card
from drills.views.wording import ONLY_YOU

_STILL_THERE = "We can't take your message away: please delete it in the channel, where everyone can read it."


def join_first_card(push: Push) -> Card:
    return _with_answer(
        push,
        "Your words are not in yet",
        "You are not in this team's drills, so what you typed was not taken as an answer. Press Answer: "
        "you pick a profession, and then your words go where only you see them.",
    )


def taps_first_card(push: Push) -> Card:
    return _with_answer(
        push,
        "Two taps come first",
        "This drill asks for a first choice, shows an AI's output, and asks again. What you typed was not taken as "
        "an answer. Press Answer to begin.",
    )


def too_long_card(push: Push, sentence: str) -> Card:
    return _with_answer(push, "That was not taken as an answer", sentence)


def typed_held_back_card(words: str, screening: Screening, push: Push) -> Card:
    """What was seen in the words. It shows people their own words, so it must never be logged or stored."""
    seen = f"This looks like {looks_like(words, screening)}. Nothing of it was kept or read."
    card = _with_answer(push, "Please delete what you just typed", seen)
    return replace(card, blocks=(*card.blocks, Text(_STILL_THERE), Text("Then answer with the story's own names.")))


def typed_support_card(support_text: str, words: str, push: Push) -> Card:
    card = reply_support_card(support_text, words, push)
    return replace(card, blocks=(*card.blocks, Text(_STILL_THERE)))


def _with_answer(push: Push, title: str, text: str) -> Card:
    button = Button("Answer", Intent("answer", (push.id,)), Style.PRIMARY)
    return Card(title=title, blocks=(Text(text),), buttons=(button,), who_sees=ONLY_YOU)
