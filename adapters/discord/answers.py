"""An answer becomes what Discord can show at that moment: a modal, a private message, the same message's next page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar

from adapters.discord import render
from adapters.discord.blocks import EPHEMERAL, Json
from adapters.discord.clients import Clients
from adapters.discord.inbound import OPEN, RETRY, Came, is_, modal_id, origin, way_back
from adapters.discord.kept import Words, again, kept, shown
from adapters.discord.modal import filled, modal, preface
from adapters.discord.pictures import NONE, Drawn, Ready, drawn
from adapters.discord.sentences import again_card, closed_card, lacking_card, preface_card, retry
from adapters.discord.tries import tried
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Answer, Asked, NotTaken, Pressed, Submitted, Typed
from drills.errors import CannotReach, OursToFix, ReadbackError
from drills.ports import Chat, Once, Pictures
from drills.views.goes_on import answer_to_words, done_card
from drills.views.notices import trouble_card
from drills.views.wording import ONLY_YOU

log = logging.getLogger(__name__)
T = TypeVar("T")

NEW_MESSAGE, ONE_MOMENT, QUIETLY, SAME_MESSAGE, MODAL = 4, 5, 6, 7, 9
"""Kinds of first answers: https://discord.com/developers/docs/interactions/receiving-and-responding"""

TURNS = frozenset({"before", "after", "tick", "ticks", "rule", "review", "compare", "erase", OPEN, RETRY})
"""Words of buttons whose card's next page takes its place. Any other private card stays, and the answer comes below."""

POSTS = frozenset({"setup", "push", "campaign"})
"""What is asked for when drills shall come to the channel."""

Tapped: TypeAlias = Pressed | Asked | Submitted
Instead: TypeAlias = Callable[[], Json] | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """The first answer, and messages that follow it."""

    kind: int
    data: Json | None = None
    more: Sequence[Json] = ()


class Answers:
    """Every method ends in something that the person sees, or in a line of the log where Discord lets nothing by."""

    def __init__(self, clients: Clients, chat: Chat, pictures: Pictures | None = None) -> None:
        self._clients = clients
        self._chat = chat
        self._pictures = pictures

    def answering(self, came: Came) -> AbstractContextManager[None]:
        """Around the methods below: what a worker has for the same tap comes after them."""
        return self._clients.firsts.coming(came.token)

    async def ready(self, came: Came, coming: Awaitable[Answer]) -> Ready:
        """The answer with the pictures of its card, which take as long as the answer itself may."""
        without = self._clients.no_pictures
        if not came.draws:  # Discord tells with each tap, and a worker's later answer to it can't know
            without.note(came.token)
        answer, taken = await coming, came.draws and not without.lately(came.channel)
        return Ready(answer, await drawn(answer.show, self._pictures if taken else None))

    async def show(self, came: Came, inbound: Tapped, ready: Ready) -> None:
        """As the first answer, within three seconds."""
        shown = _or_trouble(partial(_shown, came, inbound), ready)
        if await self._first(came, shown.kind, shown.data, partial(_in_its_place, came, inbound)):
            await self._follow(came, [*shown.more, *(() if shown.kind == MODAL else _warned(came, inbound))])

    async def wait(self, came: Came) -> bool:
        """A private "one moment" in time, when the answer needs longer. It is private from then on."""
        return await self._first(came, ONE_MOMENT, {"flags": EPHEMERAL})

    async def quietly(self, came: Came) -> None:
        """Nothing to see."""
        await self._first(came, QUIETLY)

    async def fill(self, came: Came, inbound: Tapped, ready: Ready) -> None:
        """In place of the "one moment". A modal can't open any more, so it is one tap away."""
        first, *more = _or_trouble(partial(_messages, came, inbound, late=True), ready)
        if await self._filled(came, first, partial(_in_its_place, came, inbound)):
            await self._follow(came, more)

    async def say(self, typed: Typed, answer: Answer) -> None:
        """To words typed in a channel, a thread or a direct message: as a direct message. Raises nothing."""
        card = answer_to_words(typed, answer)
        if card is None:
            return
        try:
            await self._tell(typed, card)
        except ReadbackError as trouble:
            log.warning("a private answer did not get through: %s", type(trouble).__name__)

    async def _tell(self, typed: Typed, card: Card) -> None:
        """Where direct messages are closed, whoever has to do more gets a button in the channel that names nobody."""
        key, alone = f"typed:{typed.key}", replace(typed.place, direct=True)
        try:
            keep = typed.place.direct
            await tried(lambda again: self._chat.tell(typed.person, alone, card, Once(key, again), keep=keep))
        except CannotReach:
            if not (typed.reply_to and card.buttons):
                raise
            closed = closed_card(typed.reply_to)
            await tried(lambda again: self._chat.post(typed.place, closed, Once(f"{key}:button", again)))

    async def _first(self, came: Came, kind: int, data: Json | None = None, instead: Instead = None) -> bool:
        """Whether it got through. Where Discord refuses it for what is in it, the person is told `instead`."""
        try:
            await self._clients.respond(came.id, came.token, kind, data, channel=came.channel)
        except OursToFix as fault:
            log.error("Discord took no answer to a tap: %s", fault)
            if instead is not None:
                await self._first(came, NEW_MESSAGE, instead())
            return False
        except ReadbackError as trouble:
            log.warning("Discord took no answer to a tap: %s", trouble)
            return False
        return True

    async def _filled(self, came: Came, message: Json, instead: Instead = None) -> bool:
        """The same for a late answer. It may be sent again, and is: without it "one moment" stands there for ever."""
        body, at = _unflagged(message), came.channel
        try:
            await tried(lambda _: self._clients.edit_answer(came.application, came.token, body, channel=at))
        except OursToFix as fault:
            log.error("Discord took no late answer: %s", fault)
            if instead is not None:
                await self._filled(came, instead())
            return False
        except ReadbackError as trouble:
            log.warning("a late answer did not get through: %s", type(trouble).__name__)
            return False
        return True

    async def _follow(self, came: Came, messages: Sequence[Json]) -> None:
        for message in messages:
            try:
                await self._clients.follow_up(came.application, came.token, message, channel=came.channel)
            except ReadbackError as trouble:
                log.warning("the rest of an answer did not get through: %s", type(trouble).__name__)
                return


