"""What goes wrong between us and Discord, and what people see of it: nothing is lost, nothing stands twice.

The whole program; the fake breaks lines, loses answers, asks us to wait and delivers again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_drill_file
from discord_program import DiscordProgram, discord_program
from fake_discord.discord_eyes import Sight
from fake_discord.discord_hands import Unheard
from fake_discord.discord_paths import CALLBACK, EDIT, EDIT_ANSWER, FOLLOW_UP, OPEN_DIRECT, POST
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import SEND, VIEW, Guild
from fake_discord.discord_trouble import Trouble, lost, rate_limited, refused, slow, status, status_done, unheard
from structlog.testing import capture_logs

from drills.people import Team

DRILL = "sbar-001-night-call"
ANSWER = a_drill_file(DRILL).drill().model_answer.strip()
BANNER = "DRILL – fictional patient"
FEEDBACK = "practice feedback"


@dataclass
class Ward:
    """A channel with a team of two in it."""

    house: DiscordProgram
    north: Guild
    ada: str
    ben: str
    channel: str
    team: Team

    @property
    def discord(self) -> FakeDiscord:
        return self.house.discord

    async def posted(self) -> str:
        push = await self.house.stands(await self.house.push(self.team))
        assert push.message
        return push.message.id

    async def answers(self, user: str, card: str) -> None:
        await self.discord.clicks(user, card, "Answer")
        await self.discord.modal_soon(user, "What you say to")
        await self.discord.submits(user, {"words": ANSWER})

    def cards(self) -> list[Sight]:
        """Drill cards in the channel, as somebody who answered none sees them."""
        return [sight for sight in self.discord.sees(self.ben, self.channel) if sight.text.startswith(BANNER)]

    def feedback(self, user: str) -> list[Sight]:
        """First pages only."""
        found = [sight for sight in self.discord.sees(user) if sight.private and FEEDBACK in sight.text]
        return [sight for sight in found if "(goes on)" not in sight.text]


@pytest.fixture
async def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ward]:
    monkeypatch.setattr("adapters.discord.errors.RETRY_S", 0.2)  # so that nobody waits for a worker's patience
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ada, ben = north.person("Ada"), north.person("Ben")
        channel = north.channel("5-west")
        async with discord_program(discord, tmp_path) as house:
            yield Ward(house, north, ada, ben, channel, await house.team(north, channel, ada, ben))


@pytest.mark.parametrize(
    "troubles",
    [(lost(), status(502)), (status_done(502),), (unheard(), slow(0.4)), (rate_limited(0.2),)],
    ids=lambda troubles: "+".join(trouble.kind for trouble in troubles),
)
async def test_a_drill_is_posted_once_whatever_happens_on_the_way(ward: Ward, troubles: tuple[Trouble, ...]) -> None:
    ward.discord.trouble(POST, *troubles)
    card = await ward.posted()
    await ward.discord.settled(0.5)
    assert [sight.id for sight in ward.cards()] == [card]
    await ward.answers(ward.ada, card)
    await ward.discord.soon(ward.ben, "1 of 2 answered", ward.channel)
    assert [sight.id for sight in ward.cards()] == [card]


@pytest.mark.parametrize("trouble", [rate_limited(0.2), status(503), unheard()], ids=lambda trouble: str(trouble.kind))
async def test_feedback_arrives_once_after_trouble_on_its_way(ward: Ward, trouble: Trouble) -> None:
    card = await ward.posted()
    ward.discord.trouble(FOLLOW_UP, trouble)
    await ward.answers(ward.ada, card)
    assert (await ward.discord.soon(ward.ada, FEEDBACK, within=30)).private
    await ward.discord.settled(0.4)
    assert len(ward.feedback(ward.ada)) == 1


async def test_feedback_whose_answer_was_lost_is_not_lost(ward: Ward) -> None:
    """A follow-up has no key: a second copy that only its reader sees is the price (decision 0008)."""
    card = await ward.posted()
    ward.discord.trouble(FOLLOW_UP, lost())
    await ward.answers(ward.ada, card)
    await ward.discord.soon(ward.ada, FEEDBACK)
    await ward.discord.settled(0.4)
    assert 1 <= len(ward.feedback(ward.ada)) <= 2


async def test_a_spent_tap_becomes_a_direct_message_once(ward: Ward) -> None:
    card = await ward.posted()
    ward.discord.trouble(FOLLOW_UP, refused(401, 50027))
    ward.discord.trouble(OPEN_DIRECT, status(500))
    await ward.answers(ward.ada, card)
    found = await ward.discord.soon(ward.ada, FEEDBACK, within=30)
    assert found.channel == ward.discord.direct(ward.ada).id
    assert len(ward.feedback(ward.ada)) == 1


async def test_feedback_that_is_ready_before_the_form_is_acknowledged_waits_for_it(ward: Ward) -> None:
    """Discord knows of no later answer to a tap before it has the first; a direct message was not asked for."""
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    await ward.discord.modal_soon(ward.ada, "What you say to")
    ward.discord.trouble(CALLBACK, rate_limited(1.2))
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    await ward.discord.soon(ward.ada, FEEDBACK)
    assert ward.discord.sees(ward.ada, ward.discord.direct(ward.ada).id) == []


async def test_feedback_is_not_written_over_by_what_a_slow_form_is_answered_with(ward: Ward) -> None:
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    await ward.discord.modal_soon(ward.ada, "What you say to")
    with pytest.MonkeyPatch.context() as patched:  # ends before the ward's own patience is taken back
        patched.setattr("adapters.discord.listeners.IN_TIME_S", 0.0)  # so that "one moment" stands there first
        ward.discord.trouble(EDIT_ANSWER, rate_limited(1.2))
        await ward.discord.submits(ward.ada, {"words": ANSWER})
        await ward.discord.soon(ward.ada, FEEDBACK)
    names = [call.name for call in ward.discord.calls if call.name in {EDIT_ANSWER, FOLLOW_UP}]
    assert names[:3] == [EDIT_ANSWER, EDIT_ANSWER, FOLLOW_UP]


@pytest.mark.parametrize("trouble", [rate_limited(0.2), lost(), status(500)], ids=lambda trouble: str(trouble.kind))
async def test_the_channel_card_is_right_in_the_end(ward: Ward, trouble: Trouble) -> None:
    card = await ward.posted()
    ward.discord.trouble(EDIT, trouble)
    await ward.answers(ward.ada, card)
    await ward.discord.soon(ward.ben, "1 of 2 answered", ward.channel, within=30)
    assert len(ward.cards()) == 1


async def test_a_form_that_comes_twice_is_one_reply(ward: Ward) -> None:
    card = await ward.posted()
    await ward.answers(ward.ada, card)
    await ward.discord.redelivers()
    await ward.discord.soon(ward.ada, FEEDBACK)
    await ward.discord.settled()
    assert len(ward.feedback(ward.ada)) == 1


async def test_a_form_whose_acknowledgement_was_lost_is_kept_and_counts_once(ward: Ward) -> None:
    """The person's modal stays open, so they send it again."""
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    ward.discord.trouble(CALLBACK, unheard(), *[unheard()] * 4)
    ward.discord.patience_s = 1.5
    with pytest.raises(Unheard):
        await ward.discord.submits(ward.ada, {"words": ANSWER})
    ward.discord.troubles.waiting.clear()
    ward.discord.patience_s = 15
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    await ward.discord.soon(ward.ada, FEEDBACK)
    await ward.discord.settled(0.3)
    assert len(ward.feedback(ward.ada)) == 1


