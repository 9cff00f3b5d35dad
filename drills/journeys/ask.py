"""`/drill …`: the words behind the command, each leading to a journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from drills.chat.inbound import Answer, Asked, Pressed
from drills.chat.intents import Intent
from drills.journeys import enrol, look, roles, setup
from drills.journeys.answer import answer
from drills.journeys.tools import Tools
from drills.views.help import help_card

_Word: TypeAlias = Callable[[Tools, Asked, str], Awaitable[Answer]]

_WORDS: Mapping[str, _Word] = {
    "now": lambda tools, asked, _: _now(tools, asked),
    "mine": lambda tools, asked, _: look.mine(tools, asked),
    "board": lambda tools, asked, _: look.team_board(tools, asked),
    "snooze": enrol.snooze,
    "leave": lambda tools, asked, _: enrol.leave(tools, asked),
    "setup": lambda tools, asked, _: setup.setup(tools, asked),
    "roles": lambda tools, asked, _: roles.roles(tools, asked),
    "join": lambda tools, asked, _: enrol.join(tools, asked),
}


async def ask(tools: Tools, asked: Asked) -> Answer:
    """Unknown words get the help card: it lists the known ones."""
    word, _, rest = asked.words.strip().lower().partition(" ")
    if word not in _WORDS:
        return Answer(help_card())
    return await _WORDS[word](tools, asked, rest.strip())


async def _now(tools: Tools, asked: Asked) -> Answer:
    push = await look.newest_open(tools, asked)
    intent = Intent("answer", (push.id,))
    return await answer(tools, Pressed(asked.key, asked.person, asked.place, intent, asked.handle), push.id)
