"""Form fields as inputs of a modal. A field's name is its block id, so that values and faults find their way back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import assert_never

from adapters.slack.blocks import Json, plain, written
from drills.chat.cards import ChoiceField, ChoicesField, Field, PeopleField, TextField, picked
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, pieces, short, visible
from drills.errors import OursToFix

ACTION = "value"
INPUT = 3000  # the longest text that a modal takes in
_LABEL, _HINT, _OPTION, _OPTION_VALUE, _SENTENCE = 2000, 2000, 75, 150, 600
_AT_A_GLANCE, _IN_A_LIST = 10, 100  # options as radio buttons or boxes; options in a list or in one of its groups

Options = Sequence[tuple[str, str]]


class FieldTooBig(OursToFix):
    """A field that no element of Slack can hold."""


def input_blocks(field: Field, error: str = "") -> list[Json]:
    """The field, under the sentence that says what is wrong with it. `overflow` has what finds no room in it."""
    before = written([heading(f"⚠ {short(error, _SENTENCE)}")]) if error.strip() else []
    match field:
        case TextField():
            return [*before, _input(field, field.hint, _text(field))]
        case ChoiceField():
            return [*before, _input(field, "", _choice(field))]
        case ChoicesField():
            return [*before, _input(field, field.hint, _choices(field))]
        case PeopleField():
            return [*before, _input(field, field.hint, _people(field))]
        case _:
            assert_never(field)


def overflow(field: Field) -> tuple[Part, ...]:
    """In full what Slack would cut: labels, hints, options, and a kept text that is longer than the input."""
    hint = "" if isinstance(field, ChoiceField) else getattr(field, "hint", "")
    long = [text for text, most in ((field.label, _LABEL), (hint, _HINT)) if length(text) > most]
    if isinstance(field, ChoiceField | ChoicesField):
        long += [label for _, label in field.options if length(label) > _OPTION]
    said = tuple(Part(Shape.BULLET, (Run(clean(text)),)) for text in long)
    return (*said, *_rest(field)) if isinstance(field, TextField) else said


def _input(field: Field, hint: str, element: Json) -> Json:
    return {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, _LABEL),
        "optional": not field.required,
        "element": {**element, "action_id": _action(field.value or "")},
        **({"hint": plain(hint, _HINT)} if hint.strip() else {}),
    }


def _action(value: str) -> str:
    """Another id for another value: in a view that is updated Slack keeps what was typed where the ids are the same."""
    return f"{ACTION}-{sha256(value.encode(errors='replace')).hexdigest()[:8]}" if value else ACTION


def _text(field: TextField) -> Json:
    kept = _kept(field)
    return {
        "type": "plain_text_input",
        "multiline": field.lines > 1,
        "max_length": INPUT,
        **({"initial_value": kept} if kept else {}),
    }


def _kept(field: TextField) -> str:
    return next(pieces(visible(field.value), INPUT), "")


def _rest(field: TextField) -> tuple[Part, ...]:
    """The end of a kept text, to copy from."""
    rest = visible(field.value)[len(_kept(field)) :]
    if not rest.strip():
        return ()
    return heading("The end of your text has no room in the field below:"), Part(Shape.QUOTE, (Run(rest),))


def _choice(field: ChoiceField) -> Json:
    few = len(field.options) <= _AT_A_GLANCE
    element = {"type": "radio_buttons"} if few else {"type": "static_select"}
    chosen = [option for option in _options(field, field.options) if option["value"] == field.value]
    return {**element, **_listed(field, field.options), **({"initial_option": chosen[0]} if chosen else {})}


def _choices(field: ChoicesField) -> Json:
    few = len(field.options) <= _AT_A_GLANCE
    element = {"type": "checkboxes"} if few else {"type": "multi_static_select"}
    wanted = picked(field.value)
    chosen = [option for option in _options(field, field.options) if option["value"] in wanted]
    return {**element, **_listed(field, field.options), **({"initial_options": chosen} if chosen else {})}


def _people(field: PeopleField) -> Json:
    people = list(picked(field.value))
    return {"type": "multi_users_select", **({"initial_users": people} if people else {})}


def _listed(field: Field, options: Options) -> Json:
    """As options, or in groups of a hundred where there are more."""
    made = _options(field, options)
    if len(made) <= _IN_A_LIST:
        return {"options": made}
    groups = [made[at : at + _IN_A_LIST] for at in range(0, len(made), _IN_A_LIST)]
    return {"option_groups": [{"label": _from_to(group), "options": group} for group in groups]}


def _options(field: Field, options: Options) -> list[Json]:
    if not 1 <= len(options) <= _IN_A_LIST * _IN_A_LIST:
        raise FieldTooBig(f"field {field.name!r} has {len(options)} options; Slack takes 1 to {_IN_A_LIST**2}")
    if any(not 1 <= length(value) <= _OPTION_VALUE for value, _ in options):
        raise FieldTooBig(f"field {field.name!r} has an option whose value is empty or over {_OPTION_VALUE} characters")
    return [{"text": plain(label, _OPTION), "value": value} for value, label in options]


def _from_to(group: list[Json]) -> Json:
    first, last = (short(option["text"]["text"], _OPTION // 2 - 2) for option in (group[0], group[-1]))
    return plain(f"{first} – {last}", _OPTION)
