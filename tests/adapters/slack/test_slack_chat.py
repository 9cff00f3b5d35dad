"""Slack's way out against a Slack on this machine: what gets through, once, and what is said when it does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Channel, Team
from fake_slack.slack_triggers import Response
from fake_slack.slack_trouble import lost, rate_limited, refused, status, unheard
from fake_slack.slack_world import ALL_SCOPES
from made_cards import a_card, a_drill_card
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.chat import SlackChat
from adapters.slack.clients import web_client
from adapters.slack.pacing import Pace
from drills.attempt import Handle
from drills.chat.cards import Table, Text
from drills.errors import CannotReach, OursToFix, TryLater
from drills.people import MessageRef, PersonRef, Place, Workspace
from drills.ports import Once, Way

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
TABLE = Table("Teams", ("Team", "Part"), (("5 West", "83 %"),))
NO_HISTORY = ALL_SCOPES - {"channels:history", "groups:history"}


class Tokens:
    """Implements `Clients` with the tokens that this Slack gave out."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack

    async def of(self, workspace: Workspace) -> AsyncWebClient:
        if workspace.id not in self._slack.teams:
            raise CannotReach("not installed")
        return web_client(self._slack.api_base, self._slack.token_of(self._slack.teams[workspace.id]).text)


@dataclass
class Scene:
    slack: FakeSlack
    team: Team
    ada: PersonRef
    ben: PersonRef
    here: Place
    chat: SlackChat = field(init=False)

    def __post_init__(self) -> None:
        self.chat = self.restarted()

    def restarted(self) -> SlackChat:
        """A process that remembers nothing of what an earlier one sent."""
        return SlackChat(Tokens(self.slack), lambda: NOW)

    @property
    def channel(self) -> Channel:
        return self.team.channels[self.here.channel]

    def words(self, person: PersonRef, *, private: bool = False) -> list[str]:
        return [sight.text for sight in self.slack.sees(person.user) if sight.private == private]

    def handle(self, person: PersonRef, *, left: int = 5, minutes: int = 30) -> Handle:
        id_ = f"r{len(self.slack.responses)}"
        self.slack.responses[id_] = Response(person.user, self.here.channel, None, left=left)
        return Handle(f"{self.slack.base}/response/{id_}", NOW + timedelta(minutes=minutes))

    def methods(self) -> list[str]:
        return [call.method for call in self.slack.calls]


def a_scene(slack: FakeSlack, id_: str = "T0NORTH", scopes: frozenset[str] = ALL_SCOPES) -> Scene:
    team = slack.workspace(id_, scopes)
    workspace = Workspace("slack", team.id)
    ada, ben = team.person("Ada"), team.person("Ben")
    here = Place(workspace, team.channel("5-west", ada, ben))
    return Scene(slack, team, PersonRef(workspace, ada), PersonRef(workspace, ben), here)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
def scene(slack: FakeSlack) -> Scene:
    return a_scene(slack)


async def test_a_posted_card_carries_its_key_unseen_and_nothing_in_it_is_live(scene: Scene) -> None:
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("push:p1"))
    (call,) = scene.slack.calls_of("chat.postMessage")
    assert call.args["metadata"] == {"event_type": "readback", "event_payload": {"key": "push:p1"}}
    assert (call.args["unfurl_links"], call.args["unfurl_media"], call.args["link_names"]) == (False, False, False)
    assert "push:p1" not in scene.words(scene.ada)[0]
    assert scene.channel.message(ref.id)


async def test_a_lost_answer_is_looked_for_before_the_card_is_posted_again(scene: Scene) -> None:
    scene.slack.trouble("chat.postMessage", lost())
    with pytest.raises(TryLater):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert [message.ts for message in scene.channel.messages] == [ref.id]


async def test_a_process_that_died_after_posting_finds_its_card_in_the_channel(scene: Scene) -> None:
    first = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    assert await scene.restarted().post(scene.here, a_drill_card(), Once("k1", again=True)) == first
    assert len(scene.channel.messages) == 1