def _or_trouble(made: Callable[[Ready], T], ready: Ready) -> T:
    """The answer as messages; a sentence in its place where Discord has no room for it."""
    try:
        return made(ready)
    except ReadbackError as fault:
        log.exception("an answer could not be drawn")
        return made(Ready(Answer(trouble_card(fault))))


def _in_its_place(came: Came, inbound: Tapped) -> Json:
    """For an answer that Discord refuses for what is in it: short, and sure to be taken."""
    return _private(came, inbound, trouble_card(ReadbackError()))[0]


def _shown(came: Came, inbound: Tapped, ready: Ready) -> _Shown:
    answer = ready.answer
    if isinstance(answer.show, Form) and not isinstance(inbound, Submitted) and _opens(came, answer.show):
        form = filled(answer.show, kept(came.message)) if is_(RETRY, came) else answer.show
        return _Shown(MODAL, modal(form, modal_id(form.intent, inbound, came)))
    if answer.show is None and came.message:
        return _Shown(QUIETLY)
    first, *more = _messages(came, inbound, ready, late=False)
    if came.ephemeral and _turns(came.message):
        return _Shown(SAME_MESSAGE, _unflagged(first), more)
    return _Shown(NEW_MESSAGE, first, more)


def _opens(came: Came, form: Form) -> bool:
    """Whether nothing has to be read before the modal."""
    return is_(OPEN, came) or is_(RETRY, came) or not preface(form)


def _messages(came: Came, inbound: Tapped, ready: Ready, *, late: bool) -> list[Json]:
    """The answer as private messages. `late`: a form was too slow for a modal."""
    answer = ready.answer
    before, server = origin(inbound, came), _server(came, inbound)
    match answer.show:
        case FieldErrors():
            sentences, form = _sentences(answer.show), answer.show.form
            back = retry(way_back(form.intent, inbound, came), server)
            return [again(sentences, _words(form), back, form.who_sees, server)]
        case NotTaken():
            words = [Words(text) for text in inbound.values.values()] if isinstance(inbound, Submitted) else []
            return [again([answer.show.sentence], words, retry(before, server), ONLY_YOU, server)]
        case Form():
            card = again_card(before, inbound, server) if late else preface_card(answer.show, before, server)
            return _private(came, inbound, card)
        case None:
            return _private(came, inbound, done_card())
        case _:
            return _private(came, inbound, answer.show, ready.drawn)


def _sentences(refused: FieldErrors) -> list[str]:
    """With the field's name where there are several."""
    labels = {field.name: f"{field.label}: " for field in refused.form.fields if len(refused.form.fields) > 1}
    return [f"{labels.get(name, '')}{sentence}" for name, sentence in refused.errors.items()]


def _words(form: Form) -> list[Words]:
    texts = [(field.label, shown(field, field.value or "")) for field in form.fields]
    return [Words(text, label if len(texts) > 1 else "") for label, text in texts]


def _private(came: Came, inbound: Tapped, card: Card, pictures: Drawn = NONE) -> list[Json]:
    return render.private(card, server=_server(came, inbound), drawn=pictures)


def _warned(came: Came, inbound: Tapped) -> list[Json]:
    """To whoever prepares a drill here: that it could not be posted. Discord tells with each tap what we may do."""
    about = inbound.words.partition(" ")[0] if isinstance(inbound, Asked) else inbound.intent.verb
    return _private(came, inbound, lacking_card(came.lacks)) if came.lacks and about in POSTS else []


def _server(came: Came, inbound: Tapped) -> str:
    """What buttons must name in a direct message."""
    return "" if came.server else inbound.person.workspace.id


def _turns(message: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all the buttons of a message lead to its next page, or back to the page that it came from."""
    verbs = {str(one["custom_id"]).partition(":")[0] for one in _buttons(message)}
    back = {"feedback"} if "tick" in verbs else set()
    return bool(verbs) and verbs <= TURNS | back


def _buttons(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        if one.get("custom_id"):
            yield one
        yield from _buttons(one.get("components") or ())


def _unflagged(message: Json) -> Json:
    """What an edit may say: a message stays as private as it was made."""
    return {**message, "flags": message["flags"] & ~EPHEMERAL}
