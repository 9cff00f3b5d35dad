"""A card's blocks on their way into Slack's: in words, and a table as a table where one may stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from drills.chat.cards import Block, Table
from drills.chat.parts import Part, parts


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, one to a message: https://docs.slack.dev/reference/block-kit/blocks/table-block

    `parts` say the same in words, for where no table may stand.
    """

    table: Table
    parts: tuple[Part, ...]


Item: TypeAlias = tuple[Part, ...] | Grid


def item(block: Block) -> Item:
    """One block of a card."""
    if isinstance(block, Table):
        return Grid(block, parts(block))
    return parts(block)
