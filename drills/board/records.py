"""What the board is computed from: counts and scores person by person, without words or names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from drills.people import PersonRef, Team


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """One push that one person was eligible for, as the board counts it: no words, no name.

    `answered` is about the first attempt. `score` (0…1) is set for first attempts that a scoring judge scored
    and nobody contests; else None. `drill` is drill id and version, so that difficulty can be taken out.
    """

    push: str
    drill: str
    kind: str
    opened_at: datetime
    answered: bool
    answered_at: datetime | None = None
    score: float | None = None
    closes_at: datetime | None = None

    def as_of(self, now: datetime) -> DrillRecord:
        """As it stood at `now`: a reply that came later is not there yet."""
        if self.answered_at is None or self.answered_at <= now:
            return self
        return replace(self, answered=False, answered_at=None, score=None)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person's drills in the period. The key is for grouping only and is never shown."""

    person: PersonRef
    drills: tuple[DrillRecord, ...]

    @property
    def answers(self) -> int:
        return sum(drill.answered for drill in self.drills)

    @property
    def share(self) -> float:
        """Of the drills that reached this person, the share answered. Raises ZeroDivisionError for no drills."""
        return self.answers / len(self.drills)


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A team and its people, each person once."""

    team: Team
    people: tuple[PersonRecord, ...]

    @property
    def answers(self) -> int:
        """First attempts replied, over the whole team."""
        return sum(person.answers for person in self.people)

    @property
    def active(self) -> int:
        """Distinct people with at least one answer."""
        return len({person.person for person in self.people if person.answers})

    def as_of(self, now: datetime) -> TeamRecord:
        """As it stood at `now`."""
        known = (replace(p, drills=tuple(d.as_of(now) for d in p.drills if d.opened_at <= now)) for p in self.people)
        return replace(self, people=tuple(known))

    def over(self, now: datetime) -> TeamRecord:
        """Only the drills whose window is over; a hold may have made it longer."""
        done = (
            replace(p, drills=tuple(d for d in p.drills if d.closes_at is None or d.closes_at <= now))
            for p in self.people
        )
        return replace(self, people=tuple(person for person in done if person.drills))

    def opened(self, since: datetime, until: datetime) -> TeamRecord:
        """Only the drills that opened in (since, until], and only the people whom one of them reached."""
        within = (replace(p, drills=tuple(d for d in p.drills if since < d.opened_at <= until)) for p in self.people)
        return replace(self, people=tuple(person for person in within if person.drills))


def by_person(records: Iterable[TeamRecord]) -> tuple[PersonRecord, ...]:
    """Everybody once, with the drills of all their teams."""
    drills: dict[PersonRef, tuple[DrillRecord, ...]] = {}
    for record in records:
        for person in record.people:
            drills[person.person] = drills.get(person.person, ()) + person.drills
    return tuple(PersonRecord(person, found) for person, found in drills.items())
