"""`readback run slack` and `readback run web` as processes: told by the environment, driven by Slack alone."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders import a_drill_file
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from fake_slack.slack_trouble import rate_limited
from slack_child import STARTS_WITHIN_S, child

DRILL = "sbar-001-night-call"
ANSWER = a_drill_file(DRILL).drill().model_answer.strip()
TITLE = a_drill_file(DRILL).drill().title


class Town:
    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.north: SlackTeam = slack.workspace("T0NORTH")
        self.alma, self.ada = self.north.person("Alma", admin=True), self.north.person("Ada")
        self.ward = self.north.channel("5-west", self.alma, self.ada)
        self.token = slack.token_of(self.north).text

    async def sets_up_and_posts(self) -> str:
        slack = self.slack
        await slack.says("/drill", "setup", self.alma, self.ward)
        await slack.modal_soon(self.alma, "Set up this team")
        await slack.submits(self.alma, {"name": "5 West", "zone": "America/Denver", "quiet": ""})
        await slack.modal_soon(self.alma, "5 West is ready")
        await slack.says("/drill", f"push {DRILL}", self.alma, self.ward)
        return (await slack.soon(self.ada, TITLE, self.ward)).ts

    async def answers(self, card: str) -> None:
        slack = self.slack
        await slack.clicks(self.ada, card, "Answer")
        await slack.modal_soon(self.ada, "Before your first drill")
        await slack.submits(self.ada, {"profession": "nurse"})
        await slack.modal_soon(self.ada, "What you say to")
        await slack.submits(self.ada, {"words": ANSWER})
        await slack.modal_soon(self.ada, "Reading your reply…")


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with FakeSlack() as slack:
        yield Town(slack)


async def test_run_slack_lives_on_over_kill_dash_nine_and_prints_nobodys_words(town: Town, tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": town.token, "SLACK_APP_TOKEN": town.slack.app_token}
    async with child(town.slack, tmp_path, "slack", **tokens) as first:
        await town.slack.sockets.connected(1, within=STARTS_WITHIN_S)
        card = await town.sets_up_and_posts()
        town.slack.trouble("response_url", rate_limited(600))  # the feedback is ready and has to wait
        await town.answers(card)
        await town.slack.troubles.met("response_url")
        await town.slack.settled(1.0)  # until it is written down that it has to wait
        await first.stops(signal.SIGKILL)
        assert not any("practice feedback" in sight.text for sight in town.slack.sees(town.ada))
    async with child(town.slack, tmp_path, "slack", **tokens) as second:
        feedback = await town.slack.soon(town.ada, "practice feedback", within=STARTS_WITHIN_S)
        assert feedback.private
        await town.slack.settled()
        assert await second.stops() == 0
    seen = town.slack.sees(town.ada)
    assert [sight.ts for sight in seen if not sight.private] == [card]
    assert len([sight for sight in seen if "practice feedback" in sight.text]) == 1
    printed = "".join(first.printed + second.printed)
    assert "program.starting" in printed
    assert not any(secret in printed for secret in (*ANSWER.split(". ")[:3], *tokens.values(), "Ada"))
    assert "Traceback" not in printed


async def test_run_web_answers_signed_requests(town: Town, tmp_path: Path) -> None:
    own = {"SLACK_BOT_TOKEN": town.token, "SLACK_SIGNING_SECRET": town.slack.signing_secret}
    async with child(town.slack, tmp_path, "web", **own) as web:
        town.slack.delivers_to(f"{await web.address()}/slack/events")
        await town.answers(await town.sets_up_and_posts())
        assert (await town.slack.soon(town.ada, "practice feedback")).private
        assert await web.stops() == 0
    assert "Traceback" not in "".join(web.printed)


async def test_a_token_that_slack_refuses_ends_the_program_with_a_sentence(town: Town, tmp_path: Path) -> None:
    wrong = {"SLACK_BOT_TOKEN": town.token, "SLACK_APP_TOKEN": "xapp-wrong"}
    async with child(town.slack, tmp_path, "slack", **wrong) as ended:
        code = await ended.process.wait()
    assert code not in (0, -signal.SIGKILL)
    assert "SLACK_APP_TOKEN" in "".join(ended.printed)
    assert "Traceback" not in "".join(ended.printed)
    assert "xapp-wrong" not in "".join(ended.printed)
