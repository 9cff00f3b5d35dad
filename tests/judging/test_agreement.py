"""Agreement between a judge and people: known values, bounds, and nothing pretended where nothing is known."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drills.judging.agreement import SCALE, Pair, agreement, kappa, macro_f1, quadratic_kappa, table_of
from drills.judging.resampling import intervals
from drills.rubric import Level

MET, PARTIAL, NOT_YET, CANNOT = Level.MET, Level.PARTIAL, Level.NOT_YET, Level.CANNOT_JUDGE
LEVELS = st.sampled_from(SCALE)
PAIRS = st.builds(Pair, LEVELS, LEVELS)
TABLES = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3)


def test_kappa_of_two_by_two_is_the_textbooks() -> None:
    """Cohen's own kind of example: 20 + 15 of 50 agree, .7 observed, .5 by chance, κ = .4."""
    assert kappa([[20, 0, 5], [0, 0, 0], [10, 0, 15]]) == pytest.approx(0.4)


def test_kappa_and_quadratic_kappa_of_three_by_three_by_hand() -> None:
    table = [[10, 2, 1], [3, 8, 4], [0, 5, 12]]
    observed, chance = 30 / 45, (13 * 13 + 15 * 15 + 17 * 17) / 45**2
    assert kappa(table) == pytest.approx((observed - chance) / (1 - chance))
    steps = 2 + 3 + 4 + 5 + 4 * 1
    by_chance = (13 * 15 + 15 * 13 + 15 * 17 + 17 * 15 + 4 * (13 * 17 + 17 * 13)) / 45
    assert quadratic_kappa(table) == pytest.approx(1 - steps / by_chance)


def test_macro_f1_is_the_mean_over_the_levels_that_occur() -> None:
    assert macro_f1([[3, 0, 1], [0, 0, 0], [2, 0, 4]]) == pytest.approx((6 / 9 + 8 / 11) / 2)
    assert macro_f1([[3, 0, 0], [1, 0, 0], [0, 0, 2]]) == pytest.approx((6 / 7 + 0 + 1) / 3)


def test_what_is_undefined_is_none_and_never_zero() -> None:
    nothing = agreement([])
    assert (nothing.n, nothing.coverage, nothing.exact, nothing.kappa, nothing.macro_f1) == (0, None, None, None, None)
    alike = agreement([Pair(MET, MET)] * 5)
    assert (alike.exact, alike.kappa, alike.quadratic_kappa) == (1.0, None, None)
    assert agreement([Pair(MET, NOT_YET)]).met_precision is None


def test_cannot_judge_lowers_coverage_and_nothing_else() -> None:
    pairs = [Pair(MET, MET), Pair(NOT_YET, NOT_YET), Pair(MET, CANNOT), Pair(NOT_YET, CANNOT)]
    found = agreement(pairs)
    assert (found.n, found.decided, found.coverage, found.exact, found.kappa) == (4, 2, 0.5, 1.0, 1.0)
    assert found.confusion[MET] == {MET: 1, NOT_YET: 0, CANNOT: 1}


def test_a_label_that_nobody_could_give_is_not_held_against_the_judge() -> None:
    assert agreement([Pair(CANNOT, MET), Pair(MET, MET)]).n == 1


def test_what_an_attack_buys_is_counted() -> None:
    found = agreement([Pair(NOT_YET, MET), Pair(PARTIAL, MET), Pair(MET, MET), Pair(NOT_YET, NOT_YET)])
    assert found.false_met == 1
    assert found.met_precision == pytest.approx(1 / 3)


@given(TABLES)
def test_every_figure_stays_within_its_bounds(table: list[list[int]]) -> None:
    for figure in (kappa(table), quadratic_kappa(table)):
        assert figure is None or -1 - 1e-9 <= figure <= 1
    f1 = macro_f1(table)
    assert f1 is None or 0 <= f1 <= 1


@given(st.lists(LEVELS, min_size=1, max_size=40))
def test_perfect_agreement_is_one(levels: list[Level]) -> None:
    assume(len(set(levels)) > 1)
    found = agreement([Pair(level, level) for level in levels])
    assert (found.exact, found.kappa, found.quadratic_kappa, found.macro_f1) == (1.0, 1.0, 1.0, 1.0)


@given(st.lists(PAIRS, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_nothing(pairs: list[Pair], chance: Random) -> None:
    mixed = list(pairs)
    chance.shuffle(mixed)
    assert agreement(mixed) == agreement(pairs)


@given(st.lists(PAIRS, max_size=40))
def test_kappa_does_not_care_who_is_called_the_judge(pairs: list[Pair]) -> None:
    one, other = agreement(pairs), agreement([Pair(pair.said, pair.label) for pair in pairs])
    assert one.kappa == pytest.approx(other.kappa)
    assert one.quadratic_kappa == pytest.approx(other.quadratic_kappa)


@given(st.lists(st.lists(PAIRS, max_size=4), max_size=12))
def test_intervals_are_the_same_each_time_and_ordered(cases: list[list[Pair]]) -> None:
    first = intervals(cases, [kappa, quadratic_kappa], samples=60)
    assert first == intervals(cases, [kappa, quadratic_kappa], samples=60)
    assert all(found is None or -1 - 1e-9 <= found.low <= found.high <= 1 for found in first)


def test_more_cases_make_a_narrower_interval() -> None:
    case = [Pair(MET, MET), Pair(NOT_YET, NOT_YET), Pair(MET, NOT_YET)]
    other = [Pair(NOT_YET, NOT_YET), Pair(MET, MET)]
    (few,), (many,) = intervals([case, other] * 3, [kappa]), intervals([case, other] * 60, [kappa])
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low
    middle = kappa(table_of([*case, *other]))
    assert middle is not None
    assert many.low < middle < many.high


def test_whole_replies_are_drawn_so_repeating_a_criterion_makes_nobody_surer() -> None:
    """Ten equal criteria of one reply hold what one of them holds."""
    once = [[Pair(MET, MET)], [Pair(NOT_YET, NOT_YET)], [Pair(MET, NOT_YET)], [Pair(NOT_YET, MET)]] * 5
    tenfold = [case * 10 for case in once]
    assert intervals(once, [kappa]) == intervals(tenfold, [kappa])


def test_one_reply_gives_no_interval() -> None:
    assert intervals([[Pair(MET, MET), Pair(NOT_YET, NOT_YET)]], [kappa]) == [None]
