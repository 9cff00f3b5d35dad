"""Room: how much one message or one window of Slack holds, and a plain word where a card is longer than that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from adapters.slack.blocks import Json, quiet
from adapters.slack.parts import Grid, Item
from drills.chat.text import length
from drills.errors import OursToFix

_BLOCK, _TEXT = 100, 10  # what a block and a piece of text cost beyond their characters, rounded up from bolt-js#2509

Build = Callable[[Sequence[Item]], list[Json]]


class CardTooBig(OursToFix):
    """More buttons than Slack can show on one card. No view of ours comes near it."""


@dataclass(frozen=True, slots=True)
class Room:
    """`cost` is in characters, counted by `cost()`; `more` says where the rest is, with {left} characters."""

    blocks: int
    cost: int
    more: str


MESSAGE = Room(
    blocks=50,
    cost=13_000,  # Slack says msg_blocks_too_long at about 13,200 and documents nothing
    more="This card is longer than one Slack message can be; {left} characters of it are not shown here. Press a "
    "button on it, or open the Home tab of Readback, to read on.",
)
WINDOW = Room(
    blocks=100,
    cost=30_000,  # at worst 6 bytes each in JSON, under the 250 kB of a view
    more="This is longer than one Slack window can be; the last {left} characters of it are not shown here.",
)


def cost(blocks: Sequence[Json]) -> int:
    """What Slack counts, as far as anybody has measured it, on the safe side."""
    return sum(_BLOCK + _texts(block) for block in blocks)


def fitted(head: list[Json], items: Sequence[Item], tail: list[Json], room: Room, build: Build) -> list[Json]:
    """Head, items and tail within the room: as they are, closer together, or cut with a sentence that says so.

    Raises CardTooBig when head and tail alone are too much.
    """
    for body in (build(items), build([_joined(items)])):
        if _holds(room, [*head, *body, *tail]):
            return [*head, *body, *tail] or quiet("…")  # a view must have a block
    return [*head, *_cut(body, [*head, *tail], room), *tail]


def _joined(items: Sequence[Item]) -> Item:
    """All as one item: fewer blocks, less air."""
    return tuple(chain.from_iterable(item.parts if isinstance(item, Grid) else item for item in items))


def _cut(body: list[Json], around: list[Json], room: Room) -> list[Json]:
    for kept in range(len(body) - 1, -1, -1):
        left = sum(_characters(block) for block in body[kept:])
        shown = [*body[:kept], *quiet(room.more.format(left=f"{left:,}"))]
        if _holds(room, [*around, *shown]):
            return shown
    raise CardTooBig(f"{len(around)} blocks of title and buttons are more than Slack takes on one card.")


def _holds(room: Room, blocks: list[Json]) -> bool:
    return len(blocks) <= room.blocks and cost(blocks) <= room.cost


def _texts(value: Any) -> int:
    return sum(_TEXT + length(text) for text in _strings(value))


def _characters(value: Any) -> int:
    return sum(length(text) for text in _strings(value))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = value["text"] if isinstance(value.get("text"), str) else ""
        return [*([own] if own else []), *chain.from_iterable(_strings(part) for part in value.values())]
    return list(chain.from_iterable(_strings(part) for part in value)) if isinstance(value, list) else []
