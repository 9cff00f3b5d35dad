"""Friday's card in the channel: one pattern, one question, answered in its thread by whoever likes to."""

from __future__ import annotations

from drills.chat.cards import Card, Text, Tone
from drills.drill import Drill
from drills.pattern import Pattern
from drills.views.closing import pattern_blocks
from drills.views.wording import BANNER

WHO_SEES = "Everyone in this channel sees this card and its thread. It names nobody, and nothing here is scored."


def reflection_card(drill: Drill, pattern: Pattern | None) -> Card:
    """With the pattern when five or more people make one."""
    return Card(
        title=f"Friday reflection: {drill.title}",
        banner=BANNER,
        blocks=(
            *pattern_blocks(drill, pattern),
            Text(drill.team_reflection or "", label="To talk about", tone=Tone.STRONG),
            Text(
                "Answer in the thread if you like. Leads begin, with a near-miss of their own. No names, no patients.",
                tone=Tone.QUIET,
            ),
        ),
        who_sees=WHO_SEES,
    )
