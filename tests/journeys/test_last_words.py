"""What was planned is looked at once more before it is sent: person, cap and hour may have changed since."""

from __future__ import annotations

import pytest
from builders import a_member
from campaign_ward import CHICAGO, at, eligible, for_nurses, live_until, pushes, started
from review_ward import EDUCATOR, contested, review_it
from rota_ward import night, roster, shift, told
from ward import Ward

from bot.clock import tick
from drills.campaign import TeamClock
from drills.catalog.rota_table import read_table
from drills.people import QuietHours, Role
from drills.push import PushState
from drills.rota import Rota

HEAD = "user,start,end,kind\n"


async def outcomes(ward: Ward, local: str) -> int:
    ward.clock.now = at(local)
    await ward.work()
    return sum(card.title.startswith("A person has looked") for card in ward.told())


@pytest.mark.parametrize(
    ("rota", "settled", "told_at"),
    [
        (Rota((night("03 19:00", "04 07:00"), night("08 19:00", "09 07:00"))), "04 10:00", "04 17:00"),
        (Rota((shift("04 07:00", "04 19:00"), shift("08 07:00", "08 19:00"))), "04 18:45", "04 19:00"),
    ],
)
async def test_before_days_off_an_outcome_lets_its_reader_sleep_and_hand_over(
    ward: Ward, rota: Rota, settled: str, told_at: str
) -> None:
    ward.clock.now = at("2026-03-03 14:00")
    await ward.change_team(quiet=QuietHours.parse("21:00-07:00"))
    async with ward.memory.begin() as work:
        await work.appointments.save(ward.team, EDUCATOR, Role.EDUCATOR)
    evaluation = await contested(ward)
    await roster(ward, kai=rota)
    ward.clock.now = at(f"2026-03-{settled}")
    await review_it(ward, evaluation)
    assert await outcomes(ward, f"2026-03-{settled}") == 0
    assert await outcomes(ward, f"2026-03-{told_at}") == 1


async def test_no_more_reminders_holds_for_the_word_that_waits_for_a_shift(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, amara=Rota((night("03 19:00", "04 07:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    await ward.press("unremind", (await pushes(ward))[0].id, by="amara")
    await live_until(ward, "2026-03-03 19:30")
    assert told(ward) == {}


@pytest.mark.parametrize(("most", "heard"), [(0, 0), (1, 1)])
async def test_a_lower_cap_holds_for_the_drill_that_is_open(ward: Ward, most: int, heard: int) -> None:
    await started(ward, for_nurses("reminders: {max: 2, after_hours: 10}\n"))
    await live_until(ward, "2026-03-03 14:00")
    if most:
        await live_until(ward, "2026-03-04 00:00")
    lower = for_nurses(f"reminders: {{max: {most}, after_hours: 10}}\n")
    await started(ward, lower, now="2026-03-04 00:00")
    await live_until(ward, "2026-03-04 20:00")
    assert len(told(ward).get("kai", [])) == heard


async def test_who_joined_after_the_card_is_not_counted_because_another_drill_closes(ward: Ward) -> None:
    await started(ward, for_nurses())
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-05 14:00")
    async with ward.memory.begin() as work:
        await work.members.save(a_member("zoe", ward.team))
    await live_until(ward, "2026-03-06 14:00")
    assert await eligible(ward, (await pushes(ward))[1]) == {"kai", "amara", "tomasz", "ines", "grace", "owen"}


async def test_whoever_gets_room_for_a_drill_later_is_told_on_their_shift(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, kai=Rota((shift("03 09:00", "03 19:00"), shift("06 15:00", "06 23:00"))))
    for moment in ("03 14:00", "05 14:00", "06 14:00", "06 15:30"):
        await live_until(ward, f"2026-03-{moment}")
    assert told(ward) == {"kai": ["For your shift"]}


@pytest.mark.parametrize("later", ["2026-03-03 16:01", "2026-03-29 15:00"])
async def test_a_slot_that_nobody_posted_in_its_grace_is_missed(ward: Ward, later: str) -> None:
    await started(ward, for_nurses())
    ward.clock.now = at("2026-03-03 14:00")
    await tick(ward.tools)  # and the program ends before a worker posts it
    await live_until(ward, later)
    assert (await pushes(ward))[0].state is PushState.FAILED
    assert "push:0000000000000001" not in ward.chat.posts


@pytest.mark.parametrize("lines", [(13, 2), (2, 13)])
def test_of_two_leaves_that_begin_at_once_the_longer_holds(lines: tuple[int, int]) -> None:
    text = HEAD + "".join(f"kai,2026-03-02,2026-03-{day:02},leave\n" for day in lines)
    rota = read_table(text, "march.csv", TeamClock(CHICAGO)).people["kai"]
    assert [leave.ends for leave in rota.leaves] == [at("2026-03-14 00:00")]
