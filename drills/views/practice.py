"""A person's own practice as pictures, and in words: which kinds they took up, and which moves their replies showed.

First replies only. What the embedded checklist found is in none of it: it misses good answers put in other words, so a
picture of it would show its eyes and not the learner's. No totals, no shares: marks of single drills, oldest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from drills.chat.cards import Bullets, Fold
from drills.chat.charts import Cell, Chart, ChartRow, Look
from drills.drill import Kind
from drills.rubric import Level
from drills.views.moves import move

FEWEST_REPLIES = 3
"""Before that a picture shows less than the list of drills does."""

FEWEST_OF_A_KIND = 4
"""Scored first replies of a kind before anything of somebody's own course is shown (clinical.md §3)."""

FEWEST_OF_A_MOVE = 3
LATEST = 8
"""Drills of a kind in the picture: the last ones."""

MOST_KINDS = 2
"""With a picture of their moves: the kinds taken up last. A card of more is a wall on a telephone."""

BY_KIND = "Drills you answered, by kind"
IN_WORDS = "the same in words, oldest drill first"
DEMO = " (made up for this demo)"
KEY = (
    *((Cell.FULL, "met"), (Cell.HALF, "partly"), (Cell.EMPTY, "not yet")),
    *((Cell.UNSURE, "can't tell"), (Cell.ABSENT, "not asked in that drill")),
)
_WORDS = dict(KEY)
_CELLS = {
    Level.MET: Cell.FULL,
    Level.PARTIAL: Cell.HALF,
    Level.NOT_YET: Cell.EMPTY,
    Level.CANNOT_JUDGE: Cell.UNSURE,
}


@dataclass(frozen=True, slots=True)
class OwnReply:
    """One first reply. `levels` by element tag, in the rubric's order; None where it was not scored, or set aside.

    `demo`: what was found in it is made up.
    """

    kind: Kind
    levels: Mapping[str, tuple[Level, ...]] | None = None
    demo: bool = False


def practice_charts(replies: Sequence[OwnReply]) -> Iterator[Chart]:
    """Of first replies, newest first. Nothing where there are too few."""
    if len(replies) >= FEWEST_REPLIES:
        oldest_first = tuple(reversed(replies))
        yield _by_kind(oldest_first)
        yield from (course.chart() for course in _courses(oldest_first))


def practice_words(replies: Sequence[OwnReply]) -> Iterator[Fold]:
    """What the pictures of moves show. How many drills of a kind there were is in the first picture's own words."""
    for course in _courses(tuple(reversed(replies))):
        yield Fold(f"{course.kind.label}: {IN_WORDS}", (Bullets(tuple(map(_said, course.rows))),))


@dataclass(frozen=True, slots=True)
class _Course:
    """What the last `drills` scored first replies of a kind showed, move by move."""

    kind: Kind
    drills: int
    rows: tuple[ChartRow, ...]
    demo: bool

    def chart(self) -> Chart:
        caption = f"{self.kind.label}: your last {self.drills} replies, oldest first{DEMO if self.demo else ''}"
        moves = "one move" if len(self.rows) == 1 else f"{len(self.rows)} moves"
        alt = f"{self.kind.label}: a mark for {moves} in each of your last {self.drills} drills; the words are below."
        return Chart(caption, Look.DOTS, self.rows, alt, KEY)


def _courses(oldest_first: Sequence[OwnReply]) -> Iterator[_Course]:
    """The kind taken up last comes first."""
    found = (_course(kind, oldest_first) for kind in dict.fromkeys(reply.kind for reply in reversed(oldest_first)))
    return islice((course for course in found if course), MOST_KINDS)


def _course(kind: Kind, oldest_first: Sequence[OwnReply]) -> _Course | None:
    scored = [reply for reply in oldest_first if reply.kind is kind and reply.levels is not None][-LATEST:]
    rows = _moves(scored) if len(scored) >= FEWEST_OF_A_KIND else ()
    return _Course(kind, len(scored), rows, any(reply.demo for reply in scored)) if rows else None


def _by_kind(replies: Sequence[OwnReply]) -> Chart:
    counted = Counter(reply.kind for reply in replies)
    rows = tuple(ChartRow(kind.label, (Cell.FULL,) * counted[kind], _drills(counted[kind])) for kind in _kinds(replies))
    said = ", ".join(f"{row.label} {row.words}" for row in rows)
    return Chart(BY_KIND, Look.DOTS, rows, f"Your latest {_drills(len(replies))} by kind: {said}.")


def _moves(scored: Sequence[OwnReply]) -> tuple[ChartRow, ...]:
    """The moves that were asked for often enough, in the order in which the drills ask for them."""
    columns = [_by_move(reply) for reply in scored]
    asked = Counter(name for column in columns for name in column)
    names = [name for name in asked if asked[name] >= FEWEST_OF_A_MOVE]
    return tuple(ChartRow(name, tuple(column.get(name, Cell.ABSENT) for column in columns)) for name in names)


def _by_move(reply: OwnReply) -> dict[str, Cell]:
    found: dict[str, list[Level]] = {}
    for element, levels in (reply.levels or {}).items():
        found.setdefault(move(element), []).extend(levels)
    return {name: _together(levels) for name, levels in found.items()}


def _together(levels: Sequence[Level]) -> Cell:
    """Of several criteria on one move. What can't be told counts neither way."""
    told = {level for level in levels if level is not Level.CANNOT_JUDGE}
    if len(told) <= 1:
        return _CELLS[next(iter(told), Level.CANNOT_JUDGE)]
    return Cell.HALF


def _said(row: ChartRow) -> str:
    return f"{row.label}: {', '.join(_WORDS[cell] for cell in row.cells)}"


def _kinds(replies: Sequence[OwnReply]) -> tuple[Kind, ...]:
    there = {reply.kind for reply in replies}
    return tuple(kind for kind in Kind if kind in there)


def _drills(count: int) -> str:
    return "1 drill" if count == 1 else f"{count} drills"
