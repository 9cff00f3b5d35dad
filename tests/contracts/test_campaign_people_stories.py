"""What a campaign asks of people, told on every platform: reminders, holds, shifts, and silence when it matters."""

from __future__ import annotations

from campaign_ward import at
from stages.stage import STAFF, WEST, Stage

from drills.journeys.rota import bring_in
from drills.people import QuietHours
from drills.rota import Leave, Rota, Shift

STILL_OPEN, FOR_YOUR_SHIFT, NO_MORE = "Still open: ", "For your shift: ", "No more reminders for now"
REPLY = "Dr. Lark, he is much sicker since ten, please come now."
MARCH = (at("2026-03-01 00:00"), at("2026-03-31 00:00"))


async def told(stage: Stage, words: str) -> dict[str, int]:
    """How often each person of 5 West was told this in private; who never was is left out."""
    counts = {who: len(await stage.told(who, words)) for who in STAFF[WEST]}
    return {who: count for who, count in counts.items() if count}


def shift(begins: str, ends: str, *, night: bool = False) -> Shift:
    """Of March 2026 in Chicago: "03 07:00" to "03 19:00"."""
    return Shift(at(f"2026-03-{begins}"), at(f"2026-03-{ends}"), night=night)


async def roster(stage: Stage, **people: Rota) -> None:
    found = {stage.client.users[who]: rota for who, rota in people.items()}
    await bring_in(stage.tools, stage.workspace, WEST, found, MARCH)


class TestReminders:
    async def test_only_those_who_neither_answered_nor_skipped_and_no_more_than_agreed(self, stage: Stage) -> None:
        await stage.started("reminders: {max: 2, after_hours: 12}")
        await stage.lives_until("2026-03-03 14:00")
        (card,) = await stage.channel()
        await stage.answers("Cleo", card.id, REPLY)
        await stage.taps("Dev", "Skip", on=card.id)
        await stage.lives_until("2026-03-04 01:59")
        assert await told(stage, STILL_OPEN) == {}
        await stage.lives_until("2026-03-04 02:00")
        assert await told(stage, STILL_OPEN) == {"Ada": 1, "Ben": 1, "Iris": 1, "Finn": 1}
        (reminder,) = await stage.told("Iris", STILL_OPEN)
        assert reminder.text.index("DRILL – fictional patient") < reminder.text.index("open until Fri 14:00")
        assert set(reminder.buttons) == {"Answer", "Skip", "No more reminders"}
        await stage.taps("Iris", "Skip", on=reminder.id)
        await stage.lives_until("2026-03-05 01:59")
        await stage.lives_until("2026-03-05 02:00")  # 12 hours, then 24 more
        for moment in ("2026-03-05 13:59", "2026-03-06 13:59"):
            await stage.lives_until(moment)
        assert await told(stage, STILL_OPEN) == {"Ada": 2, "Ben": 2, "Iris": 1, "Finn": 2}
        assert [seen.id for seen in await stage.channel()] == [card.id]  # nobody is reminded where others see it

    async def test_two_drills_let_pass_end_them_by_themselves_and_one_tap_brings_them_back(self, stage: Stage) -> None:
        await stage.started("reminders: {max: 1, after_hours: 24}\nwindow_hours: 44")
        for day in ("03", "04", "05", "06", "10"):
            await stage.lives_until(f"2026-03-{day} 14:00")
        assert (await told(stage, STILL_OPEN))["Iris"] == 2
        await stage.lives_until("2026-03-11 14:00")
        assert (await told(stage, NO_MORE))["Iris"] == 1
        (last,) = await stage.told("Iris", NO_MORE)
        assert last.buttons == ("Remind me again",)
        assert "Reminders are on" in (await stage.taps("Iris", "Remind me again", on=last.id)).text
        for day in ("12", "13", "17", "18"):
            await stage.lives_until(f"2026-03-{day} 14:00")
        assert (await told(stage, STILL_OPEN))["Iris"] == 4
        assert (await told(stage, STILL_OPEN))["Finn"] == 2
        assert (await told(stage, NO_MORE))["Finn"] == 1

    async def test_an_answer_from_the_reminder_itself_counts(self, stage: Stage) -> None:
        await stage.started("reminders: {max: 1, after_hours: 24}")
        await stage.lives_until("2026-03-03 14:00")
        await stage.lives_until("2026-03-04 14:00")
        (reminder,) = await stage.told("Iris", STILL_OPEN)
        await stage.taps("Iris", "Answer", on=reminder.id)
        await stage.fills("Iris", words=REPLY)
        await stage.work()
        assert "1 of 6 answered" in (await stage.channel())[0].text


