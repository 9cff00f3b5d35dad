"""A person's own practice as pictures: from how many drills on, what never enters, and that words say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from drills.chat.cards import Bullets, Fold
from drills.chat.charts import Cell, Chart
from drills.chat.plain import plain
from drills.drill import Kind
from drills.rubric import Level
from drills.views.mine import mine_card
from drills.views.practice import DEMO, FEWEST_OF_A_KIND, LATEST, OwnReply, practice_charts, practice_words

MET, PARTLY, NOT_YET, CANT_TELL = Level.MET, Level.PARTIAL, Level.NOT_YET, Level.CANNOT_JUDGE
REPLIES = st.lists(
    st.builds(
        OwnReply,
        st.sampled_from(Kind),
        st.none()
        | st.dictionaries(
            st.sampled_from(["ISBAR.S", "ISBAR.R", "CHECK_BACK", "SITE.own"]),
            st.lists(st.sampled_from(Level), min_size=1, max_size=3).map(tuple),
            max_size=4,
        ),
    ),
    max_size=30,
)


def sbar(**levels: Level) -> OwnReply:
    """`S=MET` is what the reply showed for ISBAR.S."""
    return OwnReply(Kind.SBAR, {f"ISBAR.{name}": (level,) for name, level in levels.items()})


def charts(*replies: OwnReply) -> Sequence[Chart]:
    """Told oldest first."""
    return list(practice_charts(tuple(reversed(replies))))


def test_before_the_third_drill_there_is_no_picture() -> None:
    assert charts(sbar(S=MET), sbar(S=MET)) == []
    assert len(charts(sbar(S=MET), sbar(S=MET), sbar(S=MET))) == 1


def test_the_first_picture_says_which_kinds_were_taken_up_and_judges_nothing() -> None:
    (chart,) = charts(OwnReply(Kind.CONFLICT), sbar(S=NOT_YET), OwnReply(Kind.CONFLICT))
    assert [(row.label, row.words, set(row.cells)) for row in chart.rows] == [
        ("SBAR handoff", "1 drill", {Cell.FULL}),
        ("De-escalation", "2 drills", {Cell.FULL}),
    ]
    assert chart.alt == "Your latest 3 drills by kind: SBAR handoff 1 drill, De-escalation 2 drills."


def test_what_replies_showed_is_drawn_from_the_fourth_scored_drill_of_a_kind_oldest_first() -> None:
    replies = [sbar(S=NOT_YET, R=MET), sbar(S=PARTLY), sbar(S=CANT_TELL, R=MET), sbar(S=MET, R=MET)]
    assert len(charts(*replies[:3])) == 1
    _, shown = charts(*replies)
    happening, asked = shown.rows
    assert happening.label == "What is happening now"
    assert happening.cells == (Cell.EMPTY, Cell.HALF, Cell.UNSURE, Cell.FULL)
    assert asked.cells == (Cell.FULL, Cell.ABSENT, Cell.FULL, Cell.FULL)
    assert [cell for cell, _ in shown.key if shown.has(cell)] == list(Cell)


def test_of_many_kinds_the_two_taken_up_last_have_a_picture_of_their_moves() -> None:
    """The newest first."""
    kinds = (Kind.SBAR, Kind.CONFLICT, Kind.AI_SECOND_LOOK)
    shown = charts(*(OwnReply(kind, {"CHECK_BACK": (MET,)}) for kind in kinds for _ in range(4)))
    assert [chart.caption.partition(":")[0] for chart in shown[1:]] == ["AI second look", "De-escalation"]


def test_a_move_that_was_seldom_asked_for_is_left_out() -> None:
    _, shown = charts(sbar(S=MET, B=MET), sbar(S=MET, B=NOT_YET), sbar(S=MET), sbar(S=MET))
    assert [row.label for row in shown.rows] == ["What is happening now"]


def test_several_criteria_on_one_move_are_one_mark() -> None:
    both = [(MET, MET), (MET, NOT_YET), (NOT_YET, CANT_TELL), (CANT_TELL, CANT_TELL)]
    _, shown = charts(*(OwnReply(Kind.SBAR, {"ISBAR.S": pair}) for pair in both))
    assert shown.rows[0].cells == (Cell.FULL, Cell.HALF, Cell.EMPTY, Cell.UNSURE)


def test_practice_feedback_and_what_is_set_aside_give_no_marks() -> None:
    """Both come without levels: the journey reads them so (tests/journeys/test_own_practice.py)."""
    assert len(charts(*(OwnReply(Kind.SBAR) for _ in range(9)))) == 1


def test_made_up_results_are_called_so_in_the_picture() -> None:
    made_up = OwnReply(Kind.SBAR, {"ISBAR.S": (MET,)}, demo=True)
    _, shown = charts(made_up, *[sbar(S=MET)] * 3)
    assert DEMO in shown.caption
    assert DEMO not in charts(*[sbar(S=MET)] * 4)[1].caption


def test_an_authors_own_tag_is_read_as_it_stands() -> None:
    _, shown = charts(*[OwnReply(Kind.PRESENCE, {"OUR_WARD.4": (MET,)})] * 4)
    assert [row.label for row in shown.rows] == ["OUR_WARD.4"]


@given(REPLIES)
def test_no_share_no_total_and_no_grade_in_any_picture(replies: list[OwnReply]) -> None:
    for chart in practice_charts(replies):
        words = [chart.caption, chart.alt, *(text for row in chart.rows for text in (row.label, row.words))]
        assert not re.search(r"%|\d+\s*(?:of|/|out of)\s*\d+|score|grade|average", " ".join(words))


@given(REPLIES)
def test_every_mark_stands_in_words_on_the_same_card(replies: list[OwnReply]) -> None:
    of_moves = list(practice_charts(replies))[1:]
    folds = list(practice_words(replies))
    assert len(of_moves) == len(folds)
    for chart, fold in zip(of_moves, folds, strict=True):
        (said,) = fold.blocks
        assert isinstance(said, Bullets)
        names = dict(chart.key)
        marks = tuple(f"{row.label}: {', '.join(names[cell] for cell in row.cells)}" for row in chart.rows)
        assert said.items == marks
        assert all(FEWEST_OF_A_KIND <= len(row.cells) <= LATEST for row in chart.rows)


@given(REPLIES)
def test_pictures_come_first_and_each_has_its_sentence(replies: list[OwnReply]) -> None:
    card = mine_card((), replies)
    kinds = [type(block) for block in card.blocks]
    assert kinds == sorted(kinds, key=lambda kind: (kind is not Chart, kind is Fold))
    for chart in (block for block in card.blocks if isinstance(block, Chart)):
        assert re.fullmatch(r"[A-Z].{20,400}\.", chart.alt)
        assert f"Picture: {chart.alt}" in plain(card)
