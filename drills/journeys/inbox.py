"""The one door in: whatever a platform sends becomes one of four values, and one answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from drills.chat.inbound import Answer, Asked, Inbound, NotTaken, Pressed, Submitted, Typed
from drills.chat.intents import Intent, UnknownIntent
from drills.errors import OursToFix, ReadbackError, Stale, TellPerson
from drills.journeys import (
    answer,
    appeal,
    campaign_form_buttons,
    enrol,
    fairness,
    forget,
    home,
    look,
    open_list,
    push_now,
    remind,
    reply,
    review,
    roles,
    rota_word,
    settings,
    setup,
    ticks,
    typed,
)
from drills.journeys.ask import ask
from drills.journeys.help import help_
from drills.journeys.tools import Tools
from drills.views.notices import trouble_card

log = logging.getLogger(__name__)

AT_ONCE = 4  # of two hundred who send at once the first are answered soon; all together, each would wait for the last

_Press: TypeAlias = Callable[[Tools, Pressed], Awaitable[Answer]]
_Submit: TypeAlias = Callable[[Tools, Submitted], Awaitable[Answer]]

_PRESSED: Mapping[str, _Press] = {
    "answer": lambda tools, it: answer.answer(tools, it, *_args(it.intent, 1)),
    "again": lambda tools, it: answer.again(tools, it, *_args(it.intent, 1)),
    "skip": lambda tools, it: answer.skip(tools, it, *_args(it.intent, 1)),
    "before": lambda tools, it: answer.tap(tools, it, *_args(it.intent, 2)),
    "after": lambda tools, it: answer.tap(tools, it, *_args(it.intent, 2)),
    "feedback": lambda tools, it: look.feedback(tools, it, *_args(it.intent, 1)),
    "fair": lambda tools, it: fairness.fair(tools, it, *_args(it.intent, 1)),
    "unfair": lambda tools, it: fairness.ask_why(tools, it, *_args(it.intent, 1)),
    "ticks": lambda tools, it: ticks.look(tools, it, *_args(it.intent, 1)),
    "tick": lambda tools, it: ticks.toggle(tools, it, *_args(it.intent, 2)),
    "consent": lambda tools, it: appeal.consent(tools, it, *_args(it.intent, 1)),
    "appeal": lambda tools, it: appeal.appeal(tools, it, *_args(it.intent, 1)),
    "review": review.review,
    "rule": lambda tools, it: review.rule(tools, it, *_args(it.intent, 3)),
    "compare": lambda tools, it: review.compare(tools, it, *_args(it.intent, 1)),
    "settle": lambda tools, it: review.settle(tools, it, *_args(it.intent, 1)),
    "mine": look.mine,
    "board": look.team_board,
    "home": home.home,
    "remind": lambda tools, it: remind.resume(tools, it, *_args(it.intent, 1)),
    "unremind": lambda tools, it: remind.pause(tools, it, *_args(it.intent, 1)),
    "here": lambda tools, it: answer.here(tools, it, *_args(it.intent, 1)),
    "snooze": lambda tools, it: enrol.snooze(tools, it, *_args(it.intent, 1)),
    "leave": enrol.leave,
    "join": enrol.join,
    "setup": setup.setup,
    "roles": roles.roles,
    "rota": rota_word.pressed,
    "settings": settings.settings,
    "push": lambda tools, it: push_now.push_now(tools, it, *it.intent.args[:2]),
    "list": open_list.list_open,
    "campaign": campaign_form_buttons.pressed,
    "help": help_,
    "forget": forget.ask,
    "erase": forget.erase,
}

_SUBMITTED: Mapping[str, _Submit] = {
    "reply": lambda tools, it: reply.reply(tools, it, *_args(it.intent, 1)),
    "contest": lambda tools, it: fairness.contest(tools, it, *_args(it.intent, 1)),
    "enrol": lambda tools, it: enrol.enrol(tools, it, *_args(it.intent, 1)),
    "setup": setup.save,
    "roles": roles.save,
    "rota": rota_word.paste,
    "settings": settings.save,
    "push": push_now.chosen,
    "campaign": campaign_form_buttons.submitted,
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """Receives everything from every platform. Never raises: a person gets a sentence, the log gets the cause."""

    tools: Tools
    pressed: Mapping[str, _Press] = field(default_factory=lambda: _PRESSED)
    submitted: Mapping[str, _Submit] = field(default_factory=lambda: _SUBMITTED)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def receive(self, inbound: Inbound) -> Answer:
        """A durable commit lies behind every answer; nothing slow happens in here."""
        try:
            async with self.turns:
                return await self._settled(inbound)
        except TellPerson as refused:
            log.info("inbound refused: %s", type(refused).__name__)
            return Answer(trouble_card(refused))
        except OursToFix as fault:
            log.exception("inbound failed", extra={"inbound": type(inbound).__name__})
            return _not_taken(inbound, fault)
        except ReadbackError as trouble:
            log.info("inbound put off: %s", type(trouble).__name__)
            return _not_taken(inbound, trouble)
        except Exception:  # the edge: whatever goes wrong, the person is told and nothing else falls over
            log.exception("inbound crashed", extra={"inbound": type(inbound).__name__})
            return _not_taken(inbound, ReadbackError())

    async def _settled(self, inbound: Inbound) -> Answer:
        """Whoever loses a race finds the rows as the winner left them, so the second time is the last."""
        try:
            return await self._route(inbound)
        except Stale:
            return await self._route(inbound)

    async def _route(self, inbound: Inbound) -> Answer:
        match inbound:
            case Pressed():
                return await _find(self.pressed, inbound.intent)(self.tools, inbound)
            case Submitted():
                return await _find(self.submitted, inbound.intent)(self.tools, inbound)
            case Asked():
                return await ask(self.tools, inbound)
            case Typed():
                return await typed.typed(self.tools, inbound)
            case _:
                assert_never(inbound)


def _not_taken(inbound: Inbound, trouble: ReadbackError) -> Answer:
    """A form keeps its words for another try; everything else left nothing to lose."""
    return Answer(NotTaken(trouble.tell) if isinstance(inbound, Submitted) else trouble_card(trouble))


def _find(table: Mapping[str, Callable[..., Awaitable[Answer]]], intent: Intent) -> Callable[..., Awaitable[Answer]]:
    try:
        return table[intent.verb]
    except KeyError:
        raise UnknownIntent(f"verb {intent.verb!r}") from None


def _args(intent: Intent, count: int) -> tuple[str, ...]:
    if len(intent.args) < count:
        raise UnknownIntent(f"{intent.verb!r} needs {count} arguments")
    return intent.args[:count]
