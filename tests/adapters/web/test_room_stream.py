"""Live updates: what a person may see arrives as it happens, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from html_tree import Element, parse
from made_cards import a_card, a_drill_card
from room_house import ADA, BEN, NOW, TEAM, RoomHouse

from adapters.web.room.chat import RoomChat
from adapters.web.room.live import Nudge
from drills.errors import TryLater
from drills.people import Member
from drills.ports import Once


@dataclass(frozen=True)
class News:
    id: str
    message: Element


class Stream:
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> News:
        """The next event, within three seconds."""
        async with asyncio.timeout(3):
            fields: dict[str, str] = {}
            while (line := (await self._response.content.readline()).decode().rstrip("\r\n")) or not fields:
                name, _, value = line.partition(": ")
                if name:
                    fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        return News(fields["id"], parse(fields["data"]).one("li", class_="message"))


@asynccontextmanager
async def listening(
    room: RoomHouse, http: aiohttp.ClientSession, member: Member, after: int = 0, last: str | None = None
) -> AsyncIterator[Stream]:
    headers = {"Last-Event-ID": last} if last else {}
    async with http.get(f"{room.seat(member)}/events?after={after}", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        yield Stream(response)


async def test_new_and_revised_messages_arrive(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with listening(room, http, ADA) as stream:
        ref = await room.chat.post(TEAM.place, a_drill_card(3), Once("k1"))
        new = await stream.next()
        await room.chat.revise(ref, a_drill_card(4))
        revised = await stream.next()
    assert "3 of 6 answered" in new.message.words
    assert "4 of 6 answered" in revised.message.words
    assert new.message.attrs["id"] == revised.message.attrs["id"] == f"message-{ref.id}"
    assert int(revised.id) > int(new.id)


async def test_private_message_goes_to_its_reader_only(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with listening(room, http, ADA) as adas, listening(room, http, BEN) as bens:
        await room.chat.tell(ADA.person, TEAM.place, a_card("Your feedback"), Once("k1"))
        await room.chat.post(TEAM.place, a_card("For everybody"), Once("k2"))
        assert "Your feedback" in (await adas.next()).message.words
        assert "For everybody" in (await bens.next()).message.words


async def test_stream_goes_on_where_the_browser_was(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    for number in range(3):
        await room.chat.post(TEAM.place, a_card(f"Card {number}"), Once(f"k{number}"))
    async with listening(room, http, ADA, after=0) as stream:
        seen = [await stream.next() for _ in range(2)]
    async with listening(room, http, ADA, after=0, last=seen[-1].id) as stream:
        assert "Card 2" in (await stream.next()).message.words


async def test_post_of_another_process_arrives_without_a_nudge(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    elsewhere = RoomChat(room.memory, lambda: NOW, Nudge())
    async with listening(room, http, ADA) as stream:
        await asyncio.sleep(0.1)
        await elsewhere.post(TEAM.place, a_card("From afar"), Once("k1"))
        assert "From afar" in (await stream.next()).message.words


async def test_stream_from_no_number_is_refused(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{room.seat(ADA)}/events?after=x") as response:
        assert response.status == 400


async def test_board_panel_is_what_pressing_board_shows(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    room.inbox.answers["board"] = a_card("Last 28 days")
    async with http.get(room.seat(ADA)) as response:
        assert "Last 28 days" in parse(await response.text()).one("aside").words
    room.inbox.answers["board"] = a_card("Last 28 days, again")
    async with http.get(f"{room.seat(ADA)}/board") as response:
        assert "Last 28 days, again" in parse(await response.text()).words


async def test_board_that_fails_leaves_the_channel_usable(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    room.inbox.answers["board"] = TryLater()
    await room.chat.post(TEAM.place, a_drill_card(), Once("k1"))
    async with http.get(room.seat(ADA)) as response:
        page = parse(await response.text())
    assert "3 of 6 answered" in page.one("main").words
    assert TryLater.tell in page.one("aside").words
