"""A ward lives for two days with any rotas there are: each private word against the promise of shifts, said anew."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import compress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from builders import a_member, a_person
from campaign_ward import for_nurses, make_lead
from ward import Ward, open_ward

from bot.clock import tick
from drills.campaign import Cadence
from drills.journeys.rota import bring_in
from drills.journeys.run_campaign import start
from drills.people import QuietHours
from drills.rota import Leave, Rota, Shift

Times: TypeAlias = tuple[str, int, int, bool]
"""Shift or leave, minutes since the first midnight, its length, and whether it is a night."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOST = 2
NIGHT = QuietHours.parse("21:00-07:00")
USERS = ("kai", "amara", "tomasz", "ines")  # owen has no rota, and grace holds
# Days before clocks change or a year ends.
SCENES = (
    ("Europe/Berlin", date(2026, 3, 27)),
    ("Australia/Lord_Howe", date(2026, 4, 3)),
    ("America/St_Johns", date(2026, 12, 31)),
    ("America/Chicago", date(2026, 10, 30)),
)
OWN = (None, "Asia/Manila", "America/Los_Angeles")


@pytest.mark.parametrize("seed", range(4))
def test_a_private_word_comes_on_shift_or_in_waking_hours_and_never_more_than_allowed(seed: int) -> None:
    chance, scene = Random(seed), SCENES[seed]  # noqa: S311  # the same lives every time
    midnight = datetime.combine(scene[1], time(), ZoneInfo(scene[0])).astimezone(UTC)
    people = {user: _apart(_rota(midnight, _times(chance)), Random(seed)) for user in USERS}  # noqa: S311  # as above
    own = {user: chance.choice(OWN) for user in (*USERS, "owen")}
    steps = [chance.randint(25, 45) for _ in range(80)]
    asyncio.run(_lived(scene, midnight, people, own, steps, hold=chance.randint(45, 70)))


def _times(chance: Random) -> list[Times]:
    """Overlapping, zero-length, split, whatever."""
    shifts = {
        chance.randrange(-12, 80) * 60: (chance.choice([0, 20, 61, 240, 480, 725]), chance.random() < 0.7)
        for _ in range(chance.randint(2, 5))
    }
    leaves = {chance.randint(0, 2) * 1440: chance.choice([720, 1440]) for _ in range(chance.randint(0, 1))}
    return [
        *(("shift", since, length, night) for since, (length, night) in shifts.items()),
        *(("leave", since, length, False) for since, length in leaves.items()),
    ]


def _rota(midnight: datetime, times: list[Times]) -> Rota:
    spans = [
        (kind, midnight + since * MINUTE, midnight + (since + length) * MINUTE, n) for kind, since, length, n in times
    ]
    shifts = (Shift(begins, ends, night) for kind, begins, ends, night in spans if kind == "shift")
    leaves = (Leave(begins, ends) for kind, begins, ends, _ in spans if kind == "leave")
    return Rota(tuple(sorted(shifts)), tuple(sorted(leaves)))


def _apart(rota: Rota, chance: Random) -> Rota:
    """Some of it is known to another team alone."""
    of_shifts, of_leaves = ([chance.random() < 0.3 for _ in times] for times in (rota.shifts, rota.leaves))
    there = Rota(tuple(compress(rota.shifts, of_shifts)), tuple(compress(rota.leaves, of_leaves)))
    shifts = tuple(shift for shift in rota.shifts if shift not in there.shifts)
    return Rota(shifts, tuple(leave for leave in rota.leaves if leave not in there.leaves), elsewhere=there)


async def _lived(
    scene: tuple[str, date],
    midnight: datetime,
    people: Mapping[str, Rota],
    own: Mapping[str, str | None],
    steps: list[int],
    hold: int,
) -> None:
    known = (midnight - 2 * DAY, midnight + DAY)  # then nothing but rest, leave and quiet hours
    with TemporaryDirectory() as folder:
        async with open_ward(Path(folder)) as ward:
            ward.clock.now = midnight + 8 * HOUR
            await _set_up(ward, scene, people, own, known)
            held: tuple[datetime, datetime] | None = None
            heard: Counter[tuple[str, str]] = Counter()
            seen: set[str] = set()
            for number, minutes in enumerate(steps):
                ward.clock.now += minutes * MINUTE
                now = ward.clock()
                if number == hold:
                    await ward.ask("hold 6h", by="grace")
                    held = now, now + 6 * HOUR
                await tick(ward.tools)
                await ward.work()
                for key in ward.chat.tells.keys() - seen:
                    person, card = ward.chat.tells[key]
                    clocks = {scene[0], own.get(person.user) or scene[0]}
                    assert _may_hear(people.get(person.user), now, clocks, known), (person.user, now)
                    assert held is None or not held[0] <= now < held[1]
                    heard[person.user, str(card.buttons[0].intent.args)] += 1
                seen |= ward.chat.tells.keys()
            assert max(heard.values()) <= MOST
            assert "owen" in {user for user, _ in heard}, "no rota, and nothing answered"


async def _set_up(
    ward: Ward,
    scene: tuple[str, date],
    people: Mapping[str, Rota],
    own: Mapping[str, str | None],
    known: tuple[datetime, datetime],
) -> None:
    await ward.change_team(tz=scene[0], quiet=NIGHT)
    await make_lead(ward)
    async with ward.memory.begin() as work:
        for user, tz in own.items():
            member = await work.members.get(a_person(user), ward.team.id)
            assert member is not None
            await work.members.save(replace(member, tz=tz), was=member)
    file = for_nurses(f"reminders: {{max: {MOST}, after_hours: 3}}\n")
    day = replace(file.campaign, starts=scene[1], ends=scene[1] + 9 * DAY, cadence=Cadence.cron("0 14 * * *"))
    await start(ward.tools, replace(file, campaign=day), ward.team.workspace)
    icu = replace(ward.team, id="icu", channel="#icu")
    async with ward.memory.begin() as work:
        await work.teams.save(icu)
        for user in people:
            await work.members.save(a_member(user, icu))
    elsewhere = {user: rota.elsewhere or Rota() for user, rota in people.items()}
    await bring_in(ward.tools, icu.workspace, icu.id, elsewhere, known)
    here = {user: replace(rota, elsewhere=None) for user, rota in people.items()}
    await bring_in(ward.tools, ward.team.workspace, ward.team.id, here, known)


def _may_hear(rota: Rota | None, now: datetime, clocks: set[str], known: tuple[datetime, datetime]) -> bool:
    """The promise, said another way than the code says it."""
    awake = all(time(7) <= now.astimezone(ZoneInfo(zone)).time() < time(21) for zone in clocks)
    if rota is None:
        return awake
    there, spoken_of = rota.elsewhere or Rota(), known[0] <= now < known[1]
    if any(leave.begins <= now < leave.ends for leave in (*rota.leaves, *there.leaves)):
        return False
    if any(shift.night and shift.ends <= now < shift.ends + 10 * HOUR for shift in (*rota.shifts, *there.shifts)):
        return False
    on = [shift for shift in (*rota.shifts, *there.shifts) if shift.begins <= now < shift.ends]
    if not all(shift.begins + 30 * MINUTE <= now < shift.ends - 30 * MINUTE for shift in on):
        return False
    on_here = on if spoken_of else [shift for shift in on if shift in rota.shifts]
    return bool(on_here) or (awake and not spoken_of)
