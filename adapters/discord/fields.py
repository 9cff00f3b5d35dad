"""Form fields as inputs of a modal. A field's name is its input's id, so that values find their way back.

https://discord.com/developers/docs/components/reference#label
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from adapters.discord.blocks import BOXES, INPUT, LABEL, RADIOS, SELECT, USERS, Json
from adapters.discord.commands import ours
from drills.chat.cards import ChoiceField, ChoicesField, Field, PeopleField, TextField, picked
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, pieces, short, visible
from drills.errors import OursToFix

LONG = 3000  # Discord takes 4,000; a text at fault must fit into a message of 4,000 with the sentence about it
SHORT = 200  # of one line
_LABEL, _HINT, _OPTION, _OPTION_VALUE = 45, 100, 100, 100
_AT_A_GLANCE, _IN_A_LIST, _PEOPLE = 10, 25, 25
_ONE_LINE, _PARAGRAPH = 1, 2

Options = Sequence[tuple[str, str]]


class FieldTooBig(OursToFix):
    """A field that no input of Discord can hold."""


def labelled(field: Field) -> Json:
    """The field as one of the modal's components. `overflow` has what finds no room in it. Raises FieldTooBig."""
    hint = ours(_hint(field))
    described = {"description": short(hint, _HINT)} if hint.strip() and length(hint) <= _HINT else {}
    label = short(field.label, _LABEL) or "…"
    return {"type": LABEL, "label": label, **described, "component": {**_input(field), "custom_id": field.name}}


def overflow(field: Field) -> Iterator[Part]:
    """In full what Discord would refuse: labels, hints, options, and a kept text that is longer than the input."""
    hint = ours(_hint(field))
    long = [text for text, most in ((field.label, _LABEL), (hint, _HINT)) if length(text) > most]
    if isinstance(field, ChoiceField | ChoicesField):
        long += [label for _, label in field.options if length(label) > _OPTION]
    for text in long:
        yield Part(Shape.BULLET, (Run(clean(text)),))
    if isinstance(field, TextField) and (rest := visible(field.value)[len(_kept(field)) :].strip()):
        yield heading("The end of your text has no room in the field below:")
        yield Part(Shape.QUOTE, (Run(rest),))


def _hint(field: Field) -> str:
    return "" if isinstance(field, ChoiceField) else field.hint


def _input(field: Field) -> Json:
    match field:
        case TextField():
            return _text(field)
        case ChoiceField():
            return _choice(field)
        case ChoicesField():
            return _choices(field)
        case PeopleField():
            return _people(field)
        case _:
            assert_never(field)


def _text(field: TextField) -> Json:
    kept = _kept(field)
    return {
        "type": INPUT,
        "style": _PARAGRAPH if field.lines > 1 else _ONE_LINE,
        "required": field.required,
        "max_length": _most(field),
        **({"value": kept} if kept else {}),
    }


def _kept(field: TextField) -> str:
    return next(pieces(visible(field.value), _most(field)), "")


def _most(field: TextField) -> int:
    return LONG if field.lines > 1 else SHORT


def _choice(field: ChoiceField) -> Json:
    if 1 < len(field.options) <= _AT_A_GLANCE:
        return {"type": RADIOS, "required": field.required, "options": _options(field, (field.value,))}
    return {"type": SELECT, "required": field.required, "options": _options(field, (field.value,)), "max_values": 1}


def _choices(field: ChoicesField) -> Json:
    many = len(field.options)
    kind = BOXES if many <= _AT_A_GLANCE else SELECT
    least = 1 if field.required else 0
    options = _options(field, picked(field.value))
    return {"type": kind, "required": field.required, "min_values": least, "max_values": many, "options": options}


def _people(field: PeopleField) -> Json:
    people = picked(field.value)[:_PEOPLE]
    chosen = {"default_values": [{"id": user, "type": "user"} for user in people]} if people else {}
    least = 1 if field.required else 0
    return {"type": USERS, "required": field.required, "min_values": least, "max_values": _PEOPLE, **chosen}


def _options(field: ChoiceField | ChoicesField, chosen: Sequence[str | None]) -> list[Json]:
    _check(field.name, field.options)
    return [
        {"label": short(label, _OPTION) or "…", "value": value, **({"default": True} if value in chosen else {})}
        for value, label in field.options
    ]


def _check(name: str, options: Options) -> None:
    if not 1 <= len(options) <= _IN_A_LIST:
        raise FieldTooBig(f"field {name!r} has {len(options)} options; Discord takes 1 to {_IN_A_LIST}")
    if any(not 1 <= length(value) <= _OPTION_VALUE for value, _ in options):
        raise FieldTooBig(f"field {name!r} has an option whose value is empty or over {_OPTION_VALUE} characters")
