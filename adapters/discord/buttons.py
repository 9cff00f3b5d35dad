"""Buttons: what one means is in its id, which is the packed intent, and is made unique where one card says it twice.

In a direct message Discord does not say which server a press is about, so there the id ends in the server's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from adapters.discord.blocks import BUTTON, ROW, Json
from drills.chat.cards import Button, Style
from drills.chat.intents import MAX_PACKED, Intent, IntentTooLong
from drills.chat.parts import Part, Run, Shape
from drills.chat.text import clean, length, short

LABEL = 80
_PER_ROW = 5
_BLUE, _GREY = 1, 2
_SUFFIX = re.compile(r"(?:@(?P<server>\d+))?(?:#\d+)?\Z")


def actions(buttons: Sequence[Button], server: str = "") -> list[Json]:
    """Rows of buttons. What a label has no room for is in `spelled_out`. Raises IntentTooLong."""
    ids = _ids(buttons, server)
    made = [_button(button, id_) for button, id_ in zip(buttons, ids, strict=True)]
    return [{"type": ROW, "components": made[at : at + _PER_ROW]} for at in range(0, len(made), _PER_ROW)]


def spelled_out(buttons: Sequence[Button]) -> tuple[Part, ...]:
    """Labels that Discord would refuse, in full, to stand above the buttons."""
    long = (button.label for button in buttons if length(" ".join(clean(button.label).split())) > LABEL)
    return tuple(Part(Shape.BULLET, (Run(clean(label)),)) for label in long)


def id_of(intent: Intent, server: str = "") -> str:
    """Raises IntentTooLong where there is no room for the server."""
    return _checked(intent.pack() + (f"@{server}" if server else ""))


def intent_of(custom_id: str) -> tuple[Intent, str]:
    """The inverse, for what comes back: the intent, and its server where it names one. Raises UnknownIntent."""
    suffix = _SUFFIX.search(custom_id)
    bare = custom_id[: suffix.start()] if suffix else custom_id
    return Intent.unpack(bare), (suffix and suffix["server"]) or ""


def _button(button: Button, custom_id: str) -> Json:
    style = _BLUE if button.style is Style.PRIMARY else _GREY
    return {"type": BUTTON, "style": style, "label": short(button.label, LABEL) or "…", "custom_id": custom_id}


def _ids(buttons: Sequence[Button], server: str) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for button in buttons:
        custom_id = id_of(button.intent, server)
        seen[custom_id] += 1
        yield custom_id if seen[custom_id] == 1 else _checked(f"{custom_id}#{seen[custom_id]}")


def _checked(custom_id: str) -> str:
    if length(custom_id) > MAX_PACKED:
        raise IntentTooLong(f"{custom_id!r} is over the {MAX_PACKED} characters of Discord's custom_id")
    return custom_id
