"""Discord's way out against a Discord on this machine: what gets through, once, and what is said when it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from fake_discord.discord_paths import EDIT, FOLLOW_UP, HISTORY, OPEN_DIRECT, POST
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from fake_discord.discord_trouble import lost, rate_limited, refused, status, unheard
from made_cards import a_card, a_drill_card

from adapters.discord import handles
from adapters.discord.chat import DiscordChat
from adapters.discord.clients import Clients
from drills.attempt import Handle
from drills.chat.cards import Card, Text
from drills.errors import CannotReach, OursToFix, TryLater
from drills.people import MessageRef, PersonRef, Place, Workspace
from drills.ports import Once, Way

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)


class Scene:
    def __init__(self, discord: FakeDiscord) -> None:
        self.discord = discord
        self.guild: Guild = discord.guild("North")
        self.workspace = Workspace("discord", self.guild.id)
        self.ada, self.ben = (PersonRef(self.workspace, self.guild.person(name)) for name in ("Ada", "Ben"))
        self.shut = PersonRef(self.workspace, self.guild.person("Cleo", closed=True))
        self.here = Place(self.workspace, self.guild.channel("5-west"))
        self.clients: list[Clients] = []
        self.chat = self.restarted()

    def restarted(self) -> DiscordChat:
        """A process that remembers nothing of what an earlier one sent."""
        self.clients.append(Clients(self.discord.api_base, self.discord.token))
        return DiscordChat(self.clients[-1], lambda: NOW)

    def there(self) -> list[str]:
        return [message.id for message in self.discord.place(self.here.channel).messages]

    def alone(self, person: PersonRef) -> list[str]:
        return [sight.text for sight in self.discord.sees(person.user) if sight.private]

    def methods(self) -> list[str]:
        return [call.name for call in self.discord.calls]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with FakeDiscord() as discord:
        made = Scene(discord)
        yield made
        for clients in made.clients:
            await clients.close()


async def test_a_posted_card_may_mention_nobody_and_carries_its_key_unseen(scene: Scene) -> None:
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("push:p1"))
    (call,) = scene.discord.calls_of(POST)
    assert call.body["allowed_mentions"] == {"parse": []}
    assert call.body["enforce_nonce"] is True
    assert 1 <= len(call.body["nonce"]) <= 25
    assert call.body["flags"] == 1 << 15
    assert "push:p1" not in str(call.body)
    assert scene.there() == [ref.id]


async def test_a_lost_answer_is_looked_for_before_the_card_is_posted_again(scene: Scene) -> None:
    scene.discord.trouble(POST, lost())
    with pytest.raises(TryLater):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    ref = await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert scene.there() == [ref.id]
    assert HISTORY in scene.methods()


async def test_a_process_that_died_after_posting_finds_its_card_hours_later(scene: Scene) -> None:
    first = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    await scene.chat.post(scene.here, a_card("Another one"), Once("k2"))
    scene.discord.passes(7200)  # no nonce lives that long
    assert await scene.restarted().post(scene.here, a_drill_card(), Once("k1", again=True)) == first
    assert len(scene.there()) == 2


async def test_the_same_card_in_the_same_minute_is_one_even_where_nobody_looked(scene: Scene) -> None:
    first = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    assert await scene.restarted().post(scene.here, a_drill_card(), Once("k1")) == first
    assert HISTORY not in scene.methods()


async def test_a_card_that_surely_did_not_get_there_is_posted_without_a_look(scene: Scene) -> None:
    scene.discord.trouble(POST, refused(403, 50013))
    with pytest.raises(CannotReach, match="lacks a permission"):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert HISTORY not in scene.methods()


async def test_where_history_is_closed_to_us_the_card_is_posted_again(scene: Scene) -> None:
    scene.discord.trouble(POST, status(503))
    with pytest.raises(TryLater):
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    scene.discord.trouble(HISTORY, refused(403, 50001))
    await scene.chat.post(scene.here, a_drill_card(), Once("k1", again=True))
    assert len(scene.there()) == 1


async def test_a_short_wait_that_discord_asks_for_is_waited(scene: Scene) -> None:
    scene.discord.trouble(POST, rate_limited(0.2))
    await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    assert len(scene.there()) == 1


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (status(503), TryLater),
        (unheard(), TryLater),
        (rate_limited(120), TryLater),
        (refused(404, 10003), CannotReach),
        (refused(403, 50001), CannotReach),
        (refused(400, 50035), OursToFix),
        (refused(401, 0), OursToFix),
    ],
    ids=lambda one: getattr(one, "kind", getattr(one, "__name__", "")),
)
async def test_each_trouble_is_one_of_ours_with_a_sentence(
    scene: Scene, trouble: object, kind: type[Exception]
) -> None:
    scene.discord.trouble(POST, trouble)  # type: ignore[arg-type]
    with pytest.raises(kind) as raised:
        await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    assert str(raised.value)


async def test_a_card_is_changed_in_its_place(scene: Scene) -> None:
    ref = await scene.chat.post(scene.here, a_drill_card(3), Once("k1"))
    await scene.chat.revise(ref, a_drill_card(4))
    (seen,) = scene.discord.sees(scene.ben.user)
    assert "4 of 6 answered" in seen.text
    scene.discord.trouble(EDIT, refused(404, 10008))
    with pytest.raises(CannotReach, match="The message was deleted"):
        await scene.chat.revise(ref, a_drill_card(5))


async def test_in_a_thread_the_card_stands_in_the_thread(scene: Scene) -> None:
    head = await scene.chat.post(scene.here, a_drill_card(), Once("k1"))
    thread = await scene.discord.opens_thread(scene.ben.user, scene.here.channel, head.id)
    place = Place(scene.workspace, scene.here.channel, thread)
    ref = await scene.chat.post(place, a_card("In the thread"), Once("k2"))
    assert [message.id for message in scene.discord.place(thread).messages] == [ref.id]


async def test_without_a_tap_private_words_come_as_a_direct_message_that_says_its_server(scene: Scene) -> None:
    way = await scene.chat.tell(scene.ada, scene.here, a_drill_card(), Once("k1"))
    assert way is Way.DIRECT
    assert len(scene.alone(scene.ada)) == 1
    (call,) = scene.discord.calls_of(POST)
    assert f"answer:p1@{scene.workspace.id}" in str(call.body)
    assert scene.there() == []


async def test_a_long_direct_message_comes_whole_and_once(scene: Scene) -> None:
    card = a_card("All of it", *(Text(f"{n:02d} " + "x" * 700) for n in range(12)))
    await scene.chat.tell(scene.ada, scene.here, card, Once("k1"))
    scene.discord.passes(7200)
    await scene.restarted().tell(scene.ada, scene.here, card, Once("k1", again=True))
    told = scene.alone(scene.ada)
    assert len(told) == 3
    assert [n for n in range(12) if f"{n:02d} x" not in "".join(told)] == []


async def test_whose_direct_messages_are_closed_gets_a_button_that_names_nobody(scene: Scene) -> None:
    way = await scene.chat.tell(scene.shut, scene.here, a_card("Your feedback"), Once("k1"))
    assert way is Way.BUTTON
    (seen,) = scene.discord.sees(scene.ben.user)
    assert seen.buttons == ("See my feedback",)
    assert "Your feedback" not in seen.text
    assert scene.shut.user not in str(scene.discord.calls_of(POST)[-1].body)
    again = await scene.restarted().tell(scene.shut, scene.here, a_card("Your feedback"), Once("k1", again=True))
    assert (again, len(scene.there())) == (Way.BUTTON, 1)


async def test_many_who_wait_have_one_button_for_a_while(scene: Scene) -> None:
    now = [NOW]
    chat = DiscordChat(scene.clients[0], lambda: now[0])
    also = PersonRef(scene.workspace, scene.guild.person("Dan", closed=True))
    for key, person, minutes in (("k1", scene.shut, 0), ("k2", also, 5), ("k3", also, 6)):
        now[0] += timedelta(minutes=minutes)
        assert await chat.tell(person, scene.here, a_card("Your feedback"), Once(key)) is Way.BUTTON
        assert len(scene.there()) == (1 if key < "k3" else 2)


async def test_many_who_wait_at_the_same_moment_have_one_button(scene: Scene) -> None:
    now = [NOW]
    chat = DiscordChat(scene.clients[0], lambda: now[0])
    people = [PersonRef(scene.workspace, scene.guild.person(name, closed=True)) for name in ("Dan", "Eve", "Fay")]
    for person in people:  # so that their direct messages are known, and all three are told in one moment below
        await chat.tell(person, scene.here, a_card("Your feedback"), Once(f"{person.user}:1"))
    now[0] += timedelta(minutes=11)
    told = (chat.tell(one, scene.here, a_card("Your feedback"), Once(f"{one.user}:2")) for one in people)
    assert set(await asyncio.gather(*told)) == {Way.BUTTON}
    assert len(scene.there()) == 2


async def test_a_channel_where_discord_is_slow_holds_back_the_button_of_no_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, chat, under_way, gate = (scene.guild.channel("icu"), scene.chat, asyncio.Event(), asyncio.Event())
    post = chat.post

    async def slow_here(place: Place, card: Card, once: Once) -> MessageRef:
        if place == scene.here:
            under_way.set()
            await gate.wait()
        return await post(place, card, once)

    monkeypatch.setattr(chat, "post", slow_here)
    also = PersonRef(scene.workspace, scene.guild.person("Dan", closed=True))
    waiting = asyncio.create_task(chat.tell(scene.shut, scene.here, a_card("Your feedback"), Once("k1")))
    await under_way.wait()
    async with asyncio.timeout(10):
        way = await chat.tell(also, Place(scene.workspace, there), a_card("Your feedback"), Once("k2"))
    assert (way, waiting.done()) == (Way.BUTTON, False)
    gate.set()
    assert await waiting is Way.BUTTON


async def test_who_left_every_server_is_not_reached_and_nobody_else_is_told(scene: Scene) -> None:
    elsewhere = PersonRef(scene.workspace, scene.discord.empty_guild("Elsewhere").person("Dee"))
    with pytest.raises(CannotReach, match="in no server"):
        await scene.chat.tell(elsewhere, scene.here, a_card("Your feedback"), Once("k1"))
    assert scene.there() == []


async def test_a_spent_right_to_answer_becomes_a_direct_message(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord says the same of a tap whose first answer another process is still giving: so it is asked for a while."""
    monkeypatch.setattr(handles, "APART_S", 0.01)
    application = scene.discord.application
    for handle in (Handle(f"{application}:dead", NOW + timedelta(minutes=5)), Handle("x", NOW + timedelta(minutes=5))):
        way = await scene.chat.tell(scene.ada, scene.here, a_card(), Once(f"k{handle.value}"), handle)
        assert way is Way.DIRECT
    assert scene.methods().count(FOLLOW_UP) == handles.TRIES


