"""What a drill will look like, before anybody is sent it: every card and form in the order people meet them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from drills.attempt import Attempt, AttemptState
from drills.chat.cards import Card, Form
from drills.drill import Drill
from drills.evaluation import Evaluation, EvaluationState
from drills.judging.quotes import check
from drills.judging.scoring import outcome
from drills.people import PersonRef, Workspace
from drills.ports import Case, Judge
from drills.push import WINDOW, Push, PushState, Turnout
from drills.views.channel_card import channel_card
from drills.views.feedback import feedback_card
from drills.views.reply_form import reply_form
from drills.views.second_look import ai_card, before_card

Face: TypeAlias = tuple[str, Card | Form]
_SOMEBODY = PersonRef(Workspace("preview", "preview"), "somebody")


async def preview(drill: Drill, judge: Judge, words: str, now: datetime) -> list[Face]:
    """(caption, card or form) pairs. The feedback is the judge's real one on `words`. Raises what the judge raises."""
    push = Push(
        "push", _SOMEBODY.workspace, "team", drill.id, drill.hash, drill.variant, "preview", "1",
        PushState.POSTED, now, now + WINDOW,
    )  # fmt: skip
    opened = Attempt("attempt", push.id, _SOMEBODY, 1, drill.variant, AttemptState.OPENED, now)
    tapped = _tapped(drill, opened)
    return [
        ("In the channel", channel_card(drill, push, Turnout(6, 2, 1), "UTC")),
        *_taps(drill, opened, tapped),
        ("The form", reply_form(drill, tapped)),
        (
            f"Private feedback on the words given, by the {judge.name} judge",
            await _feedback(drill, tapped, judge, words),
        ),
        ("In the channel, once the window is over", channel_card(drill, push.close(), Turnout(6, 5, 1), "UTC")),
    ]


def _taps(drill: Drill, opened: Attempt, tapped: Attempt) -> list[Face]:
    if drill.reliance is None:
        return []
    after_first = replace(tapped, after=None)
    return [
        ("First tap, private", before_card(drill, drill.reliance, opened)),
        ("The AI's output and the second tap, private", ai_card(drill, drill.reliance, after_first)),
    ]


def _tapped(drill: Drill, attempt: Attempt) -> Attempt:
    """As if somebody first followed their instinct, then chose what fits."""
    if drill.reliance is None:
        return attempt
    first, fitting = drill.reliance.options[0].id, drill.reliance.correct[0]
    return attempt.tap_before(first).tap_after(fitting)


async def _feedback(drill: Drill, attempt: Attempt, judge: Judge, words: str) -> Card:
    judgement = check(await judge.verdicts(Case(drill, words)), words)
    received = Evaluation(attempt.id, attempt.push, _SOMEBODY, EvaluationState.RECEIVED, attempt.opened_at)
    result = outcome(drill.rubric, drill.red_flags, judgement)
    return feedback_card(drill, attempt, received.judged(judgement, result), words)
