"""What goes wrong between us and Slack, and what people see of it: nothing is lost, nothing stands twice.

The whole program on Socket Mode; the fake breaks lines, loses answers, asks us to wait and delivers again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_drill_file
from fake_slack.slack_delivery import Unheard
from fake_slack.slack_eyes import Sight
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import REQUIRED_SCOPES
from fake_slack.slack_state import Team as SlackTeam
from fake_slack.slack_trouble import Trouble, lost, rate_limited, refused, slow, status, unheard
from slack_program import SlackProgram, one_workspace, slack_program

from drills.people import Team

DRILL = "sbar-001-night-call"
ANSWER = a_drill_file(DRILL).drill().model_answer.strip()
BANNER = "DRILL – fictional patient"
FEEDBACK = "practice feedback"


@dataclass
class Ward:
    """A channel with a team of two in it."""

    house: SlackProgram
    north: SlackTeam
    ada: str
    ben: str
    channel: str
    team: Team

    @property
    def slack(self) -> FakeSlack:
        return self.house.slack

    async def posted(self) -> str:
        await self.house.push(self.team)
        return (await self.slack.soon(self.ada, BANNER, self.channel)).ts

    async def opens(self, user: str, card: str) -> None:
        await self.slack.clicks(user, card, "Answer")
        await self.slack.modal_soon(user, "What you say to")

    async def answers(self, user: str, card: str) -> None:
        await self.opens(user, card)
        await self.slack.submits(user, {"words": ANSWER})

    def cards(self) -> list[Sight]:
        """Drill cards in the channel, as somebody who answered none sees them."""
        return [sight for sight in self.slack.sees(self.ben, self.channel) if sight.text.startswith(BANNER)]

    def feedback(self, user: str) -> list[Sight]:
        return [sight for sight in self.slack.sees(user) if FEEDBACK in sight.text]


@pytest.fixture
async def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ward]:
    monkeypatch.setattr("adapters.slack.errors.RETRY_S", 0.2)  # so that nobody waits for a worker's patience
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        ada, ben = north.person("Ada"), north.person("Ben")
        channel = north.channel("5-west", ada, ben)
        async with slack_program(slack, tmp_path, **one_workspace(slack, north)) as house:
            yield Ward(house, north, ada, ben, channel, await house.team(north, channel, ada, ben))


async def test_a_form_that_slack_delivers_twice_is_one_reply(ward: Ward) -> None:
    card = await ward.posted()
    await ward.answers(ward.ada, card)
    await ward.slack.redelivers()
    await ward.slack.soon(ward.ada, FEEDBACK)
    await ward.slack.soon(ward.ada, "1 of 2 answered")
    await ward.slack.settled()
    assert len(ward.feedback(ward.ada)) == 1
    assert len(ward.cards()) == 1


async def test_a_tap_and_a_command_that_come_twice_open_one_modal(ward: Ward) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    await ward.slack.redelivers()
    await ward.slack.settled()
    assert len(ward.slack.calls_of("views.open")) == 1
    await ward.slack.closes(ward.ada)
    await ward.slack.says("/drill", "help", ward.ada, ward.channel)
    first = len(ward.slack.sees(ward.ada))
    await ward.slack.redelivers()
    await ward.slack.settled()
    assert len(ward.slack.sees(ward.ada)) == first


async def test_slack_renews_the_lines_and_nobody_notices(ward: Ward) -> None:
    card = await ward.posted()
    await ward.slack.sockets.disconnect()
    await ward.slack.connected(2)
    await ward.answers(ward.ada, card)
    assert (await ward.slack.soon(ward.ada, FEEDBACK)).private


async def test_lines_that_break_come_back_and_what_slack_kept_arrives(ward: Ward) -> None:
    card = await ward.posted()
    ward.slack.sockets.break_off()
    with pytest.raises(Unheard):
        await ward.slack.opens_home(ward.ben)
    await ward.slack.connected(2)
    await ward.slack.home_soon(ward.ben, "Your drills")
    await ward.answers(ward.ada, card)
    assert (await ward.slack.soon(ward.ada, FEEDBACK)).private


async def test_a_line_that_breaks_under_a_sent_form_keeps_the_modal_and_the_second_sending_counts_once(
    ward: Ward,
) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    ward.slack.sockets.deaf = True  # the form arrives, its acknowledgement doesn't
    ward.slack.patience_s = 0.5
    with pytest.raises(Unheard):
        await ward.slack.submits(ward.ada, {"words": ANSWER})
    ward.slack.sockets.deaf = False
    ward.slack.patience_s = 3.0
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    await ward.slack.modal_soon(ward.ada, "kept", "stands")
    await ward.slack.soon(ward.ada, FEEDBACK)
    await ward.slack.settled()
    assert len(ward.feedback(ward.ada)) == 1


@pytest.mark.parametrize(
    "troubles",
    [
        (lost(), status(500)),
        (unheard(), slow(0.4)),
        (rate_limited(1), status(503)),
        (refused("internal_error"),),
    ],
    ids=lambda troubles: "+".join(trouble.kind for trouble in troubles),
)
async def test_a_drill_is_posted_once_whatever_happens_on_the_way(
    ward: Ward, troubles: tuple[Trouble, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_later(), "internal_error", 0.2)
    ward.slack.trouble("chat.postMessage", *troubles)
    card = await ward.posted()
    await ward.slack.settled(0.5)
    assert [sight.ts for sight in ward.cards()] == [card]
    await ward.answers(ward.ada, card)
    await ward.slack.soon(ward.ben, "1 of 2 answered", ward.channel)


async def test_without_the_right_to_look_a_lost_answer_may_stand_twice_and_the_newer_one_works(ward: Ward) -> None:
    """docs/decisions/0005: losing a drill for a whole team is worse than a second copy of it."""
    ward.slack.token_of(ward.north).scopes = REQUIRED_SCOPES
    ward.slack.trouble("chat.postMessage", lost())
    await ward.posted()
    await ward.slack.asked("chat.postMessage", 2)
    await ward.slack.settled()
    cards = ward.cards()
    assert len(cards) == 2
    for user, card in zip((ward.ada, ward.ben), cards, strict=True):
        await ward.answers(user, card.ts)
    await ward.slack.soon(ward.ada, "2 of 2 answered", ward.channel)


@pytest.mark.parametrize(
    ("way", "trouble"),
    [("response_url", rate_limited(1)), ("response_url", unheard()), ("chat.postEphemeral", status(503))],
)
async def test_feedback_arrives_once_after_trouble_on_its_way(ward: Ward, way: str, trouble: Trouble) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    if way == "chat.postEphemeral":
        for response in ward.slack.responses.values():
            response.left = 0  # the address that came with the tap is used up
    ward.slack.trouble(way, trouble)
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    assert (await ward.slack.soon(ward.ada, FEEDBACK)).private
    await ward.slack.settled(0.4)
    assert len(ward.feedback(ward.ada)) == 1


async def test_somebody_who_left_the_channel_gets_the_feedback_directly(ward: Ward) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    for response in ward.slack.responses.values():
        response.left = 0
    ward.north.channels[ward.channel].members.discard(ward.ada)
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    found = await ward.slack.soon(ward.ada, FEEDBACK)
    assert found.channel == ward.north.direct(ward.ada).id


@pytest.mark.parametrize("trouble", [rate_limited(1), lost()], ids=lambda trouble: str(trouble.kind))
async def test_the_channel_card_is_right_in_the_end(ward: Ward, trouble: Trouble) -> None:
    card = await ward.posted()
    ward.slack.trouble("chat.update", trouble)
    await ward.answers(ward.ada, card)
    await ward.slack.soon(ward.ben, "1 of 2 answered", ward.channel)
    assert len(ward.cards()) == 1


@pytest.mark.parametrize("trouble", [refused("expired_trigger_id"), unheard()])
async def test_a_modal_that_did_not_open_is_one_tap_away(ward: Ward, trouble: Trouble) -> None:
    card = await ward.posted()
    ward.slack.trouble("views.open", trouble)
    await ward.slack.clicks(ward.ada, card, "Answer")
    told = await ward.slack.soon(ward.ada, "One more tap")
    assert told.private
    await ward.slack.clicks(ward.ada, told.ts, told.buttons[0])
    await ward.slack.modal_soon(ward.ada, "What you say to")


async def test_a_slack_that_knows_no_newer_blocks_shows_the_same_words(ward: Ward) -> None:
    ward.slack.refuses = {"rich_text", "table", "markdown"}
    card = await ward.posted()
    (shown,) = ward.cards()
    for line in a_drill_file(DRILL).drill().scenario.strip().splitlines():
        assert line.strip() in shown.text
    await ward.opens(ward.ada, card)
    await ward.slack.opens_home(ward.ada)
    await ward.slack.home_soon(ward.ada, "Your drills")


async def test_a_token_that_was_revoked_breaks_nothing_and_a_new_start_goes_on(ward: Ward) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    ward.slack.token_of(ward.north).trouble = "token_revoked"
    await ward.slack.submits(ward.ada, {"words": ANSWER})
    await ward.slack.modal_soon(ward.ada, "kept")  # an acknowledgement needs no token
    await ward.slack.closes(ward.ada)
    await ward.slack.soon(ward.ada, FEEDBACK)  # nor does the address that came with the tap
    ward.slack.token_of(ward.north).trouble = None
    await ward.slack.clicks(ward.ada, card, "Answer")
    await ward.slack.modal_soon(ward.ada, "You have answered this one")
    await ward.slack.clicks_in_modal(ward.ada, "See my feedback")
    await ward.slack.modal_soon(ward.ada, FEEDBACK)


async def test_passing_feedback_is_gone_after_a_reload_and_stays_at_home(ward: Ward) -> None:
    card = await ward.posted()
    await ward.answers(ward.ada, card)
    await ward.slack.soon(ward.ada, FEEDBACK)
    ward.slack.reloads(ward.ada)
    assert ward.feedback(ward.ada) == []
    await ward.slack.opens_home(ward.ada)
    await ward.slack.home_soon(ward.ada, " – answered")
    label = next(label for label in ward.slack.home_buttons(ward.ada) if label.startswith("Feedback"))
    await ward.slack.clicks_at_home(ward.ada, label)
    assert "practice feedback" in await ward.slack.modal_soon(ward.ada, FEEDBACK)


async def test_our_own_posts_as_events_are_nobodys_words(ward: Ward) -> None:
    ward.slack.echoes = True
    card = await ward.posted()
    await ward.slack.types(ward.ben, ward.channel, "Shall we all do this one?", thread_ts=card)
    await ward.slack.settled()
    assert len(ward.slack.sees(ward.ben)) == 2
    assert ward.slack.modal(ward.ben) is None


def _later() -> dict[str, float]:
    from adapters.slack import errors  # noqa: PLC0415  # its table, to shorten one wait

    return errors._LATER
