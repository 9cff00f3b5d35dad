"""A campaign from its form to its end, told on every platform: what holds in the room holds in Slack and Discord."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from stages.stage import ICU, WEST, Stage

from bot.clock import tick
from bot.worker import Worker
from drills.chat.cards import Card, Limits
from drills.people import MessageRef, Place, QuietHours
from drills.ports import Chat, Once

BERLIN = "Europe/Berlin"
BASICS = {
    "name": "Spring handoffs",
    "drills": "sbar,level.1",
    "cadence": "Tue and Thu at 14:00",
    "when": "2026-03-02 for 8 weeks",
    "teams": "5-west,icu",
}


def in_order(text: str, *parts: str) -> bool:
    """Whether all of them are there, one after the other."""
    found = [text.find(part) for part in parts]
    return -1 not in found and found == sorted(found)


class TestMadeInChat:
    async def test_an_educator_sees_every_team_at_its_own_hour_before_anything_is_sent(self, stage: Stage) -> None:
        assert "This team is in no campaign." in (await stage.asks("Ada", "campaign")).text
        await stage.taps("Ada", "New campaign")
        refused = await stage.fills("Ada", **{**BASICS, "cadence": "Tusday at 14:00"})
        assert "Did you mean Tuesday?" in refused.text
        preview = await stage.fills("Ada", cadence=BASICS["cadence"])
        assert in_order(preview.text, "Spring handoffs: draft", "Nothing is sent yet.", "32 slots: 32 planned.")
        assert in_order(preview.text, "5 West (America/Chicago)", "Tue 03 Mar 14:00", "Icu (Europe/Berlin)")
        assert preview.text.count("Tue 03 Mar 14:00") == 2
        assert preview.buttons == ("Start", "Change", "More settings", "Not now", "Throw away")
        await stage.lives_until("2026-03-03 15:00")
        assert [*await stage.channel(WEST), *await stage.channel(ICU)] == []

    async def test_what_runs_is_changed_paused_resumed_and_stopped_and_each_says_first_what_it_brings(
        self, stage: Stage
    ) -> None:
        await stage.asks("Ada", "campaign")
        await stage.taps("Ada", "New campaign")
        await stage.fills("Ada", **BASICS)
        assert "It runs." in (await stage.taps("Ada", "Start")).text
        await stage.taps("Ada", "Open it")
        await stage.taps("Ada", "Change")
        changed = await stage.fills("Ada", cadence="Wed at 9:00")
        assert in_order(changed.text, "Nothing is changed yet.", "32 slots go away", "✕ ", "16 slots come", "+ ")
        await stage.lives_until("2026-03-02 08:00")
        assert "It goes on with the new settings." in (await stage.taps("Ada", "Save the changes")).text
        await stage.lives_until("2026-03-03 14:00")
        assert await stage.channel(WEST) == []
        await stage.lives_until("2026-03-04 09:00")
        assert len(await stage.channel(WEST)) == 1
        await stage.taps("Ada", "Open it")
        assert "What is open stays open." in (await stage.taps("Ada", "Pause")).text
        await stage.lives_until("2026-03-11 09:00")
        assert "It is paused: nothing is sent." in (await stage.taps("Ada", "Open it")).text
        assert "not made up for" in (await stage.taps("Ada", "Resume")).text
        await stage.lives_until("2026-03-18 09:00")
        assert len(await stage.channel(WEST)) == 2
        await stage.taps("Ada", "Open it")
        assert "This is for good." in (await stage.taps("Ada", "Stop")).text
        assert "No drill and no reminder comes any more." in (await stage.taps("Ada", "Stop it for good")).text
        await stage.lives_until("2026-03-25 09:00")
        assert len(await stage.channel(WEST)) == 2

    async def test_of_two_that_have_one_form_open_neither_takes_back_what_the_other_changed(self, stage: Stage) -> None:
        await stage.educates("Ben")
        await stage.asks("Ada", "campaign")
        await stage.taps("Ada", "New campaign")
        await stage.fills("Ada", **BASICS)
        await stage.opens("Ada", "Change")
        await stage.asks("Ben", "campaign")
        await stage.taps("Ben", "Open: Spring handoffs")
        await stage.opens("Ben", "Change")
        assert "Wed 04 Mar 09:00" in (await stage.fills("Ben", cadence="Wed at 9:00")).text
        both = await stage.fills("Ada", name="Autumn handoffs", drills="sbar")
        assert in_order(both.text, "Autumn handoffs: draft", "Wed 04 Mar 09:00")

        for who in ("Ben", "Ada"):
            await stage.opens(who, "Change")
        await stage.fills("Ben", cadence="Fri at 9:00", when="2026-03-02 for 4 weeks", name="Winter handoffs")
        asked = await stage.fills("Ada", cadence="Mon at 9:00")
        assert "Since you opened this form it was changed to “Fri at 9:00”." in asked.text
        settled = await stage.fills("Ada")
        assert in_order(settled.text, "Winter handoffs: draft", "8 slots: 8 planned.", "Mon 02 Mar 09:00")

    async def test_who_does_not_look_after_all_its_teams_makes_none(self, stage: Stage) -> None:
        looked = await stage.asks("Ben", "campaign")
        assert "New campaign" not in looked.buttons
        assert "Leads and educators of this team can do that" in (await stage.asks("Cleo", "campaign")).text


class TestPosting:
    async def test_two_teams_in_two_zones_each_get_it_at_their_own_two_o_clock(self, stage: Stage) -> None:
        await stage.started(teams="[{id: 5-west}, {id: icu}]")
        await stage.lives_until("2026-03-03 13:59", BERLIN)
        assert await stage.channel(ICU) == []
        await stage.lives_until("2026-03-03 14:00", BERLIN)
        (card,) = await stage.channel(ICU)
        assert in_order(card.text, "DRILL – fictional patient", "02:40 – he looked fine at ten", "0 of 3 answered")
        assert card.buttons == ("Answer", "Skip")
        assert await stage.channel(WEST) == []
        await stage.lives_until("2026-03-03 14:00")
        assert "0 of 6 answered" in (await stage.channel(WEST))[0].text
        assert len(await stage.channel(ICU)) == 1

    async def test_two_o_clock_stays_two_o_clock_when_the_clocks_change(self, stage: Stage) -> None:
        """They do on 8 March in Chicago and three weeks later in Berlin."""
        await stage.started("window_hours: 24", teams="[{id: 5-west}, {id: icu}]", now="2026-03-09 12:00")
        for zone, team in ((BERLIN, ICU), ("America/Chicago", WEST)):
            await stage.lives_until("2026-03-10 13:59", zone)
            assert await stage.channel(team) == []
            await stage.lives_until("2026-03-10 14:00", zone)
            assert len(await stage.channel(team)) == 1
        west, icu = await stage.pushes(WEST), await stage.pushes(ICU)
        assert (west[0].opens_at - icu[0].opens_at).total_seconds() == 6 * 3600  # seven before that Sunday

    async def test_two_processes_that_tick_at_once_post_it_once(self, stage: Stage) -> None:
        await stage.started()
        await stage.lives_until("2026-03-03 13:59")
        stage.clock.pass_by(minutes=1)
        await asyncio.gather(tick(stage.tools), tick(stage.tools))
        jobs = await stage.memory.unfinished(stage.clock())
        assert len(jobs) == 1
        await asyncio.gather(*(stage.worker(job) for job in 3 * jobs))
        await stage.lives_until("2026-03-03 14:01")
        assert len(await stage.channel()) == 1

    async def test_a_process_that_dies_after_the_platform_took_it_leaves_one_card(self, stage: Stage) -> None:
        await stage.started()
        stage.clock.pass_by(days=2, hours=2)
        await tick(stage.tools)
        (job,) = await stage.memory.unfinished(stage.clock())
        dying = Worker(stage.tools, {stage.workspace.platform: _DiesAfterwards(stage.client.chat)}, stage.judge)
        with pytest.raises(_Killed):
            await dying(job)
        (card,) = await stage.channel()
        await stage.lives_until("2026-03-03 14:01")
        assert [seen.id for seen in await stage.channel()] == [card.id]
        await stage.lives_until("2026-03-03 14:03")
        assert [seen.id for seen in await stage.channel()] == [card.id]
        await stage.taps("Cleo", "Skip", on=card.id)

    async def test_nothing_comes_at_night_and_the_preview_says_what_moves(self, stage: Stage) -> None:
        await stage.change_team(quiet=QuietHours.parse("21:00-07:00"))
        await stage.asks("Ada", "campaign")
        await stage.taps("Ada", "New campaign")
        preview = await stage.fills("Ada", **{**BASICS, "cadence": "Tue and Thu at 5:30", "teams": "5-west"})
        assert in_order(
            preview.text, "16 slots: 16 moved.", "Tue 03 Mar 07:00", "05:30 is in quiet hours (21:00-07:00)"
        )
        await stage.taps("Ada", "Start")
        await stage.lives_until("2026-03-03 05:30")
        await stage.lives_until("2026-03-03 06:59")
        assert await stage.channel() == []
        await stage.lives_until("2026-03-03 07:00")
        assert len(await stage.channel()) == 1

    async def test_replies_are_private_and_the_card_counts_nobody_by_name(self, stage: Stage) -> None:
        await stage.started()
        await stage.lives_until("2026-03-03 14:00")
        (card,) = await stage.channel()
        await stage.answers("Cleo", card.id, "Dr. Lark, he is much sicker since ten, please come now.")
        await stage.taps("Dev", "Skip", on=card.id)
        await stage.work()
        (now,) = await stage.channel()
        assert now.id == card.id
        assert "1 of 6 answered" in now.text
        assert not any(name in now.text for name in ("Cleo", "Dev", "skipped"))
        assert len(await stage.told("Cleo", "Only you see your reply and your feedback.")) == 1
        assert await stage.told("Iris") == []


class _Killed(BaseException):
    pass


@dataclass
class _DiesAfterwards:
    """The platform takes it, and the process ends before it writes that down."""

    chat: Chat

    @property
    def platform(self) -> str:
        return self.chat.platform

    @property
    def limits(self) -> Limits:
        return self.chat.limits

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        await self.chat.post(place, card, once)
        raise _Killed
