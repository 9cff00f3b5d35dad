"""Discord's interactions and messages become the four inbound values. Pure: nothing is asked, sent or kept.

Every key is an id that Discord gives once. Nothing waits in a process for what was shown: all that a press or a modal
means is in its id, so it means the same after a restart (platforms.md §4.14).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from adapters.discord.buttons import id_of, intent_of
from adapters.discord.commands import words_of
from drills.attempt import Handle
from drills.chat.inbound import Asked, Pressed, Profile, Submitted, Typed
from drills.chat.intents import ASKED, MAX_PACKED, Intent, IntentTooLong, UnknownIntent
from drills.people import MessageRef, PersonRef, Place, Role, Workspace

Json: TypeAlias = Mapping[str, Any]

PLATFORM = "discord"
HANDLE_LIFE = timedelta(minutes=14)  # of an interaction's token, less a margin: it is 15, platforms.md §3
OPEN, RETRY = "open", "retry"
"""Presses that open a form that stands behind its card, or reopen a form with its words."""

_OURS_FIRST = re.compile(r"^\s*<@[^>]+>[\s,:]*")
_NAMES = re.compile(r"<@[^>]+>")  # how Discord writes a name: to a reader of numbers it would be one
ROLES: Mapping[str, Role] = {
    "Readback educator": Role.EDUCATOR,
    "Readback lead": Role.LEAD,
    "Readback charge nurse": Role.CHARGE_NURSE,
}
"""Roles of a server, by exactly these names, and what they make of somebody in all its teams."""

_FROM = "~"  # in a modal's id: what it means, and what opened it
_ITSELF = "="  # a modal that its own intent opens as well: there is room for no second one of that length
_MARKS = frozenset("~@#")  # signs with a meaning in our ids
_TEXT, _RADIOS = 4, 21


@dataclass(frozen=True, slots=True)
class Came:
    """An interaction as we need it. `server` is empty in a direct message, `parent` is there in a thread.

    `roles` are names, and so is what the bot `lacks` in the channel to post there; `draws`: it may attach pictures.
    `data` is Discord's own, `message` the components of the message that was pressed, or from which a modal came.
    """

    id: str
    token: str = field(repr=False)
    application: str
    server: str
    channel: str
    user: str
    data: Json = field(repr=False)
    parent: str | None = None
    name: str = ""
    admin: bool = False
    roles: frozenset[str] = frozenset()
    lacks: Sequence[str] = ()
    draws: bool = True
    message: Sequence[Json] = field(default=(), repr=False)
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A message as we need it. `named`: its words name us. `answers` is the id of the message that it answers."""

    id: str
    server: str
    channel: str
    user: str
    text: str = field(repr=False)
    parent: str | None = None
    answers: str | None = None
    named: bool = False
    by_person: bool = True


def pressed(came: Came, now: datetime) -> Pressed | Asked | None:
    """None for what is no button of ours. Of a form's card or of a kept text, it is the press that led there."""
    try:
        intent, server = intent_of(came.data.get("custom_id") or "")
    except UnknownIntent:
        return None
    if intent.verb in {OPEN, RETRY} and intent.args:
        intent = Intent(intent.args[0], intent.args[1:])
    person, place, handle = _where(came, server, now)
    if intent.verb == ASKED:
        return Asked(came.id, person, place, ":".join(intent.args), handle, _profile(came))
    return Pressed(came.id, person, place, intent, handle, _profile(came))


def submitted(came: Came, now: datetime) -> Submitted | None:
    """None for a modal that is none of ours."""
    means, _, _ = (came.data.get("custom_id") or "").partition(_FROM)
    try:
        intent, server = intent_of(means)
    except UnknownIntent:
        return None
    person, place, handle = _where(came, server, now)
    values = dict(_values(came.data.get("components") or ()))
    return Submitted(came.id, person, place, intent, values, handle, _profile(came))


def asked(came: Came, now: datetime) -> Asked:
    person, place, handle = _where(came, "", now)
    return Asked(came.id, person, place, words_of(came.data), handle, _profile(came))


def on_message(came: Came, now: datetime) -> Pressed:
    """The drill at the message that was picked."""
    person, place, handle = _where(came, "", now)
    return Pressed(came.id, person, place, Intent("here", (str(came.data.get("target_id")),)), handle, _profile(came))


