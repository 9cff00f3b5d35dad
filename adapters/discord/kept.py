"""Words that were sent with a form and not taken in: kept in the private message that says so, and nowhere else.

Discord closes a modal for good when it is sent, and none can be reopened by itself. So the words go back to their
writer in a message that only they see, with a button, and the press brings that message along. Nothing of it is on our
side: a restart loses nothing, and words that were held back for what is in them are not stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord.blocks import CHARACTERS, Json, body, characters, display, paragraphs
from adapters.discord.buttons import actions
from adapters.discord.commands import ours
from drills.chat.cards import Button, ChoiceField, ChoicesField, Field, picked
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, visible

_FIRST = 7000  # ids of the displays that hold words: this one and the next ones, in the order of the fields
_FENCE, _BROKEN = "```", "`\u200b`\u200b`"
_SPARE = 400  # for the buttons' part and what is said of a text that has no room
NO_ROOM = "One of your texts is too long to be kept here. Please copy it from where you wrote it, or write it shorter."
YOUR_WORDS = "Your words are here and go back into the form:"


@dataclass(frozen=True, slots=True)
class Words:
    """What one field held. `label` is empty where it was the only one."""

    text: str
    label: str = ""


def again(
    sentences: Sequence[str], words: Sequence[Words], buttons: Sequence[Button], who_sees: str, server: str = ""
) -> Json:
    """What is wrong, the words, and the button that opens the form with them in it. `words` in the fields' order."""
    said = [Part(Shape.PARAGRAPH, (Run(ours(clean(sentence))),)) for sentence in sentences]
    head = [display("\n".join(paragraphs([heading("That was not taken in"), *said])))]
    tail = [
        *actions(buttons, server),
        display("\n".join(paragraphs([Part(Shape.QUIET, (Run(clean(ours(who_sees))),))]))),
    ]
    room = CHARACTERS - _SPARE - characters(head) - characters(tail)
    return body([*head, *_words(words, room), *tail], ephemeral=True)


def kept(message: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """The inverse: the words by the places of their fields, from the components of the message that was pressed."""
    found = {}
    for one in _all(message):
        at = int(one.get("id") or 0) - _FIRST
        content = str(one.get("content") or "")
        _, fence, text = content.partition(f"{_FENCE}\n")
        if at >= 0 and fence and text.endswith(f"\n{_FENCE}"):
            found[at] = text[: -len(_FENCE) - 1].replace(_BROKEN, _FENCE)
    return found


def shown(field: Field, value: str) -> str:
    """A field's value as its writer knows it: options by their labels, a line each."""
    if not isinstance(field, ChoiceField | ChoicesField):
        return value
    labels = dict(field.options)
    return "\n".join(labels.get(name, name) for name in picked(value))


def read(field: Field, text: str) -> str:
    """The inverse of `shown`."""
    if not isinstance(field, ChoiceField | ChoicesField):
        return text
    names = {visible(label): name for name, label in field.options}
    return ",".join(names.get(line, line) for line in text.split("\n"))


def _words(words: Sequence[Words], room: int) -> list[Json]:
    displays, left_out = [], False
    for at, one in enumerate(words):
        label = "\n".join(paragraphs([heading(clean(one.label))])) + "\n" if one.label else ""
        content = f"{label}{_FENCE}\n{visible(one.text).replace(_FENCE, _BROKEN)}\n{_FENCE}"
        if not one.text.strip():
            continue
        if length(content) > room:
            left_out = True
            continue
        room -= length(content)
        displays.append(display(content, _FIRST + at))
    intro = [display(YOUR_WORDS)] if displays else []
    return [*intro, *displays, *([display(NO_ROOM)] if left_out else [])]


def _all(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        yield one
        yield from _all(one.get("components") or ())
