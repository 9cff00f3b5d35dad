"""What `adaptive` order goes by: drills of which many in the team missed something, once their window is over."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """A drill that a team had, when its window ends, and whether many missed a criterion of it (`Pattern.missed`)."""

    closes_at: datetime
    drill: str
    missed: bool = False


def missed_at(lessons: Iterable[Lesson], now: datetime) -> Set[str]:
    """Drills that the team should meet again: of each, the last one that is closed says it. Oldest first in."""
    last = {lesson.drill: lesson.missed for lesson in lessons if lesson.closes_at <= now}
    return {drill for drill, missed in last.items() if missed}
