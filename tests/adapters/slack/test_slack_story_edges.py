"""Edges of the whole story: the reveal, stale buttons, hostile words, people away, lines that say everything twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_drill_file
from fake_slack.slack_server import FakeSlack
from slack_program import SlackProgram, one_workspace, slack_program

from drills.people import Team
from drills.push import Push

DRILL = a_drill_file("sbar-001-night-call").drill()
ANSWER = DRILL.model_answer.strip()
HOSTILE = "<!channel> @here <@U0ADMIN> &amp; <https://example.org|click> *now* `x` ~no~ :tada: 'quoted'"


@dataclass
class Ward:
    house: SlackProgram
    ada: str
    ben: str
    channel: str
    team: Team

    @property
    def slack(self) -> FakeSlack:
        return self.house.slack

    async def posted(self) -> tuple[Push, str]:
        """The push, and the card's id."""
        push = await self.house.stands(await self.house.push(self.team))
        assert push.message
        return push, push.message.id

    async def answers(self, user: str, card: str, words: str = ANSWER) -> None:
        await self.slack.clicks(user, card, "Answer")
        await self.slack.modal_soon(user, "What you say to")
        await self.slack.submits(user, {"words": words})
        await self.slack.modal_soon(user, "Reading your reply…")


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        ada, ben = north.person("Ada"), north.person("Ben")
        channel = north.channel("5-west", ada, ben, private=True)
        async with slack_program(slack, tmp_path, **one_workspace(slack, north)) as house:
            yield Ward(house, ada, ben, channel, await house.team(north, channel, ada, ben))


async def test_the_reveal_changes_the_same_card_and_a_button_from_before_is_answered_kindly(ward: Ward) -> None:
    push, card = await ward.posted()
    before = ward.slack.sees(ward.ben, ward.channel)[0]
    await ward.answers(ward.ada, card)
    await ward.house.window_passes(push, ward.team)
    revealed = await ward.slack.soon(ward.ben, "One good answer, not the only one", ward.channel)
    assert (revealed.ts, revealed.buttons) == (card, ())
    assert "1 of 2 answered" in revealed.text
    await ward.slack.clicks(ward.ben, card, "Answer", as_seen=before)
    assert "did not work" not in await ward.slack.modal_soon(ward.ben, "What you say to", "closed")


async def test_hostile_words_come_back_to_their_writer_as_words(ward: Ward) -> None:
    _, card = await ward.posted()
    await ward.answers(ward.ada, card, f"{ANSWER} {HOSTILE}")
    feedback = await ward.slack.soon(ward.ada, "practice feedback")
    assert HOSTILE in feedback.text
    assert all(sight.live == () for user in (ward.ada, ward.ben) for sight in ward.slack.sees(user))


async def test_a_reply_as_long_as_slack_lets_anybody_write_is_read_whole(ward: Ward) -> None:
    _, card = await ward.posted()
    words = (ANSWER + " " + "I am worried about him & need you <now>. " * 80)[:3000].strip()
    await ward.answers(ward.ada, card, words)
    feedback = await ward.slack.soon(ward.ada, "practice feedback")
    assert words[-500:] in feedback.text


async def test_who_is_away_finds_the_feedback_at_home(ward: Ward) -> None:
    _, card = await ward.posted()
    await ward.slack.opens_home(ward.ada)
    await ward.answers(ward.ada, card)
    ward.slack.team_of(ward.ada).users[ward.ada].active = False
    await ward.slack.home_soon(ward.ada, f"{DRILL.title} – answered")
    ward.slack.reloads(ward.ada)
    assert [sight for sight in ward.slack.sees(ward.ada) if sight.private] == []
    label = next(label for label in ward.slack.home_buttons(ward.ada) if label.startswith("Feedback"))
    await ward.slack.clicks_at_home(ward.ada, label)
    await ward.slack.modal_soon(ward.ada, "practice feedback")


async def test_lines_that_all_say_the_same_count_once(ward: Ward) -> None:
    ward.slack.sockets.broadcasts = True
    _, card = await ward.posted()
    await ward.answers(ward.ada, card)
    await ward.slack.soon(ward.ada, "practice feedback")
    await ward.slack.settled(0.3)
    assert len([sight for sight in ward.slack.sees(ward.ada) if "practice feedback" in sight.text]) == 1
    assert len(ward.slack.calls_of("views.open")) == 1
    await ward.slack.soon(ward.ben, "1 of 2 answered", ward.channel)


async def test_sending_the_form_of_an_answered_drill_again_says_that_the_first_stands(ward: Ward) -> None:
    """Two devices, one person: the modal is open on both."""
    _, card = await ward.posted()
    await ward.slack.clicks(ward.ada, card, "Answer")
    await ward.slack.modal_soon(ward.ada, "What you say to")
    phone = ward.slack.modals.pop(ward.ada)
    await ward.answers(ward.ada, card)
    await ward.slack.soon(ward.ada, "practice feedback")
    ward.slack.modals[ward.ada] = phone
    await ward.slack.submits(ward.ada, {"words": "Something else altogether that I would say now."})
    await ward.slack.modal_soon(ward.ada, "You have answered this one")
    await ward.slack.settled(0.3)
    assert len([sight for sight in ward.slack.sees(ward.ada) if "practice feedback" in sight.text]) == 1


async def test_a_private_channel_without_us_in_it_is_told_to_nobody_and_breaks_nothing(ward: Ward) -> None:
    team = ward.slack.team_of(ward.ada)
    team.channels[ward.channel].members.discard(team.bot_user)
    await ward.house.push(ward.team)
    await ward.slack.settled(0.3)
    assert ward.slack.sees(ward.ada) == []
    await ward.slack.says("/drill", "help", ward.ada, ward.channel)
    assert ward.slack.sees(ward.ada)[-1].private