class TestHold:
    async def test_a_hold_freezes_drills_reminders_and_windows_is_seen_and_ends_by_itself(self, stage: Stage) -> None:
        await stage.started("reminders: {max: 1, after_hours: 46}\nwindow_hours: 50")
        await stage.lives_until("2026-03-03 14:00")
        stage.clock.now = at("2026-03-05 11:00")
        held = await stage.asks("Ben", "hold 6h")
        assert "5 West is on hold until Thu 17:00" in held.text
        await stage.lives_until("2026-03-05 11:01")
        (card,) = await stage.channel()
        assert "On hold until Thu 17:00" in card.text
        for moment in ("2026-03-05 12:00", "2026-03-05 14:00", "2026-03-05 16:59"):
            await stage.lives_until(moment)
            assert len(await stage.channel()) == 1
            assert await told(stage, STILL_OPEN) == {}
        await stage.lives_until("2026-03-05 17:00")
        first, second = await stage.channel()
        assert "On hold" not in first.text + second.text
        assert first.buttons == second.buttons == ("Answer", "Skip")
        await stage.lives_until("2026-03-05 18:00")
        assert len(await told(stage, STILL_OPEN)) == 6
        (reminder,) = await stage.told("Iris", STILL_OPEN)
        assert "open until Thu 22:00" in reminder.text  # 16:00, and the six hours that nobody loses
        await stage.lives_until("2026-03-05 22:00")
        assert (await stage.channel())[0].buttons == ()

    async def test_a_hold_is_told_to_whoever_asks_also_while_nothing_is_open(self, stage: Stage) -> None:
        await stage.started(now="2026-03-03 12:00")
        await stage.asks("Ben", "hold 6h")
        held = "5 West is on hold until Tue 18:00: no drill and no reminder comes before then."
        assert held in (await stage.asks("Cleo", "list")).text
        await stage.lives_until("2026-03-03 12:01")
        listed = (await stage.asks("Ben", "campaign")).text
        assert listed.index(held) < listed.index("next drill Tuesday 03 March, 18:00")
        await stage.lives_until("2026-03-03 18:00")
        assert "on hold" not in (await stage.asks("Cleo", "list")).text

    async def test_a_learner_may_not_hold_and_a_lead_may_end_it(self, stage: Stage) -> None:
        await stage.started()
        await stage.lives_until("2026-03-03 14:00")
        refused = await stage.asks("Cleo", "hold 6h")
        assert "Charge nurses, leads and educators" in refused.text
        await stage.work()
        assert "On hold" not in (await stage.channel())[0].text
        await stage.asks("Ben", "hold 6h")
        await stage.work()
        assert "On hold" in (await stage.channel())[0].text
        assert "The hold is over" in (await stage.asks("Ben", "hold off")).text
        await stage.work()
        assert "On hold" not in (await stage.channel())[0].text


class TestNights:
    async def test_quiet_hours_keep_reminders_until_the_morning(self, stage: Stage) -> None:
        await stage.change_team(quiet=QuietHours.parse("21:00-07:00"))
        await stage.started("reminders: {max: 1, after_hours: 12}")
        await stage.lives_until("2026-03-03 14:00")
        for moment in ("2026-03-04 02:00", "2026-03-04 06:59"):
            await stage.lives_until(moment)
            assert await told(stage, STILL_OPEN) == {}
        await stage.lives_until("2026-03-04 07:00")
        assert len(await told(stage, STILL_OPEN)) == 6

    async def test_a_rota_decides_when_each_is_told_and_leave_is_left_alone(self, stage: Stage) -> None:
        await roster(
            stage,
            Ben=Rota((), (Leave(at("2026-03-01 00:00"), at("2026-03-20 00:00")),)),
            Cleo=Rota((shift("03 19:00", "04 07:00", night=True), shift("04 19:00", "05 07:00", night=True))),
            Dev=Rota((shift("04 13:40", "04 22:00"),)),
            Iris=Rota((shift("04 02:00", "04 14:20"), shift("05 07:00", "05 19:00"))),
            Finn=Rota(
                (
                    shift("03 13:00", "03 16:00"),
                    shift("03 23:00", "04 07:00", night=True),
                    shift("04 13:00", "04 20:00"),
                )
            ),
        )
        await stage.started("reminders: {max: 1, after_hours: 24}")
        await stage.lives_until("2026-03-03 14:00")
        assert "0 of 5 answered" in (await stage.channel())[0].text
        await stage.lives_until("2026-03-03 19:29")
        assert await told(stage, FOR_YOUR_SHIFT) == {}
        await stage.lives_until("2026-03-03 19:30")
        assert await told(stage, FOR_YOUR_SHIFT) == {"Cleo": 1}
        await stage.lives_until("2026-03-04 02:30")
        assert set(await told(stage, FOR_YOUR_SHIFT)) == {"Cleo", "Iris"}
        await stage.lives_until("2026-03-04 14:00")  # Cleo and Iris were told on shift, Dev has just begun, Finn sleeps
        assert await told(stage, STILL_OPEN) == {"Ada": 1}
        assert set(await told(stage, FOR_YOUR_SHIFT)) == {"Cleo", "Iris"}
        await stage.lives_until("2026-03-04 14:10")
        assert set(await told(stage, FOR_YOUR_SHIFT)) == {"Cleo", "Dev", "Iris"}
        await stage.lives_until("2026-03-04 16:59")
        assert await told(stage, STILL_OPEN) == {"Ada": 1}
        await stage.lives_until("2026-03-04 17:00")  # ten hours after a night, and on shift again
        assert await told(stage, STILL_OPEN) == {"Ada": 1, "Finn": 1}
        await stage.lives_until("2026-03-06 13:59")
        assert "Ben" not in {**await told(stage, STILL_OPEN), **await told(stage, FOR_YOUR_SHIFT)}
