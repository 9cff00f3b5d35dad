"""Two people have the form of one campaign open: what each changed is kept, and what both changed is asked about.

A form brings back every field, also those that nobody touched. So that these do not take back what somebody else has
saved in the meantime, the form carries a mark of what stood in each field when it was opened.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from drills.chat.cards import ChoiceField, ChoicesField, Field, Form, picked
from drills.chat.intents import MAX_PACKED, Intent
from drills.chat.text import short

_WIDTH = 3  # characters of a mark: 18 bits
IN_CHAT = 26  # characters that an adapter may put around an intent: "retry:" and the server a direct message is about
_QUOTED = 80  # characters of what somebody else wrote


@dataclass(frozen=True, slots=True)
class Met:
    """What was written, beside what was saved since: `values` to go on with, a sentence for each field in dispute."""

    values: Mapping[str, str]
    disputed: Mapping[str, str]


def marked(form: Form, marks: str, spare: int) -> Form:
    """The form, with the marks of its fields as its intent's last argument: as many characters as find room.

    `marks` are those of an earlier try: its words go back into the form, and what was seen then counts. `spare` are
    characters that an adapter needs. An id of over 54 characters, which only a file can have, leaves no room in a chat.
    """
    width = min(_WIDTH, (MAX_PACKED - spare - len(form.intent.pack()) - 1) // len(form.fields))
    if width < 1:
        return form
    marks = marks or "".join(_mark(field, _sent(field), width) for field in form.fields)
    return replace(form, intent=Intent(form.intent.verb, (*form.intent.args, marks)))


def marks_of(came: Intent) -> str:
    """Those that a form brought back; "" of a form for a campaign to come, which nobody else can have open."""
    _, _, marks = (*came.args, "", "", "")[:3]
    return marks


def met(now: Form, values: Mapping[str, str], marks: str) -> Met:
    """`now` is the form as it would be opened now, `marks` those that came back with `values`.

    A field that the person left alone is as it is now. One that two people changed, each in their way, is in dispute.
    Marks of another number of fields, or none, tell nothing: then what was written last holds.
    """
    width, rest = divmod(len(marks), len(now.fields))
    if not width or rest:
        return Met(values, {})
    merged, disputed = dict(values), {}
    for at, field in enumerate(now.fields):
        then, mine, theirs = marks[at * width : (at + 1) * width], values.get(field.name, ""), _sent(field)
        if _mark(field, mine, width) == then:
            merged[field.name] = theirs
        elif _mark(field, theirs, width) != then and _same(field, mine) != _same(field, theirs):
            disputed[field.name] = _sentence(field, theirs)
    return Met(merged, disputed)


def _mark(field: Field, value: str, width: int) -> str:
    return urlsafe_b64encode(sha256(_same(field, value).encode()).digest()).decode()[:width]


def _sent(field: Field) -> str:
    """What a form brings back when nobody touches it: picks that it does not offer are not among it."""
    if isinstance(field, ChoicesField):
        options = {option for option, _ in field.options}
        return ",".join(one for one in picked(field.value) if one in options)
    return field.value or ""


def _same(field: Field, value: str) -> str:
    """One text for what means the same: blanks do not count, nor the order of picks."""
    return ",".join(sorted(picked(value))) if isinstance(field, ChoicesField) else " ".join(value.split())


def _sentence(field: Field, theirs: str) -> str:
    said = short(_in_words(field, theirs), _QUOTED)
    now = f"changed to “{said}”" if said else "emptied"
    return f"Since you opened this form it was {now}. Send the form again to have it as you wrote it."


def _in_words(field: Field, value: str) -> str:
    if isinstance(field, ChoicesField | ChoiceField):
        chosen: Sequence[str] = picked(value)
        return ", ".join(label for option, label in field.options if option in chosen)
    return " ".join(value.split())
