"""Fills an empty demo: teams, eight weeks of drills, and two drills that are open now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from adapters.web.room.chat import ROOM
from bot.demo.cast import Cast, casts
from bot.demo.history import Episode, Teller
from drills.catalog import DrillFile, Library
from drills.drill import Kind
from drills.ports import Ids, Memory

WEEKS = 8
_MOST_OF = 0.5
_SHOWN = 2  # closed drills that still stand in each channel
_SEED = 20261121
Progress = Callable[[int, int], None]


async def seed(memory: Memory, library: Library, now: datetime, ids: Ids, progress: Progress) -> bool:
    """Write the demo's teams and their past. False when the demo has teams already: nothing is touched then.

    `progress` is told (episodes written, episodes in all).
    """
    async with memory.read() as work:
        if await work.teams.of(ROOM):
            return False
    everybody = casts()
    async with memory.begin() as work:
        for cast in everybody:
            await work.teams.save(cast.team)
            for member in cast.members:
                await work.members.save(member)
    teller = Teller(ids, Random(_SEED))  # noqa: S311  # a story, not a secret
    episodes = [episode for cast in everybody for episode in _episodes(cast, library, now)]
    for count, episode in enumerate(episodes, start=1):
        async with memory.begin() as work:
            await teller.tell(work, episode)
        progress(count, len(episodes))
    return True


def _episodes(cast: Cast, library: Library, now: datetime) -> Iterator[Episode]:
    """Two drills a week, getting better, then one open SBAR and one open AI second look."""
    playable = [file for file in library.all() if _fits(file, cast)]
    moments = list(_moments(cast, now))
    for index, opened in enumerate(moments):
        skill = cast.start + 0.4 * index / len(moments)
        file = playable[index % len(playable)]
        yield Episode(cast, file, opened, skill, cast.keen, True, index >= len(moments) - _SHOWN)
    for minutes, kind in ((150, Kind.SBAR), (20, Kind.AI_SECOND_LOOK)):
        file = _opener(playable, kind)
        yield Episode(cast, file, now - timedelta(minutes=minutes), 0.8, cast.keen * 0.7, False, True)


def _fits(file: DrillFile, cast: Cast) -> bool:
    """An educator sends a team what most of it can answer."""
    drill = file.drill()
    admitted = sum(drill.roles.admit(member.profession) for member in cast.members)
    return drill.kind is not Kind.RELAY and admitted >= _MOST_OF * len(cast.members)


def _opener(playable: list[DrillFile], kind: Kind) -> DrillFile:
    return next(file for file in playable if file.drill().kind is kind)


def _moments(cast: Cast, now: datetime) -> Iterator[datetime]:
    """Tuesdays and Thursdays at 14:00 where the team is, oldest first, their windows closed by now."""
    zone = ZoneInfo(cast.team.tz)
    today = now.astimezone(zone).date()
    for back in range(WEEKS * 7, 3, -1):
        day = today - timedelta(days=back)
        if day.weekday() in {1, 3}:
            yield datetime.combine(day, time(14), zone)
