"""The printed examples of clinical.md §7, and what an estimate of few people must never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.board.estimates import (
    Interval,
    Spread,
    effective_n,
    mean,
    mean_interval,
    shrunken_mean,
    shrunken_share,
    wilson,
    z,
)
from drills.board.rule import RULE

shares = st.floats(0, 1)
counts = st.floats(1, 1e4)


@pytest.mark.parametrize(("x", "n", "percent"), [(5, 5, 76), (30, 40, 73)])
def test_a_small_team_with_everybody_in_hardly_passes_a_large_one(x: int, n: int, percent: int) -> None:
    assert round(100 * shrunken_share(x, n, 0.70, RULE.prior)) == percent


@pytest.mark.parametrize(("observed", "n", "shown"), [(0.90, 5, 0.77), (0.80, 25, 0.77)])
def test_a_high_mean_of_few_people_is_believed_less(observed: float, n: int, shown: float) -> None:
    assert round(shrunken_mean(observed, n, 0.70, RULE.spread), 2) == shown


@pytest.mark.parametrize(("share", "n", "low", "high"), [(6 / 8, 8, 41, 93), (1.0, 5, 57, 100)])
def test_wilson_prints_the_interval_instead_of_a_hundred_percent(share: float, n: int, low: int, high: int) -> None:
    found = wilson(share, n, 0.95)
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)


def test_three_answers_of_twenty_people_are_worth_less_than_sixty_people() -> None:
    assert effective_n(20, 3, 0.3) == pytest.approx(37.5)
    assert effective_n(20, 1, 0.3) == 20


def test_the_usual_quantiles_come_out() -> None:
    assert z(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert z(0.80) == pytest.approx(1.281552, abs=1e-6)


def test_a_mean_interval_is_centred_on_the_shrunken_mean() -> None:
    found = mean_interval(0.2, 5, 0.0, Spread(0.06, 0.18), 0.80)
    b = 0.0036 / (0.0036 + 0.0324 / 5)
    assert (found.low + found.high) / 2 == pytest.approx(0.2 * b)
    assert found.high - found.low == pytest.approx(2 * 1.281552 * (b * 0.0324 / 5) ** 0.5, abs=1e-6)


@given(shares, counts, st.floats(0.5, 0.99))
def test_wilson_holds_the_share_and_stays_within_bounds(share: float, n: float, confidence: float) -> None:
    found = wilson(share, n, confidence)
    assert 0 <= found.low <= share + 1e-9
    assert share - 1e-9 <= found.high <= 1


@given(shares, shares, counts)
def test_wilson_never_falls_when_the_share_rises(one: float, other: float, n: float) -> None:
    low, high = sorted((one, other))
    below, above = wilson(low, n, 0.80), wilson(high, n, 0.80)
    assert below.low <= above.low + 1e-12
    assert below.high <= above.high + 1e-12


@given(shares, counts, shares)
def test_a_shrunken_share_lies_between_the_team_and_the_organisation(share: float, n: float, prior: float) -> None:
    found = shrunken_share(share * n, n, prior, RULE.prior)
    assert min(share, prior) - 1e-9 <= found <= max(share, prior) + 1e-9


@given(st.permutations([0.1, 0.2, 0.3, 1e-17, 0.7, 0.9]))
def test_a_mean_does_not_know_the_order_of_people(values: list[float]) -> None:
    assert mean(values) == mean(sorted(values))


def test_intervals_that_touch_overlap() -> None:
    assert Interval(0.1, 0.4).overlaps(Interval(0.4, 0.6))
    assert not Interval(0.1, 0.4).overlaps(Interval(0.41, 0.6))
