"""The team board: teams, participation and growth, and nothing that could point at a person (clinical.md §7)."""

from __future__ import annotations

from drills.board.board import Absence, Absent, Board, board
from drills.board.records import DrillRecord, PersonRecord, TeamRecord
from drills.board.rule import RULE, Rule
from drills.board.standing import Standing
from drills.board.words import Arrow, Growth, TeamBand

__all__ = [
    "RULE",
    "Absence",
    "Absent",
    "Arrow",
    "Board",
    "DrillRecord",
    "Growth",
    "PersonRecord",
    "Rule",
    "Standing",
    "TeamBand",
    "TeamRecord",
    "board",
]
