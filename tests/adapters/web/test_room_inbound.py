"""What the page posts becomes inbound data; what is no post of ours is refused in a sentence."""

from __future__ import annotations

from uuid import uuid4

import aiohttp
import pytest
from html_tree import parse
from made_cards import a_form
from room_house import ADA, BEN, CLEO, TEAM, RoomHouse

from drills.chat.inbound import Asked, Typed
from drills.errors import JudgeUnavailable, OursToFix, TellPerson

FRAGMENT = {"X-Room": "fragment"}


async def say(room: RoomHouse, http: aiohttp.ClientSession, text: str) -> tuple[int, str]:
    fields = {"key": uuid4().hex, "text": text}
    async with http.post(room.seat(ADA) + "/say", data=fields, headers=FRAGMENT) as response:
        return response.status, await response.text()


async def test_command_is_asked_without_its_first_word(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    await say(room, http, "  /Drill  snooze 2 days ")
    (came,) = room.inbox.came
    assert isinstance(came, Asked)
    assert (came.words, came.person, came.place) == ("snooze 2 days", ADA.person, TEAM.place)


@pytest.mark.parametrize("text", ["we paged twice", "/drills", "drill help"])
async def test_anything_else_is_typed(room: RoomHouse, http: aiohttp.ClientSession, text: str) -> None:
    await say(room, http, text)
    (came,) = room.inbox.came
    assert isinstance(came, Typed)
    assert came.text == text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("press", {"key": uuid4().hex}),
        ("press", {"intent": "answer:p1"}),
        ("press", {"key": "../../etc", "intent": "answer:p1"}),
        ("press", {"key": uuid4().hex, "intent": ""}),
        ("submit", {"key": uuid4().hex, "value.words": "hello"}),
        ("say", {"key": uuid4().hex}),
    ],
)
async def test_post_that_no_form_of_ours_makes_is_refused_kindly(
    room: RoomHouse, http: aiohttp.ClientSession, path: str, fields: dict[str, str]
) -> None:
    async with http.post(f"{room.seat(ADA)}/{path}", data=fields, headers=FRAGMENT) as response:
        assert response.status == 400
        assert "Please" in await response.text()
    assert room.inbox.came == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TellPerson(tell="You have answered this one."), 400),
        (JudgeUnavailable(), 503),
        (OursToFix("row 7 is odd"), 500),
    ],
)
async def test_error_of_the_inbox_is_told_as_its_sentence_only(
    room: RoomHouse, http: aiohttp.ClientSession, error: OursToFix, code: int
) -> None:
    room.inbox.answers["say"] = error
    status, html = await say(room, http, "/drill mine")
    assert status == code
    assert error.tell in parse(html).words
    assert "row 7" not in html


async def test_unforeseen_error_shows_no_stack(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    room.inbox.answers["say"] = ZeroDivisionError("secret 42")
    async with http.post(room.seat(ADA) + "/say", data={"key": uuid4().hex, "text": "x"}) as response:
        html = await response.text()
    assert response.status == 500
    assert "Something went wrong on our side" in html
    assert "secret" not in html
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/nowhere/as/ada", "/5-west/as/nobody", f"/5-west/as/{CLEO.person.user}", "/x"])
async def test_seat_that_is_not_there_is_a_kind_404(room: RoomHouse, http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(room.base + path) as response:
        assert response.status == 404
        assert "Back to the room" in await response.text()


async def test_without_scripts_the_answer_comes_in_the_page(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    room.inbox.answers["answer"] = a_form()
    fields = {"key": uuid4().hex, "intent": "answer:p1"}
    async with http.post(room.seat(ADA) + "/press", data=fields) as response:
        page = parse(await response.text())
    dialog = page.one("dialog", open="")
    assert dialog.all("textarea")
    assert page.all("main")


async def test_without_scripts_an_empty_answer_leads_back_to_the_channel(
    room: RoomHouse, http: aiohttp.ClientSession
) -> None:
    fields = {"key": uuid4().hex, "intent": "skip:p1"}
    async with http.post(room.seat(ADA) + "/press", data=fields, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/5-west/as/ada")


async def test_chooser_names_everybody_and_marks_demo_data(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.get(room.base + "/") as response:
        page = parse(await response.text())
    seats = {link.attrs["href"]: link.words for link in page.all("a", class_="seat")}
    assert seats["/5-west/as/ben"] == f"{BEN.name}physician · lead"
    demo = {section.all("h2")[0].words: "Demo data" in section.words for section in page.all("section")}
    assert demo == {"5 West – Medicine Demo data": True, "ICU": False}
