"""What one person lives through in Slack besides the plain reply: two taps, a held-back word, threads, breaks, leaving.

The whole program on Socket Mode with a real SQLite file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from builders import a_drill_file
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import REQUIRED_SCOPES
from fake_slack.slack_state import Team as SlackTeam
from slack_program import SlackProgram, one_workspace, slack_program

from drills.people import Team

SECOND_LOOK, PLAIN = "ai-002-quiet-room", "sbar-001-night-call"
LOOK, SBAR = a_drill_file(SECOND_LOOK).drill(), a_drill_file(PLAIN).drill()
ANSWER = SBAR.model_answer.strip()
WORDS = (
    *("", "help", "now", "list", "skip", "mine", "board", "snooze 3", "snooze soon", "leave", "join", "forget-me"),
    *("setup", "roles", "push", "review", "doctor", "hold", "campaign", "no such word", "<!channel> & *x*"),
)


@dataclass
class Ward:
    house: SlackProgram
    north: SlackTeam
    alma: str
    ada: str
    channel: str
    team: Team

    @property
    def slack(self) -> FakeSlack:
        return self.house.slack

    async def posted(self, drill: str) -> str:
        """Returns the card's id."""
        push = await self.house.stands(await self.house.push(self.team, drill, slot=drill))
        assert push.message
        return push.message.id

    async def takes_threads(self) -> None:
        self.team = replace(self.team, threads=True)
        async with self.house.program.tools.memory.begin() as work:
            await work.teams.save(self.team)


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        alma, ada = north.person("Alma", admin=True), north.person("Ada")
        channel = north.channel("5-west", alma, ada)
        async with slack_program(slack, tmp_path, **one_workspace(slack, north)) as house:
            yield Ward(house, north, alma, ada, channel, await house.team(north, channel, ada))


async def test_a_second_look_is_two_taps_and_a_reply_in_one_modal(ward: Ward) -> None:
    slack, reliance = ward.slack, LOOK.reliance
    assert reliance
    card = await ward.posted(SECOND_LOOK)
    system, first, last = reliance.ai_card.system, reliance.options[0].label, reliance.options[-1].label
    assert system not in slack.sees(ward.ada, ward.channel)[-1].text
    await slack.clicks(ward.ada, card, "Answer")
    before = await slack.modal_soon(ward.ada, "First tap")
    modal = slack.modal(ward.ada)
    assert modal
    assert system not in before
    await slack.clicks_in_modal(ward.ada, first)
    assert system in await slack.modal_soon(ward.ada, "Second tap")
    await slack.redelivers()
    await slack.clicks_in_modal(ward.ada, last)
    assert last in await slack.modal_soon(ward.ada, "Your turn")
    assert slack.modal(ward.ada) is modal
    assert len(slack.calls_of("views.open")) == 1
    await slack.submits(ward.ada, {"words": LOOK.model_answer.strip()})
    feedback = await slack.soon(ward.ada, f"{LOOK.title} – practice feedback")
    assert feedback.private


async def test_a_real_number_is_held_back_with_every_word_kept_and_never_stored(ward: Ward) -> None:
    words = f"{ANSWER} His MRN is 4471220."
    card = await ward.posted(PLAIN)
    await ward.slack.clicks(ward.ada, card, "Answer")
    await ward.slack.modal_soon(ward.ada, "What you say to")
    await ward.slack.submits(ward.ada, {"words": words})
    modal = ward.slack.modal(ward.ada)
    assert modal
    assert modal.errors
    assert modal.fields["words"] == words
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    feedback = await ward.slack.soon(ward.ada, "practice feedback")
    assert "4471220" not in feedback.text


async def test_words_typed_in_the_thread_count_where_the_team_takes_them_so(ward: Ward) -> None:
    await ward.takes_threads()
    card = await ward.posted(PLAIN)
    await ward.slack.types(ward.ada, ward.channel, ANSWER, thread_ts=card)
    assert (await ward.slack.soon(ward.ada, "practice feedback")).private
    await ward.slack.soon(ward.alma, "1 of 1 answered", ward.channel)


async def test_without_the_optional_scopes_threads_stay_talk_and_modals_work(ward: Ward) -> None:
    ward.slack.token_of(ward.north).scopes = REQUIRED_SCOPES
    await ward.takes_threads()
    card = await ward.posted(PLAIN)
    await ward.slack.types(ward.ada, ward.channel, ANSWER, thread_ts=card)
    await ward.slack.settled()
    assert not any(sight.private for sight in ward.slack.sees(ward.ada))
    await ward.slack.clicks(ward.ada, card, "Answer")
    await ward.slack.modal_soon(ward.ada, "What you say to")
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    assert (await ward.slack.soon(ward.ada, "practice feedback")).private


