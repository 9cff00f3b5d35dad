"""Teams that can't be told apart stand equal; teams that can are never the wrong way round."""

from __future__ import annotations

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from drills.board.bands import Stretch, own_band, shared_bands
from drills.board.estimates import Interval
from drills.board.rule import RULE
from drills.board.words import TeamBand

intervals = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda ends: Interval(min(ends), max(ends)))
stretches = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.builds(Stretch, intervals, st.sampled_from(TeamBand)), max_size=8
)


def stretch(low: float, high: float, own: TeamBand) -> Stretch:
    return Stretch(Interval(low, high), own)


def test_bands_begin_where_the_rule_says() -> None:
    assert own_band(0.399, RULE) is TeamBand.GETTING_STARTED
    assert own_band(0.40, RULE) is TeamBand.BUILDING
    assert own_band(0.60, RULE) is TeamBand.THRIVING


def test_overlapping_teams_share_the_higher_band_and_a_distant_one_keeps_its_own() -> None:
    bands = shared_bands(
        {
            "north": stretch(0.55, 0.75, TeamBand.THRIVING),
            "south": stretch(0.45, 0.60, TeamBand.BUILDING),
            "east": stretch(0.10, 0.30, TeamBand.GETTING_STARTED),
        }
    )
    assert bands == {"north": TeamBand.THRIVING, "south": TeamBand.THRIVING, "east": TeamBand.GETTING_STARTED}


def test_a_small_team_clearly_above_a_thriving_one_thrives_too() -> None:
    bands = shared_bands(
        {"large": stretch(0.55, 0.65, TeamBand.THRIVING), "small": stretch(0.75, 1.0, TeamBand.BUILDING)}
    )
    assert bands["small"] is TeamBand.THRIVING


def test_a_tie_goes_through_teams_in_between() -> None:
    chain = {
        "low": stretch(0.2, 0.4, TeamBand.GETTING_STARTED),
        "mid": stretch(0.35, 0.6, TeamBand.BUILDING),
        "high": stretch(0.55, 0.8, TeamBand.THRIVING),
    }
    assert set(shared_bands(chain).values()) == {TeamBand.THRIVING}
    assert all(shared_bands(dict(order)) == shared_bands(chain) for order in permutations(chain.items()))


@given(stretches)
def test_overlap_means_equal_bands(teams: dict[str, Stretch]) -> None:
    bands = shared_bands(teams)
    for (one, here), (other, there) in product(teams.items(), repeat=2):
        if here.interval.overlaps(there.interval):
            assert bands[one] is bands[other]


@given(stretches)
def test_a_team_clearly_above_never_has_a_lower_band(teams: dict[str, Stretch]) -> None:
    bands = shared_bands(teams)
    assert all(bands[team] >= stretch_.own for team, stretch_ in teams.items())
    for (one, here), (other, there) in product(teams.items(), repeat=2):
        if here.interval.low > there.interval.high:
            assert bands[one] >= bands[other]


@given(stretches)
def test_no_band_is_given_that_nobody_at_or_below_has_earned(teams: dict[str, Stretch]) -> None:
    for team, band in shared_bands(teams).items():
        reach = teams[team].interval.high
        assert band in {here.own for here in teams.values()}
        if all(here.interval.low > reach or here is teams[team] for here in teams.values()):
            assert band is teams[team].own  # nobody it could share with


@given(stretches, st.randoms())
def test_the_order_of_teams_does_not_matter(teams: dict[str, Stretch], shuffle: object) -> None:
    items = list(teams.items())
    shuffle.shuffle(items)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert shared_bands(dict(items)) == shared_bands(teams)
