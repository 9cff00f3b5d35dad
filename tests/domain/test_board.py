"""The board as its promises: five people, opted-in teams, no order of merit, and answering never hurts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from board_builders import NOW, a_drill, a_person, a_team, days_ago, organisations, uniform_team
from hypothesis import given
from hypothesis import strategies as st

from drills.board import RULE, Absence, Arrow, Growth, PersonRecord, TeamBand, TeamRecord, board
from drills.board.estimates import effective_n
from drills.board.participation import closed, organisation_share, participation


def test_an_opted_in_team_of_five_stands_on_the_board() -> None:
    (standing,) = board([uniform_team("a", answered=5, of=6, drills=2)], NOW).standings
    assert (standing.team, standing.name, standing.drills_completed) == ("a", "Ward a", 10)
    assert (standing.band, standing.participation) == (TeamBand.THRIVING, 8)


def test_four_active_people_are_not_shown_and_only_their_team_is_told() -> None:
    found = board([uniform_team("a", answered=4, of=9)], NOW)
    assert found.standings == ()
    assert found.absence("a") is Absence.TOO_FEW
    assert found.absence("elsewhere") is None


def test_a_team_whose_lead_did_not_choose_the_board_is_not_shown() -> None:
    found = board([uniform_team("a", answered=9, of=9, on_board=False)], NOW)
    assert found.standings == ()
    assert found.absence("a") is Absence.NOT_CHOSEN


def test_one_person_answering_often_is_still_one_person() -> None:
    busy = a_person("busy", *(a_drill(10 + i) for i in range(9)))
    idle = tuple(a_person(f"idle{i}", a_drill(10, answered=False)) for i in range(9))
    assert board([TeamRecord(a_team("a"), (busy, *idle))], NOW).standings == ()


def test_people_are_averaged_first_so_that_one_eager_colleague_does_not_carry_the_team() -> None:
    eager = a_person("eager", *(a_drill(10 + i) for i in range(9)))
    others = tuple(a_person(f"o{i}", a_drill(10, answered=False)) for i in range(4))
    found = participation(TeamRecord(a_team("a"), (eager, *others)), RULE)
    assert found is not None
    assert found.share == pytest.approx(1 / 5)
    assert found.n == pytest.approx(effective_n(5, 13 / 5, 0.3))


def test_participation_is_drawn_towards_the_whole_organisation() -> None:
    small = uniform_team("small", answered=5, of=5)
    hidden = uniform_team("hidden", answered=28, of=45, on_board=False)
    whole = organisation_share([small, hidden])
    assert whole == pytest.approx(33 / 50)
    found = participation(small, RULE)
    assert found is not None
    assert found.shrunken(33 / 50, RULE) == pytest.approx((5 + 20 * 0.66) / 25)  # .728
    assert board([small, hidden], NOW).standings[0].participation == 7


def test_a_person_in_two_teams_counts_once_for_the_organisation() -> None:
    here = TeamRecord(a_team("a"), (a_person("ann", a_drill(10)), a_person("ben", a_drill(10, answered=False))))
    there = TeamRecord(a_team("b"), (a_person("ann", a_drill(11, answered=False)),))
    assert organisation_share([here, there]) == pytest.approx((0.5 + 0) / 2)


def test_a_drill_that_is_still_out_counts_as_completed_but_is_nobodys_miss() -> None:
    fresh = TeamRecord(
        a_team("a"), tuple(a_person(f"p{i}", a_drill(10), a_drill(1, answered=i == 0)) for i in range(6))
    )
    (standing,) = board([fresh], NOW).standings
    assert standing.drills_completed == 7
    known = participation(closed(fresh, days_ago(28), NOW, NOW, RULE), RULE)
    assert known is not None
    assert known.share == 1.0


def test_a_team_that_has_just_begun_is_welcomed_without_a_figure() -> None:
    new = TeamRecord(a_team("a"), tuple(a_person(f"p{i}", a_drill(1)) for i in range(5)))
    (standing,) = board([new], NOW).standings
    assert (standing.band, standing.participation) == (TeamBand.GETTING_STARTED, None)
    assert (standing.arrow, standing.growth) == (Arrow.NOT_YET, Growth.NOT_YET)


def test_a_reply_shows_on_the_board_at_once() -> None:
    before = TeamRecord(
        a_team("a"), tuple(a_person(f"p{i}", a_drill(10), a_drill(1, answered=False)) for i in range(6))
    )
    first, *rest = before.people
    answered = replace(first, drills=(first.drills[0], a_drill(1)))
    after = replace(before, people=(answered, *rest))
    counts = [board([record], NOW).standings[0].drills_completed for record in (before, after)]
    assert counts == [6, 7]


def test_the_board_of_an_earlier_moment_knows_nothing_of_later_replies() -> None:
    team = uniform_team("a", answered=6, of=6)
    assert board([team], days_ago(10) + timedelta(hours=2)).standings == ()
    assert board([team], days_ago(10) + timedelta(hours=4)).standings != ()


@pytest.mark.parametrize(
    ("earlier", "now_", "arrow"),
    [(2, 9, Arrow.UP), (9, 9, Arrow.LEVEL), (9, 5, Arrow.DOWN)],
)
def test_a_team_is_compared_with_its_own_last_month(earlier: int, now_: int, arrow: Arrow) -> None:
    people = tuple(
        a_person(
            f"p{i}",
            *(a_drill(40 + d / 10, answered=i < earlier or d == 0) for d in range(4)),
            *(a_drill(10 + d / 10, answered=i < now_) for d in range(4)),
        )
        for i in range(10)
    )
    assert board([TeamRecord(a_team("a"), people)], NOW).standings[0].arrow is arrow


def test_a_last_month_of_four_people_gives_no_arrow() -> None:
    people = tuple(a_person(f"p{i}", a_drill(40, answered=i < 4), a_drill(10)) for i in range(10))
    assert board([TeamRecord(a_team("a"), people)], NOW).standings[0].arrow is Arrow.NOT_YET


def growing_team(people: int) -> TeamRecord:
    grown = [(45, 0.4), (38, 0.4), (20, 0.9), (10, 0.9)]
    return TeamRecord(
        a_team("a"),
        tuple(
            a_person(f"p{i}", *(a_drill(d, score=score, drill=f"sbar-{d}@1") for d, score in grown))
            for i in range(people)
        ),
    )


def test_growth_needs_five_people_who_have_one() -> None:
    others = TeamRecord(
        a_team("b", on_board=False),
        tuple(
            a_person(f"o{i}", *(a_drill(d, score=0.5, drill=f"sbar-{d}@1") for d in (45, 38, 20, 10)))
            for i in range(20)
        ),
    )
    newcomer = a_person("new", a_drill(10))
    five, four = growing_team(5), growing_team(4)
    four = replace(four, people=(*four.people, newcomer))
    assert board([five, others], NOW).standings[0].growth is Growth.GROWING
    assert board([four, others], NOW).standings[0].growth is Growth.NOT_YET


def test_teams_stand_by_band_and_then_by_name_whatever_their_figures() -> None:
    teams = [
        uniform_team("zebra", answered=38, of=40, drills=4),
        uniform_team("Apple", answered=36, of=40, drills=4),
        uniform_team("mango", answered=37, of=40, drills=4),
        uniform_team("cherry", answered=5, of=40, drills=4),
    ]
    assert [s.team for s in board(teams, NOW).standings] == ["Apple", "mango", "zebra", "cherry"]


def test_another_period_is_printed_and_used() -> None:
    found = board([uniform_team("a", answered=6, of=6)], NOW, timedelta(days=7))
    assert found.standings == ()
    assert "7 days" in found.rule.sentences()[0]


@given(organisations())
def test_fewer_than_five_active_people_are_never_shown(records: tuple[TeamRecord, ...]) -> None:
    found = board(records, NOW)
    shown = {standing.team for standing in found.standings}
    for record in records:
        recent = {
            p.person
            for p in record.people
            if any(d.answered and d.opened_at > days_ago(28) and (d.answered_at or NOW) <= NOW for d in p.drills)
        }
        assert (record.team.id in shown) == (record.team.on_board and len(recent) >= 5)
        assert (found.absence(record.team.id) is None) == (record.team.id in shown)


@given(organisations(), st.integers(0, 2**32))
def test_no_order_of_teams_people_or_drills_matters(records: tuple[TeamRecord, ...], seed: int) -> None:
    shuffle = random.Random(seed)  # noqa: S311  # a permutation, not a secret
    mixed = [
        replace(record, people=tuple(_shuffled([_mixed(p, shuffle) for p in record.people], shuffle)))
        for record in _shuffled(records, shuffle)
    ]
    assert board(mixed, NOW) == board(records, NOW)


@given(organisations(), st.data())
def test_answering_one_more_drill_never_lowers_the_teams_band(
    records: tuple[TeamRecord, ...], data: st.DataObject
) -> None:
    missed = [
        (t, p, d)
        for t, record in enumerate(records)
        for p, person in enumerate(record.people)
        for d, drill in enumerate(person.drills)
        if not drill.answered
    ]
    if not missed:
        return
    t, p, d = data.draw(st.sampled_from(missed))
    before = _bands(records)
    team = records[t].team.id
    after = _bands([_answer(r, p, d) if i == t else r for i, r in enumerate(records)])
    if team in before:
        assert after[team] >= before[team]


@given(organisations())
def test_none_and_all_are_never_shown(records: tuple[TeamRecord, ...]) -> None:
    for standing in board(records, NOW).standings:
        assert standing.participation is None or 1 <= standing.participation <= 9
        assert standing.drills_completed >= 5


def _shuffled(items, shuffle):  # type: ignore[no-untyped-def]
    found = list(items)
    shuffle.shuffle(found)
    return found


def _mixed(person: PersonRecord, shuffle: random.Random) -> PersonRecord:
    return replace(person, drills=tuple(_shuffled(person.drills, shuffle)))


def _bands(records) -> dict[str, TeamBand]:  # type: ignore[no-untyped-def]
    return {standing.team: standing.band for standing in board(records, NOW).standings}


def _answer(record: TeamRecord, p: int, d: int) -> TeamRecord:
    person = record.people[p]
    drills = tuple(
        replace(x, answered=True, answered_at=x.opened_at) if i == d else x for i, x in enumerate(person.drills)
    )
    return replace(
        record, people=tuple(replace(x, drills=drills) if i == p else x for i, x in enumerate(record.people))
    )
