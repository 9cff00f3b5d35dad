"""The board as people read it: the exact words once, and what no board may ever contain."""

from __future__ import annotations

import re
from dataclasses import replace

from board_builders import NOW, a_team, organisations, uniform_team
from hypothesis import given

from drills.board import RULE, TeamRecord, board
from drills.chat.cards import Fold, Table
from drills.chat.plain import plain
from drills.views.board import COLUMNS, WHO_SEES, board_card

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


@given(organisations())
def test_the_rule_is_always_on_the_card(records: tuple[TeamRecord, ...]) -> None:
    assert isinstance(board_card(board(records, NOW), None).blocks[-1], Fold)