async def test_a_line_that_breaks_under_a_sent_form_is_resumed_and_nothing_is_lost(ward: Ward) -> None:
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    await ward.discord.gateway.closes(4000)
    await ward.discord.submits(ward.ada, {"words": ANSWER})  # kept by Discord until the line is resumed
    await ward.discord.soon(ward.ada, FEEDBACK)
    assert len(ward.discord.gateway.identifies) == 1


async def test_without_a_permission_in_the_channel_the_rest_goes_on(ward: Ward) -> None:
    ward.north.channels[ward.channel].denied = SEND | VIEW
    with capture_logs() as logged:
        await ward.house.push(ward.team, slot="1")
        await ward.discord.settled(0.3)
    assert any("give it View Channel there" in line.get("says", "") for line in logged)
    await ward.discord.writes_directly(ward.ada, "hello?")
    await ward.discord.soon(ward.ada, "two-minute communication drills")
    await ward.discord.settled(0.3)
    assert ward.cards() == []
    assert not ward.house.running.done()


async def test_a_card_that_somebody_deleted_stops_nothing(ward: Ward) -> None:
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    ward.north.channels[ward.channel].messages.clear()
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    assert (await ward.discord.soon(ward.ada, FEEDBACK)).private
    await ward.discord.settled(0.3)
    assert not ward.house.running.done()


async def test_passing_feedback_is_gone_after_a_reload_and_a_command_brings_it_back(ward: Ward) -> None:
    card = await ward.posted()
    await ward.answers(ward.ada, card)
    await ward.discord.soon(ward.ada, FEEDBACK)
    await ward.discord.settled()
    ward.discord.reloads(ward.ada)
    assert ward.feedback(ward.ada) == []
    await ward.discord.says("drill", "mine", ward.ada, ward.channel)
    mine = await ward.discord.soon(ward.ada, "My drills")
    await ward.discord.clicks(ward.ada, mine.id, next(label for label in mine.buttons if label.startswith("Feedback")))
    await ward.discord.soon(ward.ada, FEEDBACK)


async def test_after_a_quarter_of_an_hour_every_tap_is_a_new_right_to_answer(ward: Ward) -> None:
    card = await ward.posted()
    await ward.discord.clicks(ward.ada, card, "Answer")
    ward.discord.passes(16 * 60)  # thinking about it; the tap that opened the form is spent
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    assert (await ward.discord.soon(ward.ada, FEEDBACK)).private
