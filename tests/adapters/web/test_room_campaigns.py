"""The page of campaigns takes only its own buttons, from its own site, and asks for whole cards and forms."""

from __future__ import annotations

from uuid import uuid4

import aiohttp
import pytest
from room_house import ADA, BEN, RoomHouse

from drills.chat.cards import Button, Card, Text
from drills.chat.inbound import Pressed
from drills.chat.intents import Intent


def campaign(*args: str) -> Intent:
    return Intent("campaign", args)


CARD = Card("Spring", (Text("It runs."),), "Only you.", buttons=(Button("Change", campaign("edit", "spring")),))


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (("show", "spring"), ("show-whole", "spring")),
        (("edit", "spring"), ("whole", "spring")),
        (("more", "spring"), ("whole", "spring")),
        (("new",), ("new-whole",)),
        (("pause", "spring"), ("pause", "spring")),
    ],
)
async def test_a_page_asks_for_the_whole(room: RoomHouse, given: tuple[str, ...], asked: tuple[str, ...]) -> None:
    room.inbox.answers["campaign"] = CARD
    status, page = await post(room, campaign(*given).pack())
    assert (status, "It runs." in page) == (200, True)
    (came,) = room.inbox.came
    assert isinstance(came, Pressed)
    assert (came.intent, came.person) == (campaign(*asked), BEN.person)


async def test_buttons_of_other_pages_and_posts_from_other_sites_are_refused(room: RoomHouse) -> None:
    status, page = await post(room, "forget")
    assert (status, "older version" in page) == (400, True)
    assert (await post(room, "campaign:stopped:spring", {"Sec-Fetch-Site": "cross-site"}))[0] == 403
    assert not room.inbox.came


async def test_only_those_who_look_after_the_team_find_the_way_there(room: RoomHouse) -> None:
    assert ">Campaigns<" in await get(room.seat(BEN))  # a lead
    assert ">Campaigns<" not in await get(room.seat(ADA))


async def post(room: RoomHouse, intent: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    data = {"key": uuid4().hex, "intent": intent}
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{room.seat(BEN)}/campaigns/press", data=data, headers=headers) as response,
    ):
        return response.status, await response.text()


async def get(url: str) -> str:
    async with aiohttp.ClientSession() as browser, browser.get(url) as response:
        return await response.text()
