"""Somebody in two teams has one sleep and one leave: both teams honour them, whichever of the two has the rota."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_member, a_team
from campaign_ward import a_file, at, live_until, make_lead, started
from review_ward import EDUCATOR, contested, review_it
from rota_ward import MARCH, leave, night, roster, shift, told
from ward import Ward

from drills.chat.cards import Form
from drills.chat.plain import plain
from drills.journeys.rota import bring_in, remove
from drills.people import QuietHours, Role, Team
from drills.push import Push
from drills.rota import Rota

ICU = a_team("icu")
WHOLE = Rota((), (leave("01 00:00", "20 00:00"),))
NIGHT = Rota((night("03 19:00", "04 07:00"),))


@pytest.fixture
async def icu(ward: Ward) -> Team:
    """Kai and Amara of 5 South work in the ICU as well, which has a drill on Tuesdays and Thursdays at 14:00."""
    async with ward.memory.begin() as work:
        await work.teams.save(ICU)
        for user in ("kai", "amara", "zoe"):
            await work.members.save(a_member(user, ICU))
    return ICU


async def in_the_icu(ward: Ward, after_hours: int = 20) -> None:
    drills = "[sbar-001-night-call, conf-001-held-dose]", "[sbar-001-night-call, sbar-002-lobby-recheck]"
    reminders = f"reminders: {{max: 1, after_hours: {after_hours}}}\n"
    await started(ward, a_file(*drills, reminders, teams="  - {id: icu}\n"))


async def its_push(ward: Ward) -> Push:
    async with ward.memory.read() as work:
        return (await work.pushes.of_team(ICU))[0]


async def counted(ward: Ward) -> set[str]:
    push = await its_push(ward)
    async with ward.memory.read() as work:
        return {one.user for one in await work.pushes.eligible(push)}


async def icu_rota(ward: Ward, **people: Rota) -> None:
    await bring_in(ward.tools, ICU.workspace, ICU.id, people, MARCH)


async def test_no_team_wakes_somebody_after_a_night_in_another(ward: Ward, icu: Team) -> None:
    await in_the_icu(ward)
    await roster(ward, kai=NIGHT)
    for moment in ("03 14:00", "04 10:00"):
        await live_until(ward, f"2026-03-{moment}")
    assert set(told(ward)) == {"amara", "zoe"}
    await live_until(ward, "2026-03-04 16:59")
    assert "kai" not in told(ward)
    await live_until(ward, "2026-03-04 17:00")
    assert told(ward)["kai"] == ["Still open"]


async def test_leave_that_one_team_knows_of_leaves_the_counts_of_all(ward: Ward, icu: Team) -> None:
    await in_the_icu(ward)
    await roster(ward, amara=WHOLE)
    for moment in ("03 14:00", "04 10:00"):
        await live_until(ward, f"2026-03-{moment}")
    assert await counted(ward) == {"kai", "zoe"}
    assert "amara" not in told(ward)


async def test_leave_that_one_team_enters_later_changes_open_counts_of_all_and_back(ward: Ward, icu: Team) -> None:
    await in_the_icu(ward)
    await live_until(ward, "2026-03-03 14:00")
    await roster(ward, amara=WHOLE)
    assert await counted(ward) == {"kai", "zoe"}
    await ward.work()
    assert "0 of 2 answered" in plain(ward.chat.revisions[-1][1])
    async with ward.memory.begin() as work:
        await remove(ward.tools, work, ward.team)
    assert await counted(ward) == {"kai", "amara", "zoe"}


async def test_leave_in_both_teams_is_taken_back_only_when_both_say_so(ward: Ward, icu: Team) -> None:
    await in_the_icu(ward)
    await live_until(ward, "2026-03-03 14:00")
    await roster(ward, amara=WHOLE)
    await icu_rota(ward, amara=WHOLE)
    await icu_rota(ward, amara=Rota())
    assert await counted(ward) == {"kai", "zoe"}
    await roster(ward, amara=Rota())
    assert await counted(ward) == {"kai", "amara", "zoe"}


async def test_a_shift_elsewhere_opens_no_quiet_hours_of_a_team_without_a_rota(ward: Ward, icu: Team) -> None:
    async with ward.memory.begin() as work:
        await work.teams.save(a_quiet_icu())
    await in_the_icu(ward, after_hours=10)
    await roster(ward, kai=NIGHT, amara=Rota((shift("04 06:45", "04 15:00"),)))
    for moment in ("03 14:00", "03 19:30", "04 00:00", "04 03:00", "04 07:00"):
        await live_until(ward, f"2026-03-{moment}")
    assert told(ward) == {"zoe": ["Still open"]}, "no word for a shift, none at night, none at a handover"
    await live_until(ward, "2026-03-04 07:15")
    assert set(told(ward)) == {"zoe", "amara"}


async def test_a_team_that_knows_the_days_reaches_its_people_on_shift_in_the_other(ward: Ward, icu: Team) -> None:
    async with ward.memory.begin() as work:
        await work.teams.save(a_quiet_icu())
    await in_the_icu(ward)
    await icu_rota(ward, kai=Rota((shift("09 07:00", "09 19:00"),)))
    await roster(ward, kai=Rota((night("03 22:00", "04 07:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-03 22:29")
    assert told(ward) == {}
    await live_until(ward, "2026-03-03 22:30")
    assert told(ward) == {"kai": ["For your shift"]}


async def test_a_reviewers_outcome_waits_for_the_sleep_after_a_night_elsewhere(ward: Ward, icu: Team) -> None:
    ward.clock.now = at("2026-03-03 14:00")
    async with ward.memory.begin() as work:
        await work.appointments.save(ward.team, EDUCATOR, Role.EDUCATOR)
    evaluation = await contested(ward)
    await icu_rota(ward, kai=NIGHT)
    ward.clock.now = at("2026-03-04 10:00")
    await review_it(ward, evaluation)
    for moment, heard in (("04 16:59", 0), ("04 17:00", 1)):
        ward.clock.now = at(f"2026-03-{moment}")
        await ward.work()
        assert sum(card.title.startswith("A person has looked") for card in ward.told()) == heard


async def test_a_lead_sees_nothing_of_another_teams_rota(ward: Ward, icu: Team) -> None:
    ward.clock.now = at("2026-03-02 12:00")
    await roster(ward, kai=NIGHT, amara=WHOLE)
    async with ward.memory.begin() as work:
        await work.members.save(a_member("zoe", ICU, role=Role.LEAD))
    place = ICU.place
    assert isinstance(await ward.ask("rota", by="zoe", place=place), Form), "there is no rota to show"
    await icu_rota(ward, zoe=Rota((shift("09 07:00", "09 19:00"),)))
    shown = plain(await ward.ask("rota", by="zoe", place=place))
    assert "1 of 3" in shown
    await make_lead(ward)
    assert "2 of 7" in plain(await ward.ask("rota", by="grace"))


def a_quiet_icu() -> Team:
    return replace(ICU, quiet=QuietHours.parse("21:00-07:00"))
