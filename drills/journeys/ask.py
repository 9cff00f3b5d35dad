"""`/drill …`: the words behind the command, each leading to a journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from drills.chat.inbound import Answer, Asked
from drills.journeys import enrol, forget, look, open_list, review, roles, settings, setup
from drills.journeys.campaign_word import campaign
from drills.journeys.help import doctor, help_
from drills.journeys.hold import hold
from drills.journeys.push_now import push_now
from drills.journeys.rota_word import rota
from drills.journeys.tools import Tools

_Word: TypeAlias = Callable[[Tools, Asked, str], Awaitable[Answer]]

_WORDS: Mapping[str, _Word] = {
    "now": lambda tools, asked, _: open_list.now(tools, asked),
    "list": lambda tools, asked, _: open_list.list_open(tools, asked),
    "skip": lambda tools, asked, _: open_list.skip(tools, asked),
    "mine": lambda tools, asked, _: look.mine(tools, asked),
    "board": lambda tools, asked, _: look.team_board(tools, asked),
    "snooze": enrol.snooze,
    "leave": lambda tools, asked, _: enrol.leave(tools, asked),
    "join": lambda tools, asked, _: enrol.join(tools, asked),
    "settings": lambda tools, asked, _: settings.settings(tools, asked),
    "forget-me": lambda tools, asked, _: forget.ask(tools, asked),
    "push": push_now,
    "hold": hold,
    "campaign": campaign,
    "rota": rota,
    "review": lambda tools, asked, _: review.review(tools, asked),
    "doctor": doctor,
    "setup": lambda tools, asked, _: setup.setup(tools, asked),
    "roles": lambda tools, asked, _: roles.roles(tools, asked),
}


async def ask(tools: Tools, asked: Asked) -> Answer:
    """Unknown words get the help card: it says that they are, and lists the known ones."""
    word, _, rest = asked.words.strip().lower().partition(" ")
    if word not in _WORDS:
        return await help_(tools, asked, "" if word == "help" else word)
    return await _WORDS[word](tools, asked, rest.strip())