async def test_a_card_that_never_got_there_is_posted_without_a_look(scene: Scene) -> None:
    scene.slack.trouble("chat.postMessage", refused("internal_error"), rate_limited(1))
    with pytest.raises(TryLater):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    with pytest.raises(TryLater) as later:
        await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert later.value.retry_after == 1
    await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert len(scene.channel.messages) == 1
    assert scene.methods().count("conversations.history") == 1  # internal_error leaves it open, a 429 does not


async def test_without_the_scope_to_look_it_is_posted_again_rather_than_lost(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    scene = a_scene(slack, scopes=NO_HISTORY)
    scene.slack.trouble("chat.postMessage", lost())
    with pytest.raises(TryLater):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert scene.channel.messages[-1].ts == ref.id
    assert len(scene.channel.messages) == 2
    assert "channels:history" in caplog.text


async def test_a_post_in_a_thread_stands_in_it_and_is_found_there(scene: Scene) -> None:
    head = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    thread = Place(scene.here.workspace, scene.here.channel, head.id)
    first = await scene.chat.post(thread, a_card("In the thread"), Once("k2"))
    assert await scene.restarted().post(thread, a_card("In the thread"), Once("k2", again=True)) == first
    assert scene.channel.messages[-1].thread_ts == head.id


async def test_a_slack_without_tables_gets_the_same_words(scene: Scene) -> None:
    scene.slack.refuses = {"table", "rich_text"}
    ref = await scene.chat.post(scene.here, a_card("Board", TABLE), Once("k1"))
    await scene.chat.revise(ref, a_card("Board, newer", TABLE, Text("More.")))
    (words,) = scene.words(scene.ada)
    assert [one for one in ("Board, newer", "5 West", "83 %", "More.") if one not in words] == []


async def test_a_private_line_goes_by_the_response_address_while_it_lives(scene: Scene) -> None:
    handle = scene.handle(scene.ada)
    assert await scene.chat.tell(scene.ada, scene.here, a_card("Skipped"), Once("k1"), handle) is Way.EPHEMERAL
    assert scene.methods() == []
    assert len(scene.words(scene.ada, private=True)) == 1
    assert scene.words(scene.ben, private=True) == []


@pytest.mark.parametrize(("left", "minutes"), [(0, 30), (5, -1)], ids=["used up", "expired"])
async def test_a_spent_address_gives_way_to_a_passing_message(scene: Scene, left: int, minutes: int) -> None:
    handle = scene.handle(scene.ada, left=left, minutes=minutes)
    assert await scene.chat.tell(scene.ada, scene.here, a_card("Skipped"), Once("k1"), handle) is Way.EPHEMERAL
    assert scene.methods() == ["chat.postEphemeral"]
    assert len(scene.words(scene.ada, private=True)) == 1


async def test_what_is_to_stay_goes_by_direct_message_and_only_once(scene: Scene) -> None:
    handle = scene.handle(scene.ada)
    for chat, again in ((scene.chat, False), (scene.chat, True), (scene.restarted(), True)):
        way = await chat.tell(scene.ada, scene.here, a_card("Feedback"), Once("k1", again=again), handle, keep=True)
        assert way is Way.DIRECT
    assert len(scene.words(scene.ada, private=True)) == 1
    assert scene.methods().count("conversations.open") == 2  # once for each process


async def test_somebody_who_left_the_channel_gets_it_by_direct_message(scene: Scene) -> None:
    scene.channel.members.discard(scene.ada.user)
    assert await scene.chat.tell(scene.ada, scene.here, a_card("Feedback"), Once("k1")) is Way.DIRECT
    assert "Feedback" in scene.words(scene.ada, private=True)[0]


@pytest.mark.parametrize("near", ["", "D0SOMEWHERE"])
async def test_where_there_is_no_channel_it_goes_by_direct_message(scene: Scene, near: str) -> None:
    place = Place(scene.here.workspace, near, direct=True)
    assert await scene.chat.tell(scene.ada, place, a_card("Hello"), Once("k1")) is Way.DIRECT


async def test_a_passing_message_is_not_said_twice_by_the_same_process(scene: Scene) -> None:
    for again in (False, True):
        await scene.chat.tell(scene.ada, scene.here, a_card("Skipped"), Once("k1", again=again))
    assert len(scene.words(scene.ada, private=True)) == 1


async def test_a_closed_account_cannot_be_reached(scene: Scene) -> None:
    cleo = PersonRef(scene.here.workspace, scene.team.person("Cleo", deleted=True))
    with pytest.raises(CannotReach):
        await scene.chat.tell(cleo, scene.here, a_card(), Once("k1"))


async def test_a_home_is_shown_and_one_that_is_switched_off_is_said_so(scene: Scene) -> None:
    assert await scene.chat.home(scene.ada, a_card("My drills", TABLE)) is True
    assert "5 West" in scene.slack.home(scene.ada.user)
    scene.slack.trouble("views.publish", refused("not_enabled"))
    assert await scene.chat.home(scene.ada, a_card("My drills")) is False


async def test_slack_asking_to_wait_holds_that_method_back_and_other_workspaces_go_on(slack: FakeSlack) -> None:
    north, south = a_scene(slack), a_scene(slack, "T0SOUTH")
    chat = north.chat
    slack.trouble("chat.postMessage", rate_limited(30))
    for _ in range(2):
        with pytest.raises(TryLater) as later:
            await chat.post(north.here, a_drill_card(), Once("k1"))
        assert 29 < later.value.retry_after <= 30
    assert len(slack.calls_of("chat.postMessage")) == 1  # the second never left
    await chat.post(south.here, a_drill_card(), Once("k2"))
    await chat.tell(north.ada, north.here, a_card(), Once("k3"))


async def test_a_busy_channel_keeps_a_second_between_cards(scene: Scene) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    clock = [0.0]
    chat = SlackChat(Tokens(scene.slack), lambda: NOW, Pace(lambda: clock[0], sleep))
    for number in range(5):
        await chat.post(scene.here, a_card(f"Card {number}"), Once(f"k{number}"))
    assert slept == [pytest.approx(1.0)] * 2


@pytest.mark.parametrize(
    ("trouble", "kind", "says"),
    [
        (refused("not_in_channel"), CannotReach, "/invite @Readback"),
        (refused("is_archived"), CannotReach, "/drill setup"),
        (refused("channel_not_found"), CannotReach, "private"),
        (refused("account_inactive"), CannotReach, "no longer installed"),
        (refused("invalid_auth"), OursToFix, "Check SLACK_BOT_TOKEN"),
        (refused("a_code_of_next_year"), OursToFix, "a_code_of_next_year"),
        (refused("service_unavailable"), TryLater, "service_unavailable"),
        (refused("token_expired"), TryLater, "token_expired"),
        (status(502), TryLater, "502"),
        (unheard(), TryLater, "no answer"),
    ],
    ids=lambda value: str(getattr(value, "error", "") or getattr(value, "status", "") or value),
)
async def test_trouble_is_told_to_whoever_must_act(
    scene: Scene, trouble: object, kind: type[Exception], says: str
) -> None:
    scene.slack.trouble("chat.postMessage", trouble)  # type: ignore[arg-type]  # parametrised
    with pytest.raises(kind, match=says):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))


