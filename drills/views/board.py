"""The team board as a card: teams, words, and the rule that made them."""

from __future__ import annotations

from datetime import datetime

from drills.board import Absence, Board, Standing
from drills.board.words import in_ten
from drills.chat.cards import Block, Bullets, Card, Fold, Table, Text, Tone
from drills.views.board_chart import board_chart, noted

COLUMNS = ("Team", "Band", "Participation", "Drills completed", "Growth", "Against last month")
WHO_SEES = "Everyone in this workspace can see this; it shows teams only."


def board_card(board: Board, viewer_team: str | None) -> Card:
    """For somebody of `viewer_team`, whose own line is marked, or who is told why there is none."""
    rule = Fold("How this board is made", (Bullets(board.rule.sentences()),))
    return Card("Team board", (*_standings(board, viewer_team), *_own_absence(board, viewer_team), rule), WHO_SEES)


def period_words(board: Board) -> str:
    return f"{_day(board.since)} to {_day(board.until)}"


def _standings(board: Board, viewer_team: str | None) -> tuple[Block, ...]:
    if not board.standings:
        return (Text(f"No team is on the board yet, {period_words(board)}."),)
    caption = f"Teams that chose to be on the board, {period_words(board)}, by band and then by name"
    rows = tuple(_row(standing, own=standing.team == viewer_team) for standing in board.standings)
    return (*board_chart(board, viewer_team), Table(caption, COLUMNS, rows))


def _row(standing: Standing, *, own: bool) -> tuple[str, ...]:
    note = noted(standing, own=own)
    return (
        f"{standing.name} ({note})" if note else standing.name,
        standing.band.label,
        in_ten(standing.participation),
        str(standing.drills_completed),
        standing.growth.value,
        standing.arrow.value,
    )


def _own_absence(board: Board, viewer_team: str | None) -> tuple[Block, ...]:
    """Without counts: how many people are missing would say something about the rest."""
    days = f"{board.rule.period.days} days"
    sentence = {
        None: "",
        Absence.NOT_CHOSEN: "Your team is not on the board. Its lead can put it there, and take it off again.",
        Absence.TOO_FEW: f"Your team is not on the board yet: it appears once at least {board.rule.people} different "
        f"people have answered a drill within {days}. Answering is always a choice.",
    }[board.absence(viewer_team)]
    return (Text(sentence, tone=Tone.QUIET),) if sentence else ()


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
