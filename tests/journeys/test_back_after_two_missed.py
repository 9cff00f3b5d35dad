"""Somebody who let two drills pass and then answers is back at once, while that drill is still open."""

from __future__ import annotations

from campaign_ward import at, for_nurses, live_until, pushes, started
from rota_ward import night, roster, told
from ward import Ward

from drills.rota import Rota

LET_PASS = ("03 14:00", "04 02:00", "05 14:00", "06 02:00", "06 14:00", "08 15:00")


async def test_the_next_reminder_is_no_farewell(ward: Ward) -> None:
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 12}\n"))
    for moment in (*LET_PASS, "10 14:00"):
        await live_until(ward, f"2026-03-{moment}")
    await ward.press("skip", (await pushes(ward))[2].id, by="kai")
    for moment in ("11 02:00", "12 14:00", "13 02:00"):
        await live_until(ward, f"2026-03-{moment}")
    third = (await pushes(ward))[2]
    assert third.is_open(ward.clock())
    assert told(ward)["kai"][-1] == "Still open"
    assert told(ward)["amara"][-1].startswith("No more reminders"), "she has answered nothing"


async def test_the_word_at_shift_start_comes_again_too(ward: Ward) -> None:
    await started(ward, for_nurses())
    for moment in (*LET_PASS, "10 14:00"):
        await live_until(ward, f"2026-03-{moment}")
    await ward.press("skip", (await pushes(ward))[2].id, by="kai")
    nights = Rota((night("12 19:00", "13 07:00"),))
    await roster(ward, kai=nights, amara=nights)
    assert (await pushes(ward))[2].closes_at > at("2026-03-12 19:30")
    for moment in ("12 14:00", "12 19:30"):
        await live_until(ward, f"2026-03-{moment}")
    assert told(ward) == {"kai": ["For your shift"]}
