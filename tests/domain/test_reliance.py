"""Over- and under-reliance from taps; every figure was worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.catalog import SHIPPED, Library
from drills.drill import GroundTruth, Kind
from drills.people import PersonRef, Workspace
from drills.reliance import UNSURE, Rate, RelianceFigures, Taps, reliance_figures

ROOM = Workspace("room", "demo")
RIGHT, WRONG, AMBIGUOUS = GroundTruth.AI_RIGHT, GroundTruth.AI_WRONG, GroundTruth.AMBIGUOUS


def tap(who: str, truth: GroundTruth, before: str, after: str) -> Taps:
    """The AI always advises "go"; where it is wrong, or nobody can know, "pause" is the correct tap."""
    correct = ("go",) if truth is RIGHT else ("pause",)
    return Taps(PersonRef(ROOM, who), truth, "go", correct, before, after)


TAPS = (
    tap("ann", WRONG, "pause", "go"),  # over-relied, gave up a right answer
    tap("ann", WRONG, "pause", "pause"),  # kept it
    tap("ann", RIGHT, "pause", "go"),  # let herself be helped
    tap("ben", WRONG, "go", "go"),  # over-relied, had been wrong before
    tap("ben", RIGHT, "pause", UNSURE),  # not followed
    tap("ben", RIGHT, "go", "go"),
    tap("cat", RIGHT, UNSURE, "pause"),  # under-relied; unsure is not a right first answer
    tap("cat", AMBIGUOUS, "go", UNSURE),
)


def rates(*taps: Taps) -> RelianceFigures:
    return reliance_figures(taps)


def test_over_reliance_is_averaged_within_the_person_first() -> None:
    assert rates(*TAPS).over_reliance == Rate(pytest.approx((1 / 2 + 1) / 2), 2)  # not 2 of 3


def test_under_reliance_counts_unsure_as_not_followed() -> None:
    assert rates(*TAPS).under_reliance == Rate(pytest.approx((0 + 1 / 2 + 1) / 3), 3)


def test_discrimination_is_following_right_advice_less_following_wrong_advice() -> None:
    assert rates(*TAPS).discrimination == pytest.approx(1 / 2 - 3 / 4)


def test_rair_asks_whether_a_wrong_start_was_helped_by_right_advice() -> None:
    assert rates(*TAPS).rair == Rate(pytest.approx((1 + 0 + 0) / 3), 3)


def test_rsr_asks_whether_a_right_start_survived_wrong_advice() -> None:
    assert rates(*TAPS).rsr == Rate(pytest.approx(1 / 2), 1)


def test_the_share_of_unsure_is_told_and_counts_ambiguous_drills_too() -> None:
    assert rates(*TAPS).unsure == Rate(pytest.approx((0 + 1 / 3 + 1 / 2) / 3), 3)


def test_ambiguous_drills_enter_nothing_else() -> None:
    assert rates(tap("ann", AMBIGUOUS, "go", "go")) == RelianceFigures(None, None, None, None, None, Rate(0.0, 1))


def test_no_taps_give_no_figures() -> None:
    assert rates() == RelianceFigures(None, None, None, None, None, None)


@pytest.mark.parametrize("reflex", ["go", "pause"])
def test_reflex_trust_and_reflex_doubt_both_discriminate_nothing(reflex: str) -> None:
    assert rates(tap("ann", RIGHT, reflex, reflex), tap("ann", WRONG, reflex, reflex)).discrimination == 0


def test_knowing_which_is_which_gives_one_and_the_reverse_minus_one() -> None:
    assert rates(tap("ann", RIGHT, "go", "go"), tap("ann", WRONG, "go", "pause")).discrimination == 1
    assert rates(tap("ann", RIGHT, "go", "pause"), tap("ann", WRONG, "pause", "go")).discrimination == -1


def test_one_side_alone_gives_no_discrimination() -> None:
    assert rates(tap("ann", RIGHT, "go", "go")).discrimination is None


def test_advice_to_be_unsure_is_never_followed() -> None:
    assert not replace(tap("ann", RIGHT, "go", UNSURE), advised=UNSURE).followed


def test_taps_of_a_shipped_drill_read_its_own_truth() -> None:
    drills = [file.drill() for file in Library.load(SHIPPED).all()]
    reliance = next(drill.reliance for drill in drills if drill.kind is Kind.AI_SECOND_LOOK and drill.reliance)
    right = Taps.of(PersonRef(ROOM, "ann"), reliance, UNSURE, reliance.correct[0])
    assert (right.began_right, right.ended_right, right.truth) == (False, True, reliance.ground_truth)


OPTIONS = st.sampled_from(("go", "pause", UNSURE))
ANY_TAPS = st.lists(
    st.builds(tap, st.sampled_from("abcd"), st.sampled_from(GroundTruth), OPTIONS, OPTIONS), max_size=20
)


@given(ANY_TAPS, st.randoms())
def test_figures_stay_within_bounds_and_do_not_know_the_order(taps: list[Taps], chance: object) -> None:
    found = rates(*taps)
    chance.shuffle(taps)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert rates(*taps) == found
    for rate in (found.over_reliance, found.under_reliance, found.rair, found.rsr, found.unsure):
        assert rate is None or (0 <= rate.value <= 1 and 1 <= rate.people <= 4)
    assert found.discrimination is None or -1 <= found.discrimination <= 1
