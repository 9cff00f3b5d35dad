"""What can be asked by a command: one for everybody, one for those who look after a team. As data, with a hash.

Discord takes a command's permission for all of its words, so the two stand apart:
https://discord.com/developers/docs/interactions/application-commands#permissions
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

DRILL, ADMIN, ANSWER = "drill", "drill-admin", "Answer this drill"
_CHAT_INPUT, _MESSAGE = 1, 3
_SUB_COMMAND, _STRING, _INTEGER = 1, 3, 4
_IN_A_SERVER, _ADDED_TO_SERVER = 0, 0
MANAGE_SERVER = 1 << 5
_MOST = 100  # characters of a description

_DAYS = {"type": _INTEGER, "name": "days", "description": "How many days", "min_value": 1, "max_value": 90}
_LENGTH = {"type": _STRING, "name": "length", "description": "How long: 6h or 90m, up to 72 hours; off ends it"}
_WHAT = {"type": _STRING, "name": "what", "description": "new makes one; without it you see those there are"}
_WHICH = {"type": _STRING, "name": "drill", "description": "A drill's id; without one you pick from a list"}

_WORDS: Mapping[str, tuple[str, Sequence[Json]]] = {
    "now": ("Answer the drill that is open for you", ()),
    "list": ("All that is open here", ()),
    "skip": ("Skip the drill that is open for you; no reason needed", ()),
    "mine": ("Your own drills and feedback", ()),
    "board": ("The team board", ()),
    "snooze": ("No drills for some days", ({**_DAYS, "required": True},)),
    "leave": ("No drills any more; join brings them back", ()),
    "join": ("Take part again", ()),
    "settings": ("Your own time zone", ()),
    "forget-me": ("Erase your words and your name", ()),
    "help": ("What Readback is, what it can be asked, and who sees what", ()),
}
_ADMIN_WORDS: Mapping[str, tuple[str, Sequence[Json]]] = {
    "setup": ("Make this channel a team's, or change the team", ()),
    "roles": ("Name leads and educators of this team", ()),
    "push": ("Post a drill in this channel now", ({**_WHICH, "required": False},)),
    "hold": ("Leave this team alone for some hours", ({**_LENGTH, "required": False},)),
    "campaign": (
        "This team's campaigns, and when the next drill comes",
        ({**_WHAT, "required": False, "choices": [{"name": "new", "value": "new"}]},),
    ),
    "rota": ("When people are on shift or on leave", ()),
    "review": ("Look, without names, at what learners found unfair", ()),
    "doctor": ("What is missing for Readback to work in this server", ()),
}
_SAID = re.compile(rf"/{DRILL} (?=(?:{'|'.join(_ADMIN_WORDS)})\b)")
_OPTION = {word: more[0]["name"] for word, (_, more) in {**_WORDS, **_ADMIN_WORDS}.items() if more}
_GIVEN = re.compile(rf"(/{DRILL}(?:-admin)? ({'|'.join(_OPTION)}) )(?=(?:off|new|[a-z-]*\d[\w-]*)\b)")
_PLACE = re.compile(r"\b(the|this) workspace\b", re.IGNORECASE)


def commands() -> list[Json]:
    """As Discord takes them, all at once."""
    return [
        _command(DRILL, "Communication drills: answer, look back, take a break", _WORDS),
        {
            **_command(ADMIN, "Look after a team's drills", _ADMIN_WORDS),
            "default_member_permissions": MANAGE_SERVER,
        },
        {"type": _MESSAGE, "name": ANSWER, **_where()},
    ]


def hash_of(found: Sequence[Mapping[str, Any]]) -> str:
    """The same for the same commands, whoever lists them, in whatever order: Discord's own additions are left out."""
    known = sorted((_known(one) for one in found), key=lambda one: (one["type"], one["name"]))
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]


def changes(registered: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each command that Discord has not, has otherwise, or has too many. None when all is well."""
    there, ours_ = ({(one["type"], one["name"]): _known(one) for one in some} for some in (registered, commands()))
    for key, command in ours_.items():
        if key not in there:
            yield f"added {_named(command)}"
        elif there[key] != command:
            yield f"changed {_named(command)}"
    yield from (f"removed {_named(there[key])}" for key in there.keys() - ours_.keys())


def words_of(data: Mapping[str, Any]) -> str:
    """What a slash command says, as it would be typed: "snooze 7"."""
    said: list[str] = []
    for option in data.get("options") or ():
        said += [option["name"], words_of(option)] if option["type"] == _SUB_COMMAND else [str(option.get("value", ""))]
    return " ".join(part for part in said if part)


def ours(text: str) -> str:
    """A sentence of the product in Discord's words: its commands, their options by name, and a server."""
    named = _GIVEN.sub(lambda found: f"{found[1]}{_OPTION[found[2]]}:", _SAID.sub(f"/{ADMIN} ", text))
    return _PLACE.sub(r"\1 server", named)


def is_message_command(data: Mapping[str, Any]) -> bool:
    return bool(data.get("type") == _MESSAGE and data.get("name") == ANSWER)


def _command(name: str, description: str, words: Mapping[str, tuple[str, Sequence[Json]]]) -> Json:
    options = [
        {"type": _SUB_COMMAND, "name": word, "description": says[:_MOST], "options": list(more)}
        for word, (says, more) in words.items()
    ]
    return {"type": _CHAT_INPUT, "name": name, "description": description, "options": options, **_where()}


def _where() -> Json:
    """In servers that added the app, and nowhere else: a drill needs a team's channel."""
    return {"contexts": [_IN_A_SERVER], "integration_types": [_ADDED_TO_SERVER]}


def _known(command: Mapping[str, Any]) -> Json:
    """What we say of a command, with what Discord leaves out or adds put back to its default."""
    needed = command.get("default_member_permissions")  # sent as a number, listed as text
    return {
        "type": command.get("type", _CHAT_INPUT),
        "name": command["name"],
        "description": command.get("description") or "",
        "options": [_option(option) for option in command.get("options") or ()],
        "contexts": sorted(command.get("contexts") or ()),
        "integration_types": sorted(command.get("integration_types") or ()),
        "default_member_permissions": None if needed is None else str(needed),
    }


def _option(option: Mapping[str, Any]) -> Json:
    return {
        **{name: option.get(name) for name in ("type", "name", "description", "min_value", "max_value")},
        "required": bool(option.get("required")),
        "choices": [(choice["name"], choice["value"]) for choice in option.get("choices") or ()],
        "options": [_option(more) for more in option.get("options") or ()],
    }


def _named(command: Mapping[str, Any]) -> str:
    return f"/{command['name']}" if command["type"] == _CHAT_INPUT else f"“{command['name']}” on messages"
