"""An answer becomes what Slack can show at that moment: a modal, its next page, errors beside fields, a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import render
from adapters.slack.clients import Clients
from adapters.slack.errors import NETWORK, code_of
from adapters.slack.inbound import Body
from adapters.slack.origin import Origin
from adapters.slack.sentences import again_card, holding_card
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Answer, Inbound, NotTaken, Typed
from drills.errors import OursToFix, ReadbackError, TryLater
from drills.ports import Chat, Once
from drills.views.goes_on import answer_to_words, done_card
from drills.views.notices import not_taken_card, trouble_card

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 30.0  # for a Slack that is busy; the person is still there to read it
_TROUBLE = (*NETWORK, ReadbackError)
_TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired", "ratelimited"}
_MISFIT = {"invalid_arguments", "invalid_blocks", "invalid_blocks_format"}
_Call: TypeAlias = Callable[..., Awaitable[AsyncSlackResponse]]


class Answers:
    """Every method ends in something that the person sees, or in a line of the log where Slack lets nothing through."""

    def __init__(self, clients: Clients, chat: Chat) -> None:
        self._clients = clients
        self._chat = chat

    async def open(self, inbound: Inbound, trigger: str, answer: Answer) -> None:
        """In a modal of its own, within the trigger's three seconds; by a private message where they have passed."""
        shown = _card_or_form(answer)
        if shown is None:
            return
        opened = await self._opened(inbound, trigger, shown)
        if isinstance(opened, Card):
            await self.tell(inbound, opened, "again")

    async def open_ahead(self, inbound: Inbound, trigger: str, coming: asyncio.Task[Answer]) -> None:
        """A modal that says "one moment" uses the trigger before it runs out; the answer fills it."""
        opened = await self._opened(inbound, trigger, holding_card())
        answer = await coming
        if isinstance(opened, str):
            await self.turn(inbound, opened, answer if answer.show else Answer(done_card()))
        elif shown := _card_or_form(answer):
            await self.tell(inbound, shown if isinstance(shown, Card) else again_card(inbound), "again")

    async def turn(self, inbound: Inbound, view: str, answer: Answer) -> None:
        """Put the next page into a modal that is open. One that the person closed meanwhile stays closed."""
        shown = _card_or_form(answer)
        if shown is None:
            return
        try:
            client = await self._clients.of(inbound.person.workspace)
            await _shown(partial(client.views_update, view_id=view), shown, inbound)
        except _TROUBLE as trouble:
            if _code(trouble) != "not_found":
                await self.tell(inbound, _instead(inbound, shown, trouble), "again")

    async def say(self, typed: Typed, answer: Answer) -> None:
        """To words typed in a thread or a direct message: in private, and kept where the place is private."""
        if card := answer_to_words(typed, answer):
            await self.tell(typed, card, "typed")

    async def tell(self, inbound: Inbound, card: Card, why: str) -> None:
        """A private message: the way that is left when there is no modal. Raises nothing."""
        key = f"{why}:{inbound.key}"
        try:
            try:
                await self._told(inbound, card, Once(key))
            except TryLater as busy:
                await asyncio.sleep(min(busy.retry_after, LONGEST_WAIT_S))
                await self._told(inbound, card, Once(key, again=True))
        except ReadbackError as trouble:
            log.warning("a private answer did not get through: %s", type(trouble).__name__)

    async def _told(self, inbound: Inbound, card: Card, once: Once) -> None:
        handle = None if isinstance(inbound, Typed) else inbound.handle
        keep = inbound.place.direct and handle is None
        await self._chat.tell(inbound.person, inbound.place, card, once, handle, keep=keep)

    async def _opened(self, inbound: Inbound, trigger: str, shown: Card | Form | FieldErrors) -> str | Card:
        """The view's id, or what to say in its stead when Slack did not open it."""
        try:
            client = await self._clients.of(inbound.person.workspace)
            opened = await _shown(partial(client.views_open, trigger_id=trigger), shown, inbound)
        except _TROUBLE as trouble:
            return _instead(inbound, shown, trouble)
        return str((opened.get("view") or {}).get("id") or "")


def acknowledgement(answer: Answer, body: Body, origin: Origin) -> dict[str, Any]:
    """What goes straight back to a submission: errors keep the modal with every word, a page takes its place."""
    match answer.show:
        case None:
            return {"response_action": "clear"}
        case NotTaken():
            return beside_first_field(answer.show.sentence, body, origin)
        case FieldErrors() if _stand_here(answer.show, body):
            return {"response_action": "errors", "errors": render.field_errors(answer.show)}
        case _:
            return {"response_action": "update", "view": render.view(answer.show, metadata=origin.pack())}


def beside_first_field(sentence: str, body: Body, origin: Origin) -> dict[str, Any]:
    fields = _fields(body["view"])
    if not fields:
        return {
            "response_action": "update",
            "view": render.view(not_taken_card(NotTaken(sentence)), metadata=origin.pack()),
        }
    return {"response_action": "errors", "errors": {fields[0]: sentence}}


def _stand_here(shown: FieldErrors, body: Body) -> bool:
    """Whether this is the form that was sent: Slack takes errors beside its own inputs, and changes nothing else."""
    same = body["view"].get("callback_id") == shown.form.intent.pack()
    return same and bool(shown.errors) and set(render.field_errors(shown)) <= set(_fields(body["view"]))


def _fields(view: Body) -> list[str]:
    blocks = [block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"]
    return blocks or list((view.get("state") or {}).get("values") or ())


def _card_or_form(answer: Answer) -> Card | Form | FieldErrors | None:
    return not_taken_card(answer.show) if isinstance(answer.show, NotTaken) else answer.show


async def _shown(call: _Call, shown: Card | Form | FieldErrors, inbound: Inbound) -> AsyncSlackResponse:
    """Once more in the oldest kinds of block where Slack refuses a newer one: they come and go (platforms.md §3)."""
    origin = Origin(inbound.place, None if isinstance(inbound, Typed) else inbound.handle).pack()
    try:
        return await call(view=render.view(shown, metadata=origin))
    except SlackApiError as refused:
        if _code(refused) not in _MISFIT:
            raise
        log.warning("Slack refused a kind of block: %s", _code(refused))
        return await call(view=render.view(shown, metadata=origin, plainly=True))


def _instead(inbound: Inbound, shown: Card | Form | FieldErrors, trouble: Exception) -> Card:
    """A card needs no modal. A form does: it is asked for again, unless it is the form that Slack refuses."""
    code = _code(trouble)
    late = code in _TOO_LATE or not isinstance(trouble, SlackApiError | OursToFix)
    log.log(logging.WARNING if late else logging.ERROR, "Slack showed no modal: %s", code)
    if isinstance(shown, Card):
        return shown
    return again_card(inbound) if late else trouble_card(OursToFix())


def _code(trouble: Exception) -> str:
    """Slack's word for it; never its whole answer, which may quote what was sent."""
    return code_of(trouble) or type(trouble).__name__
