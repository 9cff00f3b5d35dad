"""The board as people read it: the exact words once, and what no board may ever contain."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from board_builders import NOW, a_team, organisations, uniform_team
from hypothesis import given
from hypothesis import strategies as st

from drills.board import RULE, DrillRecord, TeamRecord, board
from drills.chat.cards import Fold, Table
from drills.chat.charts import Cell, Chart
from drills.chat.plain import plain
from drills.views.board import COLUMNS, WHO_SEES, board_card
from drills.views.board_chart import MOST_TEAMS

TEAMS = (
    uniform_team("north", answered=18, of=20, drills=4),
    uniform_team("east", answered=4, of=30, drills=4),
    uniform_team("west", answered=2, of=10, drills=4),
    replace(uniform_team("south", answered=14, of=20, drills=4), team=a_team("south", demo=True)),
    uniform_team("far", answered=9, of=9, on_board=False),
    uniform_team("low", answered=6, of=30, drills=4),
)


def test_the_card_reads_like_this() -> None:
    text = plain(board_card(board(TEAMS, NOW), "north"))
    head, _, rule = text.partition("▸ How this board is made\n")
    assert head == (
        "Team board\n"
        "Picture: Participation: bars for 3 teams, by band and then by name, between about 3 and 8 in 10; "
        "the table says the same in words.\n"
        "Teams that chose to be on the board, 24 October 2025 to 21 November 2025, by band and then by name\n"
        "Team | Band | Participation | Drills completed | Growth | Against last month\n"
        "Ward north (your team) | Thriving | about 8 in 10 | 72 | not enough yet | not enough yet\n"
        "Ward south (demo data) | Thriving | about 6 in 10 | 56 | not enough yet | not enough yet\n"
        "Ward low | Getting started | about 3 in 10 | 24 | not enough yet | not enough yet\n"
    )
    lines = rule.splitlines()
    assert lines[:-1] == [f"  - {sentence}" for sentence in RULE.sentences()]
    assert lines[-1] == f"({WHO_SEES})"


def test_a_team_with_too_few_answers_is_told_so_without_a_count() -> None:
    text = plain(board_card(board(TEAMS, NOW), "west"))
    assert "Your team is not on the board yet: it appears once at least 5 different people have answered" in text
    assert "Ward west" not in text
    assert "2 " not in text.split("Your team is not")[1].split("\n")[0].replace("28 ", "")


def test_a_team_that_did_not_choose_the_board_is_told_who_can() -> None:
    assert "Its lead can put it there" in plain(board_card(board(TEAMS, NOW), "far"))


def test_nobody_else_hears_why_a_team_is_missing() -> None:
    for viewer in ("north", None, "unknown"):
        text = plain(board_card(board(TEAMS, NOW), viewer))
        assert "Your team is not" not in text
        assert "Ward west" not in text


def test_an_empty_board_says_so() -> None:
    card = board_card(board((), NOW), None)
    assert "No team is on the board yet" in plain(card)
    assert not any(isinstance(block, Table) for block in card.blocks)


@given(organisations())
def test_the_card_names_teams_and_never_a_person(records: tuple[TeamRecord, ...]) -> None:
    found = board(records, NOW)
    for viewer in (None, *(record.team.id for record in records)):
        assert not re.search(r"user~|\bp\d+\b", plain(board_card(found, viewer)))


@given(organisations())
def test_no_cell_says_none_or_all_and_no_symbol_stands_without_words(records: tuple[TeamRecord, ...]) -> None:
    for block in board_card(board(records, NOW), None).blocks:
        if isinstance(block, Table):
            assert block.columns == COLUMNS
            for row in block.rows:
                assert len(row) == len(COLUMNS)
                assert all(re.search(r"\w", cell) for cell in row)
                assert not any(re.search(r"%|\b(0|10) in 10\b", cell) for cell in row)


@given(organisations(), st.sampled_from([None, "0", "1", "2"]))
def test_the_picture_shows_the_tables_teams_in_its_order_and_the_same_tenths(
    records: tuple[TeamRecord, ...], viewer: str | None
) -> None:
    blocks = board_card(board(records, NOW), viewer).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    for chart in (block for block in blocks if isinstance(block, Chart)):
        named = [f"{row.label} ({row.note})" if row.note else row.label for row in chart.rows]
        shown = [(row.group, row.words) for row in chart.rows]
        assert [(name, *words) for name, words in zip(named, shown, strict=True)] == [
            line[:3] for line in tables[0].rows
        ]
        for row in chart.rows:
            full = row.cells.count(Cell.FULL)
            assert row.words == (f"about {full} in 10" if row.cells else "not enough yet")
            assert not row.cells or (len(row.cells) == 10 and 1 <= full <= 9)
            assert set(row.cells) <= {Cell.FULL, Cell.EMPTY}


def test_a_board_of_many_teams_has_no_picture_because_leaving_some_out_would_be_a_list() -> None:
    for teams, pictures in ((MOST_TEAMS, 1), (MOST_TEAMS + 1, 0)):
        records = [uniform_team(f"t{at:02}", answered=5, of=8, drills=4) for at in range(teams)]
        blocks = board_card(board(records, NOW), None).blocks
        assert sum(isinstance(block, Chart) for block in blocks) == pictures
        (table,) = (block for block in blocks if isinstance(block, Table))
        assert len(table.rows) == teams


def test_a_board_on_which_nothing_is_to_be_seen_yet_has_no_picture() -> None:
    new = [uniform_team("new", answered=5, of=5)]
    still_out = replace(
        new[0], people=tuple(replace(p, drills=tuple(_opened_now(d) for d in p.drills)) for p in new[0].people)
    )
    blocks = board_card(board([still_out], NOW), None).blocks
    assert any(isinstance(block, Table) for block in blocks)
    assert not any(isinstance(block, Chart) for block in blocks)


def _opened_now(drill: DrillRecord) -> DrillRecord:
    return replace(drill, opened_at=NOW - timedelta(hours=2), answered_at=NOW - timedelta(hours=1))


@given(organisations())
def test_the_rule_is_always_on_the_card(records: tuple[TeamRecord, ...]) -> None:
    assert isinstance(board_card(board(records, NOW), None).blocks[-1], Fold)