def typed(said: Said) -> Typed | None:
    """What a person said to us: in a direct message, in a thread, as an answer to a message of ours, or by naming us.

    None for all the rest, and where Discord keeps the words from us. A thread that begins at a message has its id.
    """
    text = _NAMES.sub("@someone", _OURS_FIRST.sub("", said.text)).strip() if said.named else said.text.strip()
    if not said.by_person or not text:
        return None
    workspace = Workspace(PLATFORM, said.server)
    place = _place(workspace, said.channel, said.parent)
    head = said.channel if said.parent else said.answers
    if head is None and not place.direct and not said.named:
        return None
    at = MessageRef(Place(workspace, place.channel), head) if head and not place.direct else None
    return Typed(f"said:{said.id}", PersonRef(workspace, said.user), place, text, at, to_us=said.named)


def origin(inbound: Pressed | Asked | Submitted, came: Came) -> str:
    """What leads to the same form again, as an id; empty where there is no room for it.

    Without the server that a direct message needs: beside it stands one that names it (`once_more`, `modal_id`).
    """
    match inbound:
        case Submitted():
            means, _, before = str(came.data.get("custom_id") or "").partition(_FROM)
            return means if before == _ITSELF else before
        case Asked():
            return _packed(Intent(ASKED, (inbound.words or "help",)))
        case Pressed():
            return _packed(inbound.intent)


def modal_id(intent: Intent, inbound: Pressed | Asked | Submitted, came: Came) -> str:
    """What the modal means, and what opened it where there is room for both. Raises IntentTooLong."""
    means = id_of(intent, "" if came.server else inbound.person.workspace.id)
    before = _ITSELF if _leads_to(inbound, intent) else origin(inbound, came)
    both = f"{means}{_FROM}{before}"
    return both if before and len(both) <= MAX_PACKED else means


def way_back(intent: Intent, inbound: Pressed | Asked | Submitted, came: Came) -> str:
    """What leads to the form of this intent once more, as an id: `origin`, or the intent itself where that opens it."""
    if isinstance(inbound, Submitted):
        itself = str(came.data.get("custom_id") or "").endswith(f"{_FROM}{_ITSELF}")
    else:
        itself = isinstance(inbound, Pressed) and inbound.intent.verb == intent.verb
    return _packed(intent) if itself else origin(inbound, came)


def _leads_to(inbound: Pressed | Asked | Submitted, intent: Intent) -> bool:
    """Whether the press says all of the form's intent, but perhaps its end: pressed as it is, it opens that form."""
    if not isinstance(inbound, Pressed) or inbound.intent.verb != intent.verb:
        return False
    return intent.args[: len(inbound.intent.args)] == inbound.intent.args


def once_more(verb: str, before: str, server: str = "") -> Intent | None:
    """A button that does what led here: `verb` is OPEN or RETRY. None where no id has room for it, and for `server`."""
    if not before:
        return None
    intent, _ = intent_of(before)
    again = Intent(verb, (intent.verb, *intent.args))
    return again if _packed(again, server) else None


def is_(verb: str, came: Came) -> bool:
    return str(came.data.get("custom_id") or "").startswith(f"{verb}:")


def _packed(intent: Intent, server: str = "") -> str:
    if _MARKS & set("".join((intent.verb, *intent.args))):
        return ""
    try:
        return id_of(intent, server)
    except (ValueError, IntentTooLong):
        return ""


def _where(came: Came, server: str, now: datetime) -> tuple[PersonRef, Place, Handle]:
    workspace = Workspace(PLATFORM, came.server or server)
    place = _place(workspace, came.channel, came.parent, direct=not came.server)
    handle = Handle(f"{came.application}:{came.token}", now + HANDLE_LIFE)
    return PersonRef(workspace, came.user), place, handle


def _place(workspace: Workspace, channel: str, parent: str | None, *, direct: bool | None = None) -> Place:
    alone = not workspace.id if direct is None else direct
    return Place(workspace, parent or channel, channel if parent else None, direct=alone)


def _profile(came: Came) -> Profile:
    """Discord tells no time zone."""
    named = (role for name, role in ROLES.items() if name in came.roles)
    return Profile(admin=came.admin, name=came.name, role=next(named, Role.LEARNER))


def _values(components: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """By field name, which is the input's id."""
    for one in components:
        inner = [one["component"]] if one.get("component") else one.get("components") or ()
        yield from _values(inner)
        if "custom_id" in one:
            yield str(one["custom_id"]), _value(one)


def _value(one: Json) -> str:
    if one.get("type") in {_TEXT, _RADIOS}:
        return str(one.get("value") or "")
    return ",".join(map(str, one.get("values") or ()))
