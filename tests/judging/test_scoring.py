"""The arithmetic: golden sums of clinical.md §5.5, and what must hold for every rubric."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.made_drills import DELAY, PROVENANCE, WRONG_NUMBER, criterion, judgement, rubric

from drills.evaluation import Band, Judgement, Outcome, Verdict
from drills.judging.scoring import outcome
from drills.rubric import Bands, Level, Rubric, Severity

FLAGS = (DELAY, WRONG_NUMBER)
ORDER = [None, Band.ANOTHER_GO, Band.NEARLY, Band.SOLID]

# Weights and critical criteria of ../shared/examples/sbar-001-night-call.yaml, in order.
NIGHT_CALL = rubric(
    criterion("identify", 1),
    criterion("headline", 3, critical=True),
    criterion("background", 2),
    criterion("numbers", 3, critical=True),
    criterion("concern", 2),
    criterion("request", 3, critical=True),
    criterion("loop", 1),
)


@pytest.mark.parametrize(
    ("letters", "flags", "expected"),
    [
        ("mmmmmmm", (), Outcome(1.0, Band.SOLID)),
        ("pnnpnnn", (), Outcome(2 / 15, Band.ANOTHER_GO)),
        ("mnnnnnn", ("delay",), Outcome(1 / 15, Band.ANOTHER_GO)),
        ("mnmmmmm", (), Outcome(12 / 15, Band.NEARLY, ("headline",))),
        ("mpmmmmm", (), Outcome(13.5 / 15, Band.SOLID)),
        ("mmmmmmm", ("delay",), Outcome(1.0, Band.ANOTHER_GO, ("delay",))),
        ("mnmmmmm", ("delay",), Outcome(12 / 15, Band.ANOTHER_GO, ("headline", "delay"))),
        ("mmmmmmm", ("contradict",), Outcome(1.0, Band.SOLID)),
        ("nnmmmpn", (), Outcome(8.5 / 15, Band.ANOTHER_GO)),
    ],
)
def test_the_night_call_adds_up(letters: str, flags: tuple[str, ...], expected: Outcome) -> None:
    assert outcome(NIGHT_CALL, FLAGS, judgement(NIGHT_CALL, letters, flags=flags)) == expected


def test_what_cannot_be_judged_leaves_the_sum() -> None:
    assert outcome(NIGHT_CALL, (), judgement(NIGHT_CALL, "mmcmmmc")) == Outcome(1.0, Band.SOLID)


def test_a_critical_criterion_that_cannot_be_judged_caps_nothing() -> None:
    assert outcome(NIGHT_CALL, (), judgement(NIGHT_CALL, "mcmmmmm")) == Outcome(1.0, Band.SOLID)


def test_under_four_fifths_of_the_weight_there_is_no_score() -> None:
    assert outcome(NIGHT_CALL, FLAGS, judgement(NIGHT_CALL, "ccmcmmm", flags=("delay",))) == Outcome(None, None)


def test_a_missing_verdict_counts_as_not_judged() -> None:
    full = judgement(NIGHT_CALL, "mmmmmmm")
    assert outcome(NIGHT_CALL, (), replace(full, verdicts=full.verdicts[:1])) == Outcome(None, None)


def test_practice_feedback_has_no_score_unless_it_is_forced() -> None:
    practice = judgement(NIGHT_CALL, "mmmmmmm", practice=True)
    assert outcome(NIGHT_CALL, (), practice) == Outcome(None, None)
    assert outcome(NIGHT_CALL, (), practice, forced=True) == Outcome(1.0, Band.SOLID)


def test_a_red_flag_whose_quote_was_not_found_caps_nothing() -> None:
    full = judgement(NIGHT_CALL, "mmmmmmm", flags=("delay",))
    unfounded = replace(full, red_flags=tuple(replace(f, quote_found=False) for f in full.red_flags))
    assert outcome(NIGHT_CALL, FLAGS, unfounded) == Outcome(1.0, Band.SOLID)


@st.composite
def graded(draw: st.DrawFn) -> tuple[Rubric, Judgement]:
    weights = draw(st.lists(st.integers(1, 3), min_size=1, max_size=7))
    criteria = [criterion(f"c{i}", w, critical=draw(st.booleans())) for i, w in enumerate(weights)]
    nearly = draw(st.floats(0.1, 0.9))
    of = rubric(*criteria, bands=Bands(solid=draw(st.floats(nearly, 1.0)), nearly=nearly))
    levels = [draw(st.sampled_from(list(Level))) for _ in criteria]
    verdicts = tuple(Verdict(c.id, level, "", quote_found=True) for c, level in zip(criteria, levels, strict=True))
    return of, Judgement(verdicts, (), PROVENANCE)


@given(graded())
def test_scores_stay_between_nought_and_one_and_bands_come_with_scores(case: tuple[Rubric, Judgement]) -> None:
    result = outcome(case[0], (), case[1])
    assert result.score is None or 0 <= result.score <= 1
    assert (result.score is None) == (result.band is None)


@given(graded(), st.data())
def test_raising_a_level_never_lowers_score_or_band(case: tuple[Rubric, Judgement], data: st.DataObject) -> None:
    of, before = case
    ladder = [Level.NOT_YET, Level.PARTIAL, Level.MET]
    at = data.draw(st.integers(0, len(before.verdicts) - 1))
    if before.verdicts[at].level not in ladder[:2]:
        return
    higher = replace(before.verdicts[at], level=ladder[ladder.index(before.verdicts[at].level) + 1])
    after = replace(before, verdicts=(*before.verdicts[:at], higher, *before.verdicts[at + 1 :]))
    low, high = outcome(of, (), before), outcome(of, (), after)
    assert (high.score or 0) >= (low.score or 0)
    assert ORDER.index(high.band) >= ORDER.index(low.band)


@given(graded())
def test_caps_only_lower_and_are_named_only_when_they_do(case: tuple[Rubric, Judgement]) -> None:
    of, given_ = case
    free = Rubric(tuple(replace(c, critical=False) for c in of.criteria), of.bands)
    capped, uncapped = outcome(of, (), given_), outcome(free, (), given_)
    assert capped.score == uncapped.score
    assert ORDER.index(capped.band) <= ORDER.index(uncapped.band)
    assert bool(capped.capped_by) == (capped.band is not uncapped.band)


@given(graded())
def test_the_order_of_verdicts_and_the_unit_of_weights_do_not_matter(case: tuple[Rubric, Judgement]) -> None:
    of, given_ = case
    expected = outcome(of, (), given_)
    assert outcome(of, (), replace(given_, verdicts=given_.verdicts[::-1])) == expected
    heavier = Rubric(tuple(replace(c, weight=c.weight * 7) for c in of.criteria), of.bands)
    assert outcome(heavier, (), given_) == expected


@given(graded())
def test_a_cap_flag_always_ends_at_worth_another_go(case: tuple[Rubric, Judgement]) -> None:
    of, given_ = case
    flagged = replace(given_, red_flags=judgement(of, "m" * len(of.criteria), flags=("delay",)).red_flags)
    result = outcome(of, FLAGS, flagged)
    assert DELAY.severity is Severity.CAP
    assert result.band in {None, Band.ANOTHER_GO}
