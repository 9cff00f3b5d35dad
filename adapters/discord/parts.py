"""A card's blocks on their way into Discord's text: in words, with the commands as they are called here.

Discord has no block for tables: https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from adapters.discord.commands import ours
from drills.chat import parts as neutral
from drills.chat.cards import Block
from drills.chat.parts import Part

Item: TypeAlias = tuple[Part, ...]
"""One block of a card."""


def parts(block: Block) -> Item:
    """Nothing of it is left out but what is blank."""
    return tuple(_named_here(part) for part in neutral.parts(block))


def _named_here(part: Part) -> Part:
    return replace(part, runs=tuple(replace(run, text=ours(run.text)) if run.ours else run for run in part.runs))
