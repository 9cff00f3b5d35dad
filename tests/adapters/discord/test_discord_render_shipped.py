"""The cards of every shipped drill fit into Discord's messages and modals, whole, with the longest reply there is."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from builders import a_person

from adapters.discord.blocks import CHARACTERS, COMPONENTS, characters, count
from adapters.discord.modal import modal, preface
from adapters.discord.render import message, private
from bot.demo.replies import made_up
from drills.attempt import Attempt, AttemptState
from drills.catalog import Library
from drills.chat.cards import Card
from drills.drill import Drill
from drills.evaluation import Evaluation, EvaluationState, Judgement, Provenance
from drills.judging.quotes import check
from drills.judging.scoring import outcome
from drills.people import Workspace
from drills.push import Push, PushState, Turnout
from drills.views.channel_card import channel_card
from drills.views.feedback import feedback_card
from drills.views.reply_form import MAX_CHARACTERS, reply_form

DRILLS = [file.drill(variant) for file in Library.shipped().all() for variant in file.variants]
NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)


def closed_card(drill: Drill) -> Card:
    push = Push(
        *("p1", Workspace("discord", "1"), "5-west", drill.id, drill.hash, drill.variant, "c", "s"),
        *(PushState.CLOSED, NOW, NOW),
    )
    return channel_card(drill, push, Turnout(12, 9, 2), "Europe/Berlin")


def longest_feedback(drill: Drill) -> Card:
    words, raw = made_up(drill, 0.5, Random(1))  # noqa: S311  # a story, not a secret
    words += "\n" + "and so on " * ((MAX_CHARACTERS - len(words)) // 10)
    checked = check(Judgement(raw.verdicts, (), Provenance("anthropic", "1"), False), words)
    attempt = Attempt("a1", "p1", a_person(), 1, drill.variant, AttemptState.REPLIED, NOW)
    received = Evaluation(attempt.id, attempt.push, attempt.person, EvaluationState.RECEIVED, NOW)
    return feedback_card(
        drill, attempt, received.judged(checked, outcome(drill.rubric, drill.red_flags, checked)), words
    )


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: f"{drill.id}-{drill.variant}")
def test_a_shipped_drill_fits_whole(drill: Drill) -> None:
    in_channel, feedback = message(closed_card(drill)), private(longest_feedback(drill))
    assert len(feedback) <= 2
    for body in (in_channel, *feedback):
        assert "longer than one Discord" not in str(body)
        assert characters(body["components"]) <= CHARACTERS
        assert count(body["components"]) <= COMPONENTS
    form = reply_form(drill, Attempt("a1", "p1", a_person(), 1, drill.variant, AttemptState.OPENED, NOW))
    assert "longer than one Discord" not in str(modal(form, "reply:a1"))
    assert not preface(form)
