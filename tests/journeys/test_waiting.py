"""What may wait does: a review's outcome, and feedback that an outage made late, never come in somebody's night."""

from __future__ import annotations

import pytest
from campaign_ward import at
from review_ward import EDUCATOR, WORDS, contested, own, review_it
from ward import Ward

from drills.chat.cards import Card
from drills.chat.plain import plain
from drills.errors import JudgeUnavailable
from drills.journeys.rota import bring_in
from drills.people import QuietHours, Role
from drills.rota import Leave, Rota, Shift

OUTCOME = "A person has looked"


@pytest.fixture
async def night(ward: Ward) -> Ward:
    """5 South on a Tuesday at 14:00, with quiet hours from nine to seven, and an educator."""
    ward.clock.now = at("2026-03-03 14:00")
    await ward.change_team(quiet=QuietHours.parse("21:00-07:00"))
    async with ward.memory.begin() as work:
        await work.appointments.save(ward.team, EDUCATOR, Role.EDUCATOR)
    return ward


async def last_told(ward: Ward, local: str) -> str:
    ward.clock.now = at(local)
    await ward.work()
    return ward.told()[-1].title if ward.told() else ""


async def live_in(ward: Ward, tz: str) -> None:
    await ward.submit(await ward.ask("settings"), zone=tz)


async def test_what_a_reviewer_settles_at_night_is_told_in_the_morning(night: Ward) -> None:
    evaluation = await contested(night)
    night.clock.now = at("2026-03-04 02:00")
    await review_it(night, evaluation)
    assert not (await last_told(night, "2026-03-04 02:00")).startswith(OUTCOME)
    assert not (await last_told(night, "2026-03-04 06:59")).startswith(OUTCOME)
    assert (await last_told(night, "2026-03-04 07:00")).startswith(OUTCOME)


async def test_it_is_the_writers_own_morning_and_they_may_look_before(night: Ward) -> None:
    await live_in(night, "Asia/Manila")  # 14 hours ahead
    evaluation = await contested(night)
    night.clock.now = at("2026-03-04 11:00")
    await review_it(night, evaluation)
    assert not (await last_told(night, "2026-03-04 16:59")).startswith(OUTCOME)
    assert "A person read your reply" in plain(await night.press("feedback", evaluation))
    assert (await last_told(night, "2026-03-04 17:00")).startswith(OUTCOME)


async def test_it_is_looked_at_again_within_the_hour_since_a_zone_may_change(night: Ward) -> None:
    evaluation = await contested(night)
    night.clock.now = at("2026-03-04 00:10")
    await review_it(night, evaluation)
    (again,) = await night.work()
    assert again.after == 3600


async def test_on_leave_for_long_quiet_hours_alone_decide(night: Ward) -> None:
    evaluation = await contested(night)
    away = Rota(
        (Shift(at("2026-03-20 07:00"), at("2026-03-20 19:00")),), (Leave(night.clock(), at("2026-03-19 00:00")),)
    )
    span = (at("2026-03-01 00:00"), at("2026-03-31 00:00"))
    await bring_in(night.tools, night.team.workspace, night.team.id, {"kai": away}, span)
    night.clock.now = at("2026-03-04 02:00")
    await review_it(night, evaluation)
    assert not (await last_told(night, "2026-03-04 06:59")).startswith(OUTCOME)
    assert (await last_told(night, "2026-03-04 07:00")).startswith(OUTCOME)


async def test_feedback_that_is_late_by_hours_waits_for_the_morning_and_is_there_to_be_looked_at(night: Ward) -> None:
    push = await night.push()
    night.clock.now = at("2026-03-03 20:30")
    night.judge.answers = [JudgeUnavailable("overloaded")]
    await night.reply(push, WORDS)
    await night.work()
    assert await last_told(night, "2026-03-04 01:00") == ""
    found = await night.press("feedback", await own(night))
    assert isinstance(found, Card)
    assert "What worked" in plain(found)
    assert await last_told(night, "2026-03-04 06:59") == ""
    assert await last_told(night, "2026-03-04 07:00") != ""


async def test_whoever_has_just_written_gets_feedback_at_once_also_at_night(night: Ward) -> None:
    push = await night.push()
    night.clock.now = at("2026-03-04 02:00")
    await night.reply(push, WORDS)
    assert await last_told(night, "2026-03-04 02:00") != ""
