"""Friday's card in the channel: one pattern and one question, to be talked about by whoever likes to."""

from __future__ import annotations

from drills.chat.cards import Card, Text, Tone
from drills.drill import Drill
from drills.pattern import Pattern
from drills.views.closing import pattern_blocks
from drills.views.wording import BANNER

IN_THREAD = "Everyone in this channel sees this card and its thread. It names nobody, and nothing here is scored."
IN_CHANNEL = "Everyone in this channel sees this card. It names nobody, and nothing here is scored."
_ANSWER = "Answer in the thread if you like."
_TALK = "Talk about it when you are next together, if you like."


def reflection_card(drill: Drill, pattern: Pattern | None, *, threads: bool) -> Card:
    """With the pattern when five or more people make one. Without `threads`, people can't answer under the card."""
    where = _ANSWER if threads else _TALK
    return Card(
        title=f"Friday reflection: {drill.title}",
        banner=BANNER,
        blocks=(
            *pattern_blocks(drill, pattern),
            Text(drill.team_reflection or "", label="To talk about", tone=Tone.STRONG),
            Text(f"{where} Leads begin, with a near-miss of their own. No names, no patients.", tone=Tone.QUIET),
        ),
        who_sees=IN_THREAD if threads else IN_CHANNEL,
    )
