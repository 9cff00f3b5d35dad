"""Cards and forms as what Discord takes: messages and modals. Pure; every text stays text."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord.blocks import Json, body, characters, display, paragraphs
from adapters.discord.buttons import actions, spelled_out
from adapters.discord.commands import ours
from adapters.discord.fit import MORE, pages
from adapters.discord.parts import Item, Part, Run, Shape, heading, parts
from adapters.discord.text import clean, escape, length, short
from drills.chat.cards import Card

TITLE = 150
_SAYING = 1000  # a line about who sees a card that is longer than this is content, and stands with it
_MOST_PAGES = 5


def message(card: Card, *, mark: int | None = None) -> Json:
    """One message, for where a whole channel sees it: what has no room in it is said to be missing.

    `mark` comes back with the channel's history, where nobody sees it.
    """
    first, *more = _pages(card, "")
    left = sum(characters(page) for page in more)
    return body(_framed(card, [*first, *(_missing(left) if more else ())], "", first=True, last=True), mark)


def private(card: Card, *, server: str = "", ephemeral: bool = True) -> list[Json]:
    """As many messages as the card needs, for one reader. `server` in a direct message, where ids must name it."""
    found = _pages(card, server)
    kept, more = found[:_MOST_PAGES], found[_MOST_PAGES:]
    if more:
        kept[-1] = [*kept[-1], *_missing(sum(characters(page) for page in more))]
    last = len(kept) - 1
    return [
        body(_framed(card, page, server, first=at == 0, last=at == last), ephemeral=ephemeral)
        for at, page in enumerate(kept)
    ]


def _pages(card: Card, server: str) -> list[list[Json]]:
    long_title, long_line = _long(card)
    items: list[Item] = [*long_title, *map(parts, card.blocks), *long_line, spelled_out(card.buttons)]
    head, tail = _head(card, first=True), [*actions(card.buttons, server), *_tail(card)]
    return pages(head, items, tail, characters(head) + characters(tail)) or [[]]


def _framed(card: Card, page: Sequence[Json], server: str, *, first: bool, last: bool) -> list[Json]:
    """Every page says who can see it; the buttons stand at the end."""
    buttons = actions(card.buttons, server) if last else []
    on = [] if last else [display("-# It goes on in the next message.")]
    made = [*_head(card, first=first), *page, *on, *buttons, *_tail(card)]
    return made or [display("…")]


def _head(card: Card, *, first: bool) -> list[Json]:
    """The banner comes first in every notification and on every lock screen."""
    title = ours(card.title) if length(clean(card.title)) <= TITLE else ""
    lines = []
    if card.banner and card.banner.strip():
        lines.append(f"**{escape(short(card.banner, TITLE))}**")
    if title.strip():
        more = "" if first else " (goes on)"
        lines.append(f"### {escape(' '.join(clean(title).split()))}{more}")
    return [display("\n".join(lines))] if lines else []


def _tail(card: Card) -> list[Json]:
    if not card.who_sees.strip() or length(card.who_sees) > _SAYING:
        return []
    return [display("\n".join(paragraphs([Part(Shape.QUIET, (Run(clean(ours(card.who_sees))),))])))]


def _long(card: Card) -> tuple[Sequence[Item], Sequence[Item]]:
    """A title or a line that is too long for its place stands with the text."""
    title = [(heading(clean(card.title)),)] if length(clean(card.title)) > TITLE else []
    line = [(heading(clean(card.who_sees)),)] if length(card.who_sees) > _SAYING else []
    return title, line


def _missing(left: int) -> list[Json]:
    return [display(f"-# {MORE.format(left=f'{left:,}')}")]
