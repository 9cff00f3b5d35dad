"""Teams, people and drills as the board counts them, in few words; and hypothesis strategies over them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from drills.board import DrillRecord, PersonRecord, TeamRecord
from drills.people import PersonRef, Team, Workspace

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
ROOM = Workspace("room", "demo")


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def a_team(id_: str, *, on_board: bool = True, demo: bool = False) -> Team:
    return Team(ROOM, id_, f"Ward {id_}", f"chan-{id_}", "UTC", on_board=on_board, demo=demo)


def a_person(key: str, *drills: DrillRecord) -> PersonRecord:
    return PersonRecord(PersonRef(ROOM, f"user~{key}"), drills)


def a_drill(
    days: float, *, answered: bool = True, score: float | None = None, drill: str = "sbar-001@1", kind: str = "sbar"
) -> DrillRecord:
    """Opened so many days ago; answered three hours later, if at all."""
    opened = days_ago(days)
    at = opened + timedelta(hours=3) if answered else None
    return DrillRecord(f"push-{days}-{drill}", drill, kind, opened, answered, at, score)


def uniform_team(id_: str, *, answered: int, of: int, drills: int = 1, on_board: bool = True) -> TeamRecord:
    """`answered` of `of` people answer each of `drills` drills, ten and more days ago."""
    people = (
        a_person(f"{id_}.{i}", *(a_drill(10 + d / 10, answered=i < answered) for d in range(drills))) for i in range(of)
    )
    return TeamRecord(a_team(id_, on_board=on_board), tuple(people))


@dataclass(frozen=True)
class Habit:
    """How a made-up team behaves: its size, how many pushes it had, how often it answers and is scored."""

    size: int
    pushes: int
    answers: float
    scored: float
    on_board: bool


HABITS = st.builds(
    Habit,
    size=st.integers(3, 9),
    pushes=st.integers(1, 24),
    answers=st.sampled_from((0.0, 0.2, 0.5, 0.8, 1.0)),
    scored=st.sampled_from((0.0, 0.5, 1.0)),
    on_board=st.sampled_from((True, True, True, False)),
)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[TeamRecord, ...]:
    """Up to five teams; neighbours share some people, and not every drill reaches everybody."""
    habits = draw(st.lists(HABITS, max_size=5))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311  # made-up people, not secrets
    return tuple(_made_up(t, habit, chance) for t, habit in enumerate(habits))


def _made_up(number: int, habit: Habit, chance: random.Random) -> TeamRecord:
    people = (a_person(f"p{7 * number + i}", *_drills(habit, chance)) for i in range(habit.size))
    return TeamRecord(a_team(f"t{number}", on_board=habit.on_board), tuple(people))


def _drills(habit: Habit, chance: random.Random) -> Iterator[DrillRecord]:
    for push in range(habit.pushes):
        if chance.random() < 0.8:
            kind = ("sbar", "conflict")[push % 2]
            answered = chance.random() < habit.answers
            score = round(chance.random(), 2) if answered and chance.random() < habit.scored else None
            yield a_drill(1 + 3.5 * push, answered=answered, score=score, drill=f"{kind}-{push % 6}@1", kind=kind)
