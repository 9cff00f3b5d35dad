"""Cards and forms as what Discord takes: messages and modals. Pure; every text stays text."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord.blocks import PICTURES, Json, body, characters, display, paragraphs
from adapters.discord.buttons import actions, spelled_out
from adapters.discord.commands import ours
from adapters.discord.fit import MORE, pages
from adapters.discord.parts import Item, parts
from adapters.discord.pictures import NONE, Drawn, Picture, gallery, pictures_of
from adapters.discord.text import escape
from drills.chat.cards import Card
from drills.chat.charts import Chart
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, short

TITLE = 150
_SAYING = 1000  # a line about who sees a card that is longer than this is content, and stands with it
_MOST_PAGES = 5


def message(card: Card, *, mark: int | None = None, drawn: Drawn = NONE) -> Json:
    """One message, for where a whole channel sees it: what has no room in it is said to be missing.

    `mark` comes back with the channel's history, where nobody sees it.
    """
    first, *more = _pages(card, "", drawn)
    left = sum(characters(page) for page in more)
    page, pictures = [*first, *(_missing(left) if more else ())], pictures_of(card, drawn)
    return _illustrated(body(_framed(card, page, "", pictures, first=True, last=True), mark), pictures)


def private(card: Card, *, server: str = "", ephemeral: bool = True, drawn: Drawn = NONE) -> list[Json]:
    """As many messages as the card needs, for one reader. `server` in a direct message, where ids must name it."""
    found, pictures = _pages(card, server, drawn), pictures_of(card, drawn)
    kept, more = found[:_MOST_PAGES], found[_MOST_PAGES:]
    if more:
        kept[-1] = [*kept[-1], *_missing(sum(characters(page) for page in more))]
    last = len(kept) - 1
    first, *others = (
        body(_framed(card, page, server, () if at else pictures, first=at == 0, last=at == last), ephemeral=ephemeral)
        for at, page in enumerate(kept)
    )
    return [_illustrated(first, pictures), *others]


def _pages(card: Card, server: str, drawn: Drawn) -> list[list[Json]]:
    long_title, long_line = _long(card)
    written = (block for block in card.blocks if not (isinstance(block, Chart) and block in drawn))
    items: list[Item] = [*long_title, *map(parts, written), *long_line, spelled_out(card.buttons)]
    head, tail = _head(card, pictures_of(card, drawn), first=True), [*actions(card.buttons, server), *_tail(card)]
    return pages(head, items, tail, characters(head) + characters(tail)) or [[]]


def _framed(
    card: Card, page: Sequence[Json], server: str, pictures: Sequence[Picture], *, first: bool, last: bool
) -> list[Json]:
    """Every page says who can see it; pictures stand at the top of the first, the buttons at the end of the last."""
    buttons = actions(card.buttons, server) if last else []
    on = [] if last else [display("-# It goes on in the next message.")]
    made = [*_head(card, pictures, first=first), *page, *on, *buttons, *_tail(card)]
    return made or [display("…")]


def _illustrated(message: Json, pictures: Sequence[Picture]) -> Json:
    return {**message, PICTURES: pictures} if pictures else message


def _head(card: Card, pictures: Sequence[Picture], *, first: bool) -> list[Json]:
    """The banner comes first in every notification and on every lock screen."""
    title = ours(card.title) if length(clean(card.title)) <= TITLE else ""
    lines = []
    if card.banner and card.banner.strip():
        lines.append(f"**{escape(short(card.banner, TITLE))}**")
    if title.strip():
        more = "" if first else " (goes on)"
        lines.append(f"### {escape(' '.join(clean(title).split()))}{more}")
    return [*([display("\n".join(lines))] if lines else []), *map(gallery, pictures)]


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
