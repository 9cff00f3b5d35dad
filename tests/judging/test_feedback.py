"""What the learner is told: their own words first, one or two things to try, never more than ninety words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.made_drills import criterion, drill, judgement

from drills.catalog import SHIPPED, drill_files, drill_from_source
from drills.drill import Drill
from drills.evaluation import Band, Outcome
from drills.judging.feedback import MAX_WORDS, Feedback, pick
from drills.judging.register import closest
from drills.judging.scoring import outcome

DRILL = drill(
    criterion("identify", 1),
    criterion("headline", 3, critical=True),
    criterion("numbers", 3),
    criterion("request", 3, critical=True),
)
REPLY = "Kai here. Please come now, he is worse."


def _pick(letters: str, flags: tuple[str, ...] = (), of: Drill = DRILL, quote: str = "come now") -> Feedback:
    judged = judgement(of.rubric, letters, flags=flags, quote=quote)
    return pick(of, judged, outcome(of.rubric, of.red_flags, judged), REPLY)


def test_the_strength_quotes_the_weightiest_point_that_was_met() -> None:
    strength = _pick("mnmn").strength
    assert strength is not None
    assert (strength.criterion, strength.quote) == ("numbers", "come now")


def test_next_steps_are_the_weightiest_gaps_critical_ones_first() -> None:
    assert [step.criterion for step in _pick("nmnn").next_steps] == ["request", "numbers"]
    assert [step.criterion for step in _pick("nnnn").next_steps] == ["headline", "request"]
    assert [step.criterion for step in _pick("npmn").next_steps] == ["request", "headline"]


def test_what_could_not_be_judged_is_no_next_step() -> None:
    assert [step.criterion for step in _pick("ncmm").next_steps] == ["identify"]


def test_without_a_strength_the_opening_is_kind_and_neutral() -> None:
    feedback = _pick("nnnn")
    assert feedback.strength is None
    assert feedback.opening == "Thank you for putting it into words."


def test_a_full_house_says_so_and_proposes_nothing() -> None:
    feedback = _pick("mmmm")
    assert feedback.next_steps == ()
    assert feedback.opening.startswith("Every point was there")
    assert feedback.band is Band.SOLID


def test_private_notes_come_with_their_red_flags_caps_first() -> None:
    feedback = _pick("mmmm", flags=("contradict", "delay"))
    assert feedback.notes == (DRILL.red_flag("delay").note, DRILL.red_flag("contradict").note)
    assert "Every point was there" not in feedback.text


def test_a_long_quote_is_cut_before_the_next_step_is() -> None:
    wordy = replace(DRILL, team_reflection="why " * 30)
    feedback = _pick("mnnn", of=wordy, quote="word " * 60)
    assert feedback.strength is not None
    assert feedback.strength.quote.endswith("…")
    assert len(feedback.next_steps) == 1
    assert feedback.words <= MAX_WORDS


def test_the_example_is_in_the_register_of_the_reply() -> None:
    fluent = "Please come to the bedside within 15 minutes; can I send lactate and cultures meanwhile?"
    clipped = "need here now, ok lactate + cultures?"
    examples = (fluent, clipped)
    assert closest("RN 5S re Voss. POD4. BP 98/54, HR 116 + RR 24 ↑", examples) == clipped
    assert closest("This is Kai on the ward, and I am worried that he is getting worse.", examples) == fluent
    assert closest("anything", ()) == ""


@st.composite
def results(draw: st.DrawFn, of: Drill) -> Feedback:
    letters = "".join(draw(st.sampled_from("mpnc")) for _ in of.rubric.criteria)
    flags = tuple(f.id for f in of.red_flags if draw(st.booleans()))
    quote = " ".join(["word"] * draw(st.integers(1, 60)))
    return _pick(letters, flags, of, quote)


ROOT = Path(__file__).parents[2]
FILES = sorted([*drill_files(SHIPPED), *ROOT.parent.glob("shared/examples/*.yaml")])


@cache
def _load(path: Path) -> Drill:
    return drill_from_source(path.read_text(encoding="utf-8"), "a")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@given(data=st.data())
def test_messages_over_real_drills_have_at_most_ninety_words(path: Path, data: st.DataObject) -> None:
    assert data.draw(results(_load(path))).words <= MAX_WORDS


@given(data=st.data())
def test_messages_over_the_test_drill_have_at_most_ninety_words(data: st.DataObject) -> None:
    assert data.draw(results(DRILL)).words <= MAX_WORDS


def test_no_outcome_means_no_band_but_still_feedback() -> None:
    judged = judgement(DRILL.rubric, "mnnn", practice=True)
    feedback = pick(DRILL, judged, Outcome(None, None), REPLY)
    assert feedback.band is None
    assert feedback.practice
    assert feedback.next_steps
