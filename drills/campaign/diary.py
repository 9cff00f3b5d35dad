"""When a team has drills, of all campaigns together: a week can be full, and a moment can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from drills.campaign.landing import gives_way
from drills.campaign.slot import Landing

_TAKEN = "Another campaign has a drill for this team at that time."


class Diary:
    """One team's, from Monday to Sunday. `weeks` are the moments that are in it already, by week."""

    def __init__(self, weeks: Mapping[str, Iterable[datetime]] | None = None) -> None:
        self._weeks = {week: set(moments) for week, moments in (weeks or {}).items()}

    def enter(self, landing: Landing, per_week: int | None) -> Landing:
        """The landing as it comes about: dropped where another campaign is there already or the week is full."""
        if not landing.happens:
            return landing
        taken = self._weeks.setdefault(landing.week, set())
        if landing.at in taken:
            return gives_way(landing, _TAKEN)
        if per_week is not None and len(taken) >= per_week:
            return gives_way(landing, _full(len(taken), per_week))
        taken.add(landing.at)
        return landing


def _full(drills: int, per_week: int) -> str:
    said = "1 drill" if drills == 1 else f"{drills} drills"
    return f"The team has {said} in that week already (at most {per_week} a week)."
