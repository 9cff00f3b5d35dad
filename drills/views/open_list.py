"""What is open here, and for those who post drills, what could be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from drills.chat.cards import Block, Bullets, Button, Card, Fold, Style, Text
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.views.home import Counts, OpenDrill
from drills.views.wording import ONLY_YOU

_BUTTONS = 5
_SHORT = 40
_COUNTS = {
    Counts.NOW: "",
    Counts.LATER: ". No hurry: it counts you only once the other one there is closed.",
    Counts.NOT_ON_LEAVE: ". You are on leave by the rota, so it does not count you.",
}


def open_card(drills: Sequence[OpenDrill], library: Sequence[Drill] | None, held: Sequence[Text] = ()) -> Card:
    """`drills` in the order to take them in. `library` by kind, for those who may post; None for everybody else.

    `held`: teams on hold.
    """
    post = (Button("Post a drill now", Intent("push")),) if library is not None else ()
    return Card(
        title="Open drills",
        blocks=(*held, *(_lines(drills) or (Text("Nothing is open here just now."),)), *_library(library or ())),
        buttons=(*(_answer(drill) for drill in drills[:_BUTTONS]), *post),
        who_sees=ONLY_YOU,
    )


def _lines(drills: Sequence[OpenDrill]) -> tuple[Block, ...]:
    return tuple(
        Text(f"in {drill.team.name}, until {drill.until:%A, %H:%M}{_COUNTS[drill.counts]}", drill.title)
        for drill in drills
    )


def _answer(drill: OpenDrill) -> Button:
    title = drill.title if len(drill.title) <= _SHORT else drill.title[: _SHORT - 1] + "…"
    style = Style.PRIMARY if drill.counts is Counts.NOW else Style.QUIET
    return Button(f"Answer: {title}", Intent("answer", (drill.push,)), style)


def _library(drills: Sequence[Drill]) -> tuple[Block, ...]:
    return tuple(
        Fold(
            f"{kind.label} ({len(of_kind)})",
            (Bullets(tuple(f"{drill.title}: `/drill push {drill.id}`" for drill in of_kind)),),
        )
        for kind, group in groupby(drills, key=lambda drill: drill.kind)
        if (of_kind := list(group))
    )
