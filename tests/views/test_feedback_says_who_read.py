"""The feedback card says who read the reply, and never that somebody did when nobody has."""

from __future__ import annotations

from random import Random

import pytest
from builders import a_drill_file, a_person
from fakes import FrozenClock

from adapters.judges.embedded import EmbeddedJudge
from bot.demo.replies import JUDGED_BY, made_up
from drills.attempt import Attempt, AttemptState
from drills.chat.cards import Card
from drills.chat.plain import plain
from drills.drill import Drill
from drills.evaluation import PERSON, Evaluation, EvaluationState, Judgement, Provenance
from drills.judging.quotes import check
from drills.judging.scoring import outcome
from drills.people import Profession
from drills.ports import Case
from drills.rubric import Level
from drills.views.feedback import BY_PERSON, PRACTICE, feedback_card
from drills.views.wording import AI_CAN_BE_WRONG, MADE_UP


@pytest.mark.parametrize(
    ("by", "practice", "says"),
    [
        (JUDGED_BY, False, MADE_UP),
        (Provenance("anthropic", "1"), False, AI_CAN_BE_WRONG),
        (Provenance("embedded", "1"), True, PRACTICE),
        (Provenance(PERSON, "1"), True, BY_PERSON),
        (Provenance(PERSON, "1"), False, BY_PERSON),
    ],
)
def test_the_card_says_who_read_the_reply(by: Provenance, practice: bool, says: str) -> None:
    drill = a_drill_file().drill()
    words, raw = made_up(drill, 1.0, Random(1))  # noqa: S311  # a story, not a secret
    shown = plain(_card(drill, words, Judgement(raw.verdicts, (), by, practice)))
    assert [line for line in (MADE_UP, AI_CAN_BE_WRONG, PRACTICE, BY_PERSON) if line in shown] == [says]


def test_practice_feedback_never_claims_that_every_point_was_there() -> None:
    drill = a_drill_file().drill()
    words, raw = made_up(drill, 1.0, Random(1))  # noqa: S311  # a story, not a secret
    practice = Judgement(raw.verdicts, (), Provenance("embedded", "1"), True)
    assert "Every point was there" in plain(_card(drill, words, raw))
    assert "Every point was there" not in plain(_card(drill, words, practice))
    assert "a checklist can be fooled" in plain(_card(drill, words, practice))


async def test_what_the_checklist_did_not_find_is_said_once_with_an_example() -> None:
    drill = a_drill_file().drill()
    words = "RN 5 South re Voss. BP 98/54 HR 116, both normal at ten. I am worried. Could you look when you have time?"
    read = await EmbeddedJudge().verdicts(Case(drill, words, Profession.NURSE))
    levels = [verdict.level for verdict in read.verdicts]
    assert {Level.NOT_YET, Level.CANNOT_JUDGE} < set(levels)
    shown = plain(_card(drill, words, read))
    assert shown.lower().count("not found in your wording") == levels.count(Level.NOT_YET)
    assert shown.count("Can't tell") == levels.count(Level.CANNOT_JUDGE)
    assert shown.count("For example: “") == len(levels) - levels.count(Level.MET)


def _card(drill: Drill, words: str, judgement: Judgement) -> Card:
    now = FrozenClock()()
    attempt = Attempt("a1", "p1", a_person(), 1, drill.variant, AttemptState.REPLIED, now)
    received = Evaluation(attempt.id, attempt.push, attempt.person, EvaluationState.RECEIVED, now)
    checked = check(judgement, words)
    return feedback_card(
        drill, attempt, received.judged(checked, outcome(drill.rubric, drill.red_flags, checked)), words
    )