async def test_a_right_that_has_run_out_is_not_even_tried(scene: Scene) -> None:
    way = await scene.chat.tell(scene.ada, scene.here, a_card(), Once("k1"), Handle("5:t", NOW))
    assert way is Way.DIRECT
    assert FOLLOW_UP not in scene.methods()


async def test_the_direct_line_to_a_person_is_opened_once(scene: Scene) -> None:
    for number in range(3):
        await scene.chat.tell(scene.ada, scene.here, a_card(), Once(f"k{number}"))
    assert scene.methods().count(OPEN_DIRECT) == 1


async def test_there_is_no_home_page_in_discord(scene: Scene) -> None:
    assert not await scene.chat.home(scene.ada, a_card())


async def test_a_refused_token_is_said_with_its_setting() -> None:
    async with FakeDiscord() as discord:
        clients = Clients(discord.api_base, "wrong")
        chat = DiscordChat(clients, lambda: NOW)
        with pytest.raises(OursToFix, match="DISCORD_TOKEN"):
            await chat.post(Place(Workspace("discord", "1"), "2"), a_card(), Once("k1"))
        with pytest.raises(OursToFix, match="DISCORD_TOKEN"):
            await chat.revise(MessageRef(Place(Workspace("discord", "1"), "2"), "3"), a_card())
        await clients.close()
