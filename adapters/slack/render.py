"""Cards and forms as what Slack takes: a message, a modal, a home tab. Pure; every text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from adapters.slack.blocks import HEADER, Json, basic, header, plain, quiet, rich
from adapters.slack.buttons import actions, spelled_out
from adapters.slack.fields import input_blocks, overflow
from adapters.slack.fit import MESSAGE, WINDOW, Build, Room, fitted
from adapters.slack.parts import Item, item
from adapters.slack.text import escape
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.parts import heading
from drills.chat.plain import headline
from drills.chat.text import clean, length, short

TITLE = SUBMIT = 24  # of a modal
_NOTIFICATION = 400  # far below the 4,000 bytes at which chat.update refuses a text
_SAYING = 2000  # a line about who sees a card that is longer than this is content, and stands with it
CARD_CALLBACK, HOME_CALLBACK = "card", "home"


def message(card: Card, *, plainly: bool = False) -> Json:
    """`blocks` for the channel and `text` for notifications and lock screens, the banner first in both.

    `plainly`: in sections only, for a Slack that refuses newer kinds of block.
    """
    build: Build = basic if plainly else partial(rich, tables=True)
    text = short(headline(card), _NOTIFICATION) or "Readback"
    return {"blocks": _card(card, MESSAGE, build, titled=True), "text": escape(text)}


def home(card: Card, *, plainly: bool = False) -> Json:
    """The person's own page."""
    blocks = _card(card, WINDOW, _in_window(plainly), titled=True)
    return {"type": "home", "callback_id": HOME_CALLBACK, "blocks": blocks}


def view(shown: Form | FieldErrors | Card, metadata: str, *, plainly: bool = False) -> Json:
    """A modal. `metadata` comes back with whatever is pressed or sent in it (at most 3,000 characters)."""
    if isinstance(shown, Card):
        blocks = _card(shown, WINDOW, _in_window(plainly), titled=_is_cut(shown.title))
        return {**_modal(shown.title, blocks, metadata), "callback_id": CARD_CALLBACK}
    form, errors = (shown.form, field_errors(shown)) if isinstance(shown, FieldErrors) else (shown, {})
    blocks = _form(form, errors, _in_window(plainly))
    callback = {"callback_id": form.intent.pack(), "submit": plain(form.submit, SUBMIT)}
    return {**_modal(form.title, blocks, metadata), **callback}


def field_errors(shown: FieldErrors) -> dict[str, str]:
    """Sentences by block id, for an answer that keeps the modal open. One about no field of it goes to the first."""
    names = [field.name for field in shown.form.fields]
    found: dict[str, str] = {}
    for name, sentence in shown.errors.items():
        at = name if name in names else names[0]
        found[at] = " ".join(part for part in (found.get(at), clean(sentence)) if part)
    return found


def _in_window(plainly: bool) -> Build:
    """Slack takes tables in messages only."""
    return basic if plainly else partial(rich, tables=False)


def _modal(title: str, blocks: list[Json], metadata: str) -> Json:
    return {
        "type": "modal",
        "title": plain(title, TITLE),
        "close": plain("Close"),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def _card(card: Card, room: Room, build: Build, *, titled: bool) -> list[Json]:
    head, long_title = _head(card.banner, card.title if titled else "", build)
    tail, long_line = _tail(card.who_sees)
    items = [*long_title, *map(item, card.blocks), *long_line, spelled_out(card.buttons)]
    return fitted(head, items, [*actions(card.buttons), *tail], room, build)


def _form(form: Form, errors: dict[str, str], build: Build) -> list[Json]:
    head, long_title = _head(form.banner, form.title if _is_cut(form.title) else "", build)
    tail, long_line = _tail(form.who_sees)
    inputs = [block for field in form.fields for block in input_blocks(field, errors.get(field.name, ""))]
    items = [*long_title, *map(item, form.intro), *long_line, *map(overflow, form.fields)]
    return fitted(head, items, [*inputs, *tail], WINDOW, build)


def _head(banner: str | None, title: str, build: Build) -> tuple[list[Json], Sequence[Item]]:
    """Banner and title; a title that is too long for a header opens the text instead."""
    first = build([(heading(short(banner, HEADER)),)]) if banner and banner.strip() else []
    if not title.strip():
        return first, ()
    if length(clean(title)) <= HEADER:
        return [*first, header(title)], ()
    return first, ((heading(clean(title)),),)


def _tail(who_sees: str) -> tuple[list[Json], Sequence[Item]]:
    if length(who_sees) <= _SAYING:
        return quiet(who_sees), ()
    return [], ((heading(clean(who_sees)),),)


def _is_cut(title: str) -> bool:
    return length(" ".join(clean(title).split())) > TITLE
