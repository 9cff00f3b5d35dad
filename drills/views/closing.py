"""What a closing card tells of the team's replies: thirds in words, from five people on, and nobody's own."""

from __future__ import annotations

from drills.chat.cards import Block, Bullets
from drills.drill import Drill
from drills.pattern import HowMany, Pattern

_SAYS = {HowMany.MOST: "Most of us", HowMany.SOME: "About half of us", HowMany.FEW: "Few of us"}


def pattern_blocks(drill: Drill, pattern: Pattern | None) -> tuple[Block, ...]:
    """One line for each criterion that enough people were judged on. None without a pattern."""
    lines = pattern_lines(drill, pattern) if pattern else ()
    return (Bullets(lines, label="How we did it, together"),) if lines else ()


def pattern_lines(drill: Drill, pattern: Pattern) -> tuple[str, ...]:
    """What most of us did comes first."""
    criteria = drill.rubric.criteria
    return tuple(
        f"{_SAYS[how_many]}: {one.text}"
        for how_many in HowMany
        for one in criteria
        if pattern.how_many(one.id) is how_many
    )
