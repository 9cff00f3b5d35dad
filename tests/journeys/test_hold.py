"""A surge hold: the team is left alone, windows wait, nobody is counted short, and it ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from campaign_ward import at, for_nurses, live_until, make_lead, pushes, rows, started
from ward import Ward

from drills.chat.cards import Card
from drills.chat.plain import plain
from drills.push import PushState


async def say(ward: Ward, words: str, by: str = "grace") -> Card:
    shown = await ward.ask(words, by=by)
    assert isinstance(shown, Card)
    return shown


async def test_a_slot_that_falls_into_a_hold_is_sent_when_it_ends(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses())
    ward.clock.now = at("2026-03-03 13:00")
    card = await say(ward, "hold 6h")
    assert "on hold until Tue 19:00" in card.title
    for moment in ("2026-03-03 14:00", "2026-03-03 18:59"):
        await live_until(ward, moment)
        assert ward.chat.posts == {}
    await live_until(ward, "2026-03-03 19:00")
    (push,) = await pushes(ward)
    assert (push.slot, push.opens_at, push.state) == ("2026-03-03T14:00", at("2026-03-03 19:00"), PushState.POSTED)
    assert push.closes_at == at("2026-03-06 19:00")
    assert [row["status"] for row in await rows(ward)] == ["moved"]


async def test_of_several_that_waited_only_the_latest_is_sent(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses())
    ward.clock.now = at("2026-03-03 13:00")
    await say(ward, "hold 72h")
    await live_until(ward, "2026-03-06 13:00")
    assert [push.slot for push in await pushes(ward)] == ["2026-03-05T14:00"]
    assert {row["status"]: row["reason"] for row in await rows(ward)} == {
        "dropped": "The team was on hold then, and a later slot was due when that ended.",
        "moved": "The team was on hold then: moved to its end.",
    }


async def test_after_a_hold_that_ends_at_night_the_drill_waits_for_the_morning(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses("quiet: {from: '21:00', to: '07:00'}\n"))
    ward.clock.now = at("2026-03-03 13:00")
    await say(ward, "hold 10h")
    await live_until(ward, "2026-03-03 23:00")
    assert await pushes(ward) == []
    await live_until(ward, "2026-03-04 07:00")
    assert len(ward.chat.posts) == 1


async def test_an_open_window_ends_as_much_later_and_its_card_says_so(ward: Ward) -> None:
    await make_lead(ward)
    push = await ward.push()
    ward.clock.pass_by(hours=1)
    await say(ward, "hold 6 hours")
    await ward.work()
    assert "On hold until" in plain(ward.chat.revisions[-1][1])
    (held,) = await pushes(ward)
    assert held.closes_at == push.closes_at + timedelta(hours=6)


async def test_the_card_loses_the_line_when_the_hold_runs_out_by_itself(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses())
    await live_until(ward, "2026-03-03 14:00")
    await say(ward, "hold 90m")
    await live_until(ward, "2026-03-03 14:10")
    assert "On hold until Tue 15:30" in plain(ward.chat.revisions[-1][1])
    await live_until(ward, "2026-03-03 15:31")
    assert "On hold" not in plain(ward.chat.revisions[-1][1])
    drawn = len(ward.chat.revisions)
    await live_until(ward, "2026-03-03 15:32")
    assert len(ward.chat.revisions) == drawn


async def test_a_hold_that_is_made_longer_shorter_or_ended_moves_windows_by_what_was_held(ward: Ward) -> None:
    await make_lead(ward)
    push = await ward.push()
    for words, held_for in (("hold 2h", 2), ("hold 6h", 6), ("hold 3h", 3)):
        await say(ward, words)
        (now,) = await pushes(ward)
        assert now.closes_at == push.closes_at + timedelta(hours=held_for), words
    ward.clock.pass_by(hours=1)
    assert (await say(ward, "hold off")).title == "The hold is over"
    (now,) = await pushes(ward)
    assert now.closes_at == push.closes_at + timedelta(hours=1)
    assert (await say(ward, "hold off")).title == "No hold"
    assert (await say(ward, "hold")).title == "No hold"


async def test_a_window_does_not_close_while_the_team_is_on_hold(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses("window_hours: 2\n"))
    await live_until(ward, "2026-03-03 14:00")
    ward.clock.now = at("2026-03-03 15:00")
    await say(ward, "hold 6h")
    await live_until(ward, "2026-03-03 21:59")
    assert [push.state for push in await pushes(ward)] == [PushState.POSTED]
    await live_until(ward, "2026-03-03 22:00")
    assert [push.state for push in await pushes(ward)] == [PushState.CLOSED]


async def test_a_drill_whose_window_a_hold_made_longer_is_no_miss_yet(ward: Ward) -> None:
    await make_lead(ward)
    await ward.push()
    ward.clock.pass_by(hours=1)
    await say(ward, "hold 12h")
    ward.clock.pass_by(hours=72)
    async with ward.memory.read() as work:
        (team,) = await work.boards.records(ward.team.workspace, ward.clock() - timedelta(days=9), ward.clock())
    assert [drill for person in team.over(ward.clock()).people for drill in person.drills] == []
    ward.clock.pass_by(hours=11)
    assert len(team.over(ward.clock()).people) == 6


async def test_only_a_lead_may_hold_and_an_admin_of_the_workspace(ward: Ward) -> None:
    assert "Charge nurses, leads and educators of this team can do that" in plain(await say(ward, "hold 6h", by="kai"))
    await make_lead(ward)
    assert "on hold" in (await say(ward, "hold 6h")).title


@pytest.mark.parametrize("words", ["hold 6", "hold soon", "hold 0h", "hold 73h", "hold -1h", "hold 6h 30m"])
async def test_a_length_that_means_nothing_is_told_how_to_say_it(ward: Ward, words: str) -> None:
    await make_lead(ward)
    assert "up to 72 hours: `/drill hold 6h`" in plain(await say(ward, words))


async def test_the_same_command_delivered_twice_holds_once(ward: Ward) -> None:
    await make_lead(ward)
    push = await ward.push()
    for _ in range(2):
        await ward.ask("hold 6h", by="grace", key="same")
        ward.clock.pass_by(minutes=1)
    (now,) = await pushes(ward)
    assert now.closes_at == push.closes_at + timedelta(hours=6)


async def test_a_hold_is_in_the_ledger_without_anybodys_name(ward: Ward) -> None:
    await make_lead(ward)
    await say(ward, "hold 6h")
    await say(ward, "hold off")
    async with ward.memory.read() as work:
        lines = [entry.body for entry in await work.ledger.entries(ward.team.workspace)]
    assert [line["what"] for line in lines] == ["hold", "hold ended"]
    assert "grace" not in str(lines)
