"""Room: how much one message of Discord holds, how a card goes on in the next, and a plain word where it can't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.discord.blocks import CHARACTERS, COMPONENTS, Json, count, display, paragraphs
from adapters.discord.parts import Item
from drills.chat.text import length
from drills.errors import OursToFix

_SPARE = 160  # characters for a line that says how it goes on
_FRAME = 3  # components: the container itself, and a line that says how it goes on, twice

MORE = (
    "This card is longer than one Discord message can be; {left} characters of it are not shown here. Its buttons and "
    "`/drill list` lead to all of it, in private."
)


class CardTooBig(OursToFix):
    """More buttons than Discord can show on one card. No view of ours comes near it."""


def pages(head: Sequence[Json], items: Sequence[Item], tail: Sequence[Json], around: int) -> list[list[Json]]:
    """The items as text displays, in as many pages as they need; head and tail may stand around each of them.

    `around` is what those cost in characters. Raises CardTooBig when head and tail alone are too much.
    """
    room = CHARACTERS - _SPARE - around
    slots = COMPONENTS - _FRAME - count(head) - count(tail)
    if room < CHARACTERS // 4 or slots < 1:
        raise CardTooBig(f"{count(head) + count(tail)} components of title and buttons leave no room for a card.")
    chunks = [list(paragraphs(item)) for item in items]
    return [_displays(page, slots) for page in _filled(chunks, room)]


def _filled(chunks: Sequence[Sequence[str]], room: int) -> Iterator[list[list[str]]]:
    """Greedily; a block goes over to the next page where it has to, between two of its paragraphs."""
    page: list[list[str]] = []
    left = room
    for chunk in chunks:
        here: list[str] = []
        for paragraph in chunk:
            cost = length(paragraph) + 1
            if cost > left and (page or here):
                yield [*page, *([here] if here else [])]
                page, here, left = [], [], room
            here.append(paragraph)
            left -= cost
        page += [here] if here else []
    if page:
        yield page


def _displays(page: Sequence[Sequence[str]], slots: int) -> list[Json]:
    """A display for each block, or fewer and closer together where there are too many."""
    texts = ["\n".join(chunk) for chunk in page]
    if len(texts) > slots:
        texts = [*texts[: slots - 1], "\n".join(texts[slots - 1 :])]
    return [display(text) for text in texts if text.strip()]