async def test_a_missing_scope_is_named_with_what_to_do(slack: FakeSlack) -> None:
    scene = a_scene(slack, scopes=ALL_SCOPES - {"chat:write"})
    with pytest.raises(OursToFix, match=r"chat:write.*OAuth & Permissions.*reinstall"):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))


async def test_a_refused_block_is_pointed_at_without_quoting_anybody(scene: Scene) -> None:
    secret = "She said the level was wrong"
    scene.slack.refuses = {"section", "rich_text"}
    with pytest.raises(OursToFix) as fault:
        await scene.chat.post(scene.here, a_card("Feedback", Text(secret)), Once("k1"))
    assert "/blocks/" in str(fault.value)
    assert secret not in str(fault.value)


async def test_nobody_is_there_where_the_app_is_not_installed(scene: Scene) -> None:
    elsewhere = Place(Workspace("slack", "T0GONE"), "C1")
    with pytest.raises(CannotReach):
        await scene.chat.post(elsewhere, a_drill_card(), Once("k1"))
    with pytest.raises(CannotReach):
        await scene.chat.revise(MessageRef(elsewhere, "1.1"), a_drill_card())


async def test_a_deleted_card_cannot_be_revised(scene: Scene) -> None:
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    scene.channel.messages.clear()
    with pytest.raises(CannotReach):
        await scene.chat.revise(ref, a_drill_card(4))
