"""Which drills a team should meet again: those where many missed the same criterion. Pooled, never by person."""

from __future__ import annotations

from collections.abc import Set

from drills.campaign.course import Course
from drills.ports import UnitOfWork


async def missed_by(work: UnitOfWork, course: Course) -> Set[str]:
    """Ids of the campaign's drills of which many in the team missed something the last time (`Pattern.missed`)."""
    last = {push.drill_id: push for push in await work.patterns.closed(course)}
    found = set()
    for push in last.values():
        pattern = await work.patterns.of(push)
        if pattern is not None and pattern.missed:
            found.add(push.drill_id)
    return found
