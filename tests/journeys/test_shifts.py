"""A team with a rota: a drill reaches each person on their own shift, and nobody at its edges, asleep or on leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from campaign_ward import CHICAGO, at, eligible, for_nurses, live_until, make_lead, pushes, started
from rota_ward import MARCH, leave, night, roster, shift, told
from ward import Ward

from drills.campaign import CampaignState
from drills.chat.plain import headline
from drills.errors import NotFound
from drills.journeys.rota import bring_in
from drills.journeys.run_campaign import change
from drills.people import QuietHours
from drills.reminder import ReminderState
from drills.rota import Rota, Shift


def known(people: dict[str, Rota]) -> dict[str, Rota]:
    return {user: replace(rota, known=(MARCH,)) for user, rota in people.items()}


async def due(ward: Ward) -> dict[str, str]:
    """When each waiting word is due, on the ward's own clock."""
    push = (await pushes(ward))[-1]
    async with ward.memory.read() as work:
        waiting = [one for one in await work.reminders.of(push) if one.state is ReminderState.PLANNED]
    return {one.user: f"{local(one.due_at):%d %H:%M}" for one in waiting}


def local(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(CHICAGO)


async def test_on_shift_counts_at_once_and_the_others_are_told_half_an_hour_into_their_next_shift(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(
        ward,
        kai=Rota((shift("03 07:00", "03 19:00"),)),
        amara=Rota((night("03 19:00", "04 07:00"),)),
        tomasz=Rota((night("02 19:00", "03 07:00"), shift("03 15:00", "03 23:00"))),
        ines=Rota((shift("03 13:40", "03 22:00"),)),
        grace=Rota((shift("03 02:00", "03 14:20"), shift("05 07:00", "05 19:00"))),
    )
    await live_until(ward, "2026-03-03 14:00")
    assert await due(ward) == {"amara": "03 19:30", "tomasz": "03 17:00", "ines": "03 14:10", "grace": "05 07:30"}
    assert told(ward) == {}
    await live_until(ward, "2026-03-03 19:29")
    assert set(told(ward)) == {"ines", "tomasz"}
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward)["amara"] == ["For your shift"]
    (_, card) = next(one for key, one in ward.chat.tells.items() if key.startswith("reminder:"))
    assert headline(card).startswith("DRILL – fictional patient")


async def test_who_answered_before_the_shift_is_not_told(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, amara=Rota((night("03 19:00", "04 07:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    await ward.press("skip", (await pushes(ward))[0].id, by="amara")
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward) == {}
    assert await due(ward) == {}


async def test_a_reminder_that_waited_for_a_shift_is_not_followed_by_the_next_in_the_same_one(ward: Ward) -> None:
    await started(ward, for_nurses("reminders: {max: 2, after_hours: 12}\n"))
    await live_until(ward, "2026-03-03 14:00")
    await roster(ward, amara=Rota((shift("05 00:00", "05 08:00"),)))
    for moment in ("04 02:00", "05 00:30", "05 02:00", "05 07:29"):  # the second is due at 02:00
        await live_until(ward, f"2026-03-{moment}")
    assert len(told(ward)["amara"]) == 1


async def test_a_night_shift_is_reached_in_quiet_hours_and_who_has_no_rota_is_not(ward: Ward) -> None:
    await ward.change_team(quiet=QuietHours.parse("21:00-07:00"))
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 12}\n"))
    await roster(ward, amara=Rota((night("03 22:00", "04 06:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-03 22:30")
    assert told(ward) == {"amara": ["For your shift"]}
    await live_until(ward, "2026-03-04 06:59")
    assert set(told(ward)) == {"amara"}
    await live_until(ward, "2026-03-04 07:00")
    assert told(ward)["kai"] == ["Still open"]
    assert told(ward)["amara"] == ["For your shift"], "the word at shift start stands for the first reminder"


async def test_a_reminder_waits_for_the_next_shift_and_two_never_wait_for_one(ward: Ward) -> None:
    await started(ward, for_nurses("reminders: {max: 2, after_hours: 10}\nwindow_hours: 96\n"))
    await roster(ward, kai=Rota((shift("03 07:00", "03 19:00"), shift("06 07:00", "06 19:00"))))
    for moment in ("03 14:00", "04 00:00", "04 20:00", "06 07:29"):
        await live_until(ward, f"2026-03-{moment}")
    assert "kai" not in told(ward)
    await live_until(ward, "2026-03-06 07:30")
    await live_until(ward, "2026-03-06 08:00")
    assert told(ward)["kai"] == ["Still open"]


async def test_whole_leave_is_in_no_count_and_who_comes_back_in_time_is_told_on_shift(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(
        ward,
        kai=Rota((), (leave("01 00:00", "09 00:00"),)),
        amara=Rota((shift("05 07:00", "05 19:00"),), (leave("01 00:00", "05 00:00"),)),
    )
    await live_until(ward, "2026-03-03 14:00")
    (push,) = await pushes(ward)
    assert "kai" not in await eligible(ward, push)
    assert "amara" in await eligible(ward, push)
    assert await due(ward) == {"amara": "05 07:30"}


async def test_a_new_rota_is_believed_at_the_last_moment(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, amara=Rota((night("03 19:00", "04 07:00"),)), ines=Rota((night("03 19:00", "04 07:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    await roster(
        ward,
        amara=Rota((shift("05 07:00", "05 15:00"),)),
        ines=Rota((shift("20 07:00", "20 15:00"),), (leave("03 00:00", "12 00:00"),)),
    )
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward) == {}
    assert await due(ward) == {"amara": "05 07:30"}
    await live_until(ward, "2026-03-05 07:30")
    assert set(told(ward)) == {"amara"}


async def test_a_hold_at_shift_start_puts_the_word_off(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses())
    await roster(ward, amara=Rota((night("03 19:00", "04 07:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    ward.clock.now = at("2026-03-03 19:00")
    await ward.ask("hold 2h", by="grace")
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward) == {}
    await live_until(ward, "2026-03-03 21:00")
    assert told(ward) == {"amara": ["For your shift"]}


async def test_a_paused_campaign_and_somebody_who_wants_no_reminders_are_left_alone(ward: Ward) -> None:
    await started(ward, for_nurses("window_hours: 44\n"))
    await roster(
        ward,
        amara=Rota((night("03 19:00", "04 07:00"), night("05 19:00", "06 07:00"))),
        ines=Rota((night("03 19:00", "04 07:00"), night("05 19:00", "06 07:00"))),
    )
    await live_until(ward, "2026-03-03 14:00")
    await ward.press("unremind", (await pushes(ward))[0].id, by="amara")
    await live_until(ward, "2026-03-03 19:30")
    await live_until(ward, "2026-03-05 13:00")
    await live_until(ward, "2026-03-05 14:00")
    assert await due(ward) == {"ines": "05 19:30"}
    before = told(ward)
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.PAUSED)
    await live_until(ward, "2026-03-05 19:30")
    assert told(ward) == before


async def test_a_drill_posted_by_hand_reaches_the_night_shift_too(ward: Ward) -> None:
    ward.clock.now = at("2026-03-03 14:00")
    await roster(ward, amara=Rota((night("03 19:00", "04 07:00"),)))
    await ward.push()
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward) == {"amara": ["For your shift"]}


async def test_people_are_found_by_id_name_or_address_and_the_rest_is_listed(ward: Ward) -> None:
    ward.clock.now = at("2026-03-01 12:00")
    one = Rota((shift("03 07:00", "03 19:00"),))
    found = {"kai": one, "AMARA": one, "ines@hospital.org": one, "Someone Else": one, "nobody@x.org": one}
    done = await bring_in(ward.tools, ward.team.workspace, ward.team.id, found, MARCH)
    assert [member.person.user for member in done.people] == ["amara", "ines", "kai"]
    assert done.unknown == ("Someone Else", "nobody@x.org")
    assert (done.times, done.others) == (3, ())


async def test_the_same_file_again_changes_nothing_and_a_whole_teams_file_clears_the_others(ward: Ward) -> None:
    ward.clock.now = at("2026-03-01 12:00")
    both = {"kai": Rota((shift("03 07:00", "03 19:00"),)), "amara": Rota((shift("04 07:00", "04 19:00"),))}
    for _ in range(2):
        await bring_in(ward.tools, ward.team.workspace, ward.team.id, both, MARCH)
        async with ward.memory.read() as work:
            assert await work.rotas.of(ward.team) == known(both)
    only = {"kai": both["kai"]}
    done = await bring_in(ward.tools, ward.team.workspace, ward.team.id, only, MARCH)
    assert [member.person.user for member in done.others] == ["amara"]
    async with ward.memory.read() as work:
        assert await work.rotas.of(ward.team) == known(both)
    await bring_in(ward.tools, ward.team.workspace, ward.team.id, only, MARCH, everybody=True)
    async with ward.memory.read() as work:
        assert await work.rotas.of(ward.team) == known({**only, "amara": Rota()})


async def test_old_times_and_those_of_somebody_who_asks_to_be_forgotten_are_deleted(ward: Ward) -> None:
    ward.clock.now = at("2026-05-01 12:00")
    old, new = shift("03 07:00", "03 19:00"), Shift(at("2026-05-03 07:00"), at("2026-05-03 19:00"))
    await bring_in(ward.tools, ward.team.workspace, ward.team.id, {"kai": Rota((old, new))}, MARCH)
    async with ward.memory.read() as work:
        assert await work.rotas.of(ward.team) == {"kai": Rota((new,))}
    await ward.press("erase", by="kai")
    async with ward.memory.read() as work:
        assert await work.rotas.of(ward.team) == {}


async def test_a_team_that_is_not_there_is_named_with_those_that_are(ward: Ward) -> None:
    with pytest.raises(NotFound, match="has no team icu"):
        await bring_in(ward.tools, ward.team.workspace, "icu", {}, MARCH)
