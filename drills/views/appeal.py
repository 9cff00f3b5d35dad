"""A writer asks for a person, and hears what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from drills.chat.cards import Block, Bullets, Button, Card, Style, Text, Tone
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.review import Before, Item, items
from drills.rubric import RedFlag
from drills.views.review import mark
from drills.views.wording import BANNER, ONLY_YOU

CONSENT = (
    "A reviewer (an educator of your team, or an administrator of the workspace) sees your words, not your name. "
    "In a small team they may still guess who wrote them. They decide before they see what the judge said, and you "
    "are told what came of it."
)
WHO_REVIEWS = "You and a reviewer: an educator of your team, or an administrator of the workspace."
ASKED_SEEN_BY = (
    "Only you see your feedback. A reviewer may see your reply without your name, because you asked. "
    "Your team sees how many answered, never who or how well. Not for HR, pay, licence or rota."
)


def consent_card(evaluation: str) -> Card:
    return Card(
        title="Ask a person to look?",
        blocks=(Text(CONSENT), Text("Until then this result counts in no figure.", tone=Tone.QUIET)),
        buttons=(
            Button("Yes, a person may see my words", Intent("appeal", (evaluation,)), Style.PRIMARY),
            Button("Back to the feedback", Intent("feedback", (evaluation,)), Style.QUIET),
        ),
        who_sees=ONLY_YOU,
    )


def outcome_card(drill: Drill, evaluation: str, was: Before, now: Before, *, practice: bool) -> Card:
    """What a person found in a reply (`now`), for its writer."""
    return Card(
        title=f"A person has looked: {drill.title}",
        banner=BANNER,
        blocks=tuple(_told(drill, was, now, practice)),
        buttons=(Button("See my feedback", Intent("feedback", (evaluation,)), Style.PRIMARY),),
        who_sees="Only you can see this. The reviewer saw your words, not your name.",
    )


def _told(drill: Drill, was: Before, now: Before, practice: bool) -> Iterator[Block]:
    changed = tuple(_change(item, was, now) for item in items(drill) if was.level_of(item) is not now.level_of(item))
    yield Text("They read your words without your name, and decided before they saw what the judge had said.")
    if changed:
        yield Bullets(changed, label="What changed")
    else:
        yield Text("They came to the same on every point.")
    if practice:
        yield Text("It is practice feedback as before: it counts in no figure.", tone=Tone.QUIET)
        return
    yield Text(_band(was, now), label="The result")
    yield Text("From now on it counts like any other.", tone=Tone.QUIET)


def _change(item: Item, was: Before, now: Before) -> str:
    if isinstance(item, RedFlag):
        return f"{'Now' if item.id in now.red_flags else 'No longer'} said of your reply: {item.text}"
    return f"{item.text} {mark(item, was.level_of(item))} → {mark(item, now.level_of(item))}"


def _band(was: Before, now: Before) -> str:
    new, old = (each.band.label if each.band else "not sure" for each in (now, was))
    return new if new == old else f"{new} (until now: {old})"
