"""Buttons: an action id carries the whole intent, and is made unique where one card says the same thing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from adapters.slack.blocks import Json, plain
from drills.chat.cards import Button, Style
from drills.chat.intents import Intent
from drills.chat.parts import Part, Run, Shape
from drills.chat.text import clean, length

LABEL = 75
_PER_ROW, _MOST_PER_ROW = 5, 25
_FEW = 50  # up to here five in a row can be read on a phone; beyond, what counts is that they are there at all
_COUNTED = re.compile(r"#\d+$")


def actions(buttons: Sequence[Button]) -> list[Json]:
    """Rows of buttons. What a label has no room for is in `spelled_out`."""
    per_row = _PER_ROW if len(buttons) <= _FEW else _MOST_PER_ROW
    made = [_button(button, id_) for button, id_ in zip(buttons, _ids(buttons), strict=True)]
    rows = [made[at : at + per_row] for at in range(0, len(made), per_row)]
    return [{"type": "actions", "elements": row} for row in rows]


def spelled_out(buttons: Sequence[Button]) -> tuple[Part, ...]:
    """Labels that Slack would cut, in full, to stand above the buttons."""
    long = (button.label for button in buttons if length(" ".join(clean(button.label).split())) > LABEL)
    return tuple(Part(Shape.BULLET, (Run(clean(label)),)) for label in long)


def intent_of(action_id: str) -> Intent:
    """The inverse, for what comes back. Raises UnknownIntent."""
    return Intent.unpack(_COUNTED.sub("", action_id))


def _button(button: Button, action_id: str) -> Json:
    style = {"style": "primary"} if button.style is Style.PRIMARY else {}
    return {"type": "button", "text": plain(button.label, LABEL), "action_id": action_id, **style}


def _ids(buttons: Sequence[Button]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for button in buttons:
        packed = button.intent.pack()
        seen[packed] += 1
        yield packed if seen[packed] == 1 else f"{packed}#{seen[packed]}"
