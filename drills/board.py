"""placeholder"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drills.people import PersonRef, Team


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """One push that one person was eligible for, as the board counts it: no words, no name.

    `score` is set for first attempts that a scoring judge scored and nobody contests; else None.
    `drill` is drill id and version, so that difficulty can be taken out.
    """

    push: str
    drill: str
    kind: str
    opened_at: datetime
    answered: bool
    answered_at: datetime | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person's drills in the period. The key is for grouping only and is never shown."""

    person: PersonRef
    drills: tuple[DrillRecord, ...]


@dataclass(frozen=True, slots=True)
class TeamRecord:
    team: Team
    people: tuple[PersonRecord, ...]
