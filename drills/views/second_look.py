"""The two taps of an AI second look: a choice, the AI's output, the choice again.

Cards with buttons, not forms: a platform whose modals can be updated swaps them inside one modal, and one
where a modal can't follow a modal shows them as private messages and opens its modal on the last tap.
"""

from __future__ import annotations

from drills.attempt import Attempt
from drills.chat.cards import AIOutput, Button, Card, Fact, Text
from drills.chat.intents import Intent
from drills.drill import AICard, Drill, Reliance
from drills.views.wording import BANNER, ONLY_YOU


def before_card(drill: Drill, reliance: Reliance, attempt: Attempt) -> Card:
    """The first tap: nothing of the AI can be seen yet."""
    return Card(
        title=drill.title,
        banner=BANNER,
        blocks=(Text(drill.scenario.strip()), Text(reliance.before, label="First tap")),
        buttons=_options("before", reliance, attempt),
        who_sees=ONLY_YOU,
    )


def ai_card(drill: Drill, reliance: Reliance, attempt: Attempt) -> Card:
    """The AI's output and the second tap. Nothing says whether the AI is right."""
    first = reliance.label(attempt.before) if attempt.before else ""
    return Card(
        title=drill.title,
        banner=BANNER,
        blocks=(
            Text(first, label="You chose"),
            ai_output(reliance.ai_card),
            Text("This output may be right or wrong."),
            Text(reliance.after, label="Second tap"),
        ),
        buttons=_options("after", reliance, attempt),
        who_sees=ONLY_YOU,
    )


def ai_output(card: AICard) -> AIOutput:
    """The fictional AI's words with all that a careful reader would look for."""
    rows = (("Time", card.time), ("Confidence", card.confidence), ("Sources", card.provenance))
    return AIOutput(card.system, card.output, tuple(Fact(label, value) for label, value in rows if value))


def _options(verb: str, reliance: Reliance, attempt: Attempt) -> tuple[Button, ...]:
    return tuple(Button(o.label, Intent(verb, (attempt.id, o.id))) for o in reliance.options)
