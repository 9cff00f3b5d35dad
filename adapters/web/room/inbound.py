"""A posted form becomes one of the four inbound values.

The page puts a key into each form it shows, so that a double click, a retry or a re-post is the same event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from starlette.requests import Request

from adapters.web.room.errors import Unreadable
from adapters.web.room.seat import Seat
from drills.chat.inbound import Asked, Pressed, Submitted, Typed
from drills.chat.intents import Intent

Fields: TypeAlias = Mapping[str, str]

COMMAND = "/drill"
MAX_FIELDS = 500  # a form may offer everybody in a team, one box each
VALUE = "value."  # prefix of a form's own fields, so that none can collide with `key` or `intent`
_KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pressed(seat: Seat, fields: Fields) -> Pressed:
    return Pressed(_key(fields), seat.person, seat.place, Intent.unpack(_field(fields, "intent")), profile=seat.profile)


def submitted(seat: Seat, fields: Fields) -> Submitted:
    values = {name.removeprefix(VALUE): _text(text) for name, text in fields.items() if name.startswith(VALUE)}
    intent = Intent.unpack(_field(fields, "intent"))
    return Submitted(_key(fields), seat.person, seat.place, intent, values, profile=seat.profile)


def said(seat: Seat, fields: Fields) -> Asked | Typed:
    """`/drill …` is a command; anything else is typed to Readback alone, since the room shows it to nobody."""
    key, text = _key(fields), _text(_field(fields, "text")).strip()
    first, _, words = text.partition(" ")
    if first.lower() == COMMAND:
        return Asked(key, seat.person, seat.place, words.strip(), profile=seat.profile)
    return Typed(key, seat.person, replace(seat.place, direct=True), text)


async def fields_of(request: Request) -> Fields:
    """What was posted; boxes of one name come joined by commas, as a ChoicesField brings them back."""
    form = await request.form(max_files=0, max_fields=MAX_FIELDS)
    return {name: ",".join(t for t in form.getlist(name) if isinstance(t, str)) for name in form}


def _key(fields: Fields) -> str:
    key = _field(fields, "key")
    if not _KEY.fullmatch(key):
        raise Unreadable("the form's key is no UUID")
    return key


def _field(fields: Fields, name: str) -> str:
    if name not in fields:
        raise Unreadable(f"the form has no {name}")
    return fields[name]


def _text(text: str) -> str:
    """HTML forms send CRLF; quotes are looked for in what was typed."""
    return text.replace("\r\n", "\n")