async def test_the_message_menu_opens_the_drill_at_the_message(ward: Ward) -> None:
    card = await ward.posted(PLAIN)
    await ward.slack.uses_shortcut(ward.ada, "answer_drill", ward.channel, card)
    await ward.slack.modal_soon(ward.ada, "What you say to")
    await ward.slack.closes(ward.ada)
    talk = await ward.slack.types(ward.alma, ward.channel, "Lunch at noon?")
    await ward.slack.uses_shortcut(ward.ada, "answer_drill", ward.channel, talk.ts)
    await ward.slack.modal_soon(ward.ada, "That message is no drill")


async def test_feedback_that_a_campaign_keeps_comes_directly_and_survives_a_reload(ward: Ward) -> None:
    await ward.house.becomes(await ward.house.push(ward.team, PLAIN), keep=True)
    card = await ward.slack.soon(ward.ada, SBAR.title, ward.channel)
    await ward.slack.clicks(ward.ada, card.ts, "Answer")
    await ward.slack.modal_soon(ward.ada, "What you say to")
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    found = await ward.slack.soon(ward.ada, "practice feedback")
    ward.slack.reloads(ward.ada)
    assert found.channel == ward.north.direct(ward.ada).id
    assert any("practice feedback" in sight.text for sight in ward.slack.sees(ward.ada))


async def test_the_home_tab_answers_snoozes_and_leaves(ward: Ward) -> None:
    slack = ward.slack
    await ward.posted(PLAIN)
    await slack.opens_home(ward.ada)
    await slack.home_soon(ward.ada, SBAR.title)
    await slack.clicks_at_home(ward.ada, "Answer")
    await slack.modal_soon(ward.ada, "What you say to")
    await slack.submits(ward.ada, {"words": ANSWER})
    await slack.soon(ward.ada, "practice feedback")  # no channel to pass it in: a direct message
    await slack.home_soon(ward.ada, f"{SBAR.title} – answered")
    await slack.clicks_at_home(ward.ada, "No drills for a week")
    await slack.home_soon(ward.ada, "on a break")
    await slack.clicks_at_home(ward.ada, "End my break")
    await slack.home_soon(ward.ada, "No drills for a week")
    assert "on a break" not in slack.home(ward.ada)


async def test_every_word_behind_the_command_is_answered_in_private(ward: Ward) -> None:
    for words in WORDS:
        await ward.slack.says("/drill", words, ward.alma, ward.channel)
        await ward.slack.settled()
        told = [sight for sight in ward.slack.sees(ward.alma) if sight.private]
        assert bool(told) != bool(ward.slack.modal(ward.alma)), words
        assert all(sight.live == () for sight in told), words
        ward.slack.reloads(ward.alma)
    assert ward.slack.sees(ward.ada) == []


async def test_a_direct_message_to_the_app_is_answered_there(ward: Ward) -> None:
    await ward.slack.writes_directly(ward.ada, "hello?")
    told = await ward.slack.soon(ward.ada, "two-minute communication drills")
    assert told.channel == ward.north.direct(ward.ada).id


async def test_setup_is_for_admins_and_keeps_what_was_typed_when_it_is_wrong(ward: Ward) -> None:
    slack = ward.slack
    other = ward.north.channel("icu", ward.alma, ward.ada)
    await slack.says("/drill", "setup", ward.ada, other)
    refused = await slack.soon(ward.ada, "whoever administers the workspace")
    assert refused.private
    await slack.says("/drill", "setup", ward.alma, other)
    await slack.modal_soon(ward.alma, "Set up this team")
    await slack.submits(ward.alma, {"name": "ICU", "zone": "America/Chicagoo", "quiet": "late"})
    modal = slack.modal(ward.alma)
    assert modal
    assert set(modal.errors) == {"zone", "quiet"}
    assert modal.fields["name"] == "ICU"
    await slack.submits(ward.alma, {"zone": "America/Chicago", "quiet": "22:00-06:00"})
    await slack.modal_soon(ward.alma, "ICU is ready")
    await slack.clicks_in_modal(ward.alma, "Name leads and educators")
    await slack.modal_soon(ward.alma, "educators")
    assert slack.modal(ward.alma) is modal
