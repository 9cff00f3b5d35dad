"""What practice feedback missed, ticked by whoever wrote the reply. Their ticks are theirs and count nowhere."""

from __future__ import annotations

import textwrap
from collections.abc import Collection

from drills.chat.cards import Button, Card, Style, Text, Tick, Ticks
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.evaluation import Evaluation, Judgement, Verdict
from drills.rubric import Level
from drills.views.wording import BANNER, ONLY_YOU

TICKED = "✓ You ticked this yourself"
OWN = (
    "Did you say one of these in other words? Tick it. Your ticks are your own and nobody else sees them: "
    "they stand beside what the checklist found, and change no feedback and no figure."
)
_MARK = {
    Level.MET: "✓ Found in your words",
    Level.PARTIAL: "◐ Partly found",
    Level.NOT_YET: "○ Not found in your wording",
    Level.CANNOT_JUDGE: "? Can't tell – compare with the examples",
}
_LABEL = 75  # characters, as `Limits.button_label`


def ticks_button(evaluation: Evaluation) -> tuple[Button, ...]:
    """None where nothing is left to tick."""
    if evaluation.judgement is None or not evaluation.judgement.missed:
        return ()
    return (Button("Tick what it missed", Intent("ticks", (evaluation.id,))),)


def ticks_card(drill: Drill, evaluation: str, judgement: Judgement, ticked: Collection[str]) -> Card:
    """Every missed criterion with a button that ticks it or takes the tick back."""
    missed = judgement.missed
    marks = (Tick(drill.rubric.criterion(v.criterion).text, v.level, practice_mark(v, ticked)) for v in missed)
    return Card(
        title=f"{drill.title} – your own ticks",
        banner=BANNER,
        blocks=(Text(OWN), Ticks(tuple(marks))),
        buttons=(
            *(_toggle(drill, evaluation, verdict.criterion, ticked) for verdict in missed),
            Button("Back to the feedback", Intent("feedback", (evaluation,)), Style.QUIET),
        ),
        who_sees=ONLY_YOU,
    )


def practice_mark(verdict: Verdict, ticked: Collection[str]) -> str:
    """What the checklist says, and beside it the learner's own tick: never one in place of the other."""
    said = _MARK[verdict.level]
    return f"{said} · {TICKED}" if verdict.may_be_ticked and verdict.criterion in ticked else said


def _toggle(drill: Drill, evaluation: str, criterion: str, ticked: Collection[str]) -> Button:
    words = "Take the tick back: " if criterion in ticked else "I said this: "
    short = textwrap.shorten(drill.rubric.criterion(criterion).text, _LABEL - len(words), placeholder="…")
    return Button(words + short, Intent("tick", (evaluation, criterion)))
