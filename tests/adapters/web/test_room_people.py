"""Forms that ask for people and for several things at once, and who the room says is at the keyboard."""

from __future__ import annotations

from uuid import uuid4

import aiohttp
import pytest
from html_tree import Element, parse
from room_house import ADA, BEN, ROOM, TEAM, RoomHouse, a_member

from drills.chat.cards import ChoicesField, Form, PeopleField
from drills.chat.inbound import Asked, Pressed, Submitted, Typed
from drills.chat.intents import Intent
from drills.people import Member, PersonRef, Profession, Role

FRAGMENT = {"X-Room": "fragment"}
DORA = a_member("dora", "Dora Ek", Profession.PHARMACIST, role=Role.EDUCATOR)
NAMELESS = Member(PersonRef(ROOM, "nameless"), TEAM.id, "", Profession.NURSE)
FORM = Form(
    "Who",
    Intent("roles"),
    (),
    (
        PeopleField("leads", "Leads", value="ben,gone-away"),
        ChoicesField("options", "Options", (("a", "First"), ("b", "Second")), value="b"),
    ),
    "Only you",
)


@pytest.fixture
async def form(room: RoomHouse, http: aiohttp.ClientSession) -> Element:
    async with room.memory.begin() as work:
        for member in (DORA, NAMELESS):
            await work.members.save(member)
    room.inbox.answers["say"] = FORM
    async with http.post(room.seat(DORA) + "/say", data=_fields(text="/drill roles"), headers=FRAGMENT) as response:
        return parse(await response.text())


async def test_everybody_in_the_team_is_offered_by_name_and_the_named_are_ticked(form: Element) -> None:
    offered = {box.attrs["value"]: "checked" in box.attrs for box in form.all("input", name="value.leads")}
    assert offered == {"nameless": False, "ada": False, "ben": True, "dora": False, "gone-away": True}
    labels = [label.words for label in form.all("label")]
    assert "Ada Obi" in labels
    assert "nameless" in labels  # without a name, the one in the address


async def test_what_is_ticked_comes_back_joined(room: RoomHouse, http: aiohttp.ClientSession, form: Element) -> None:
    assert form.all("input", name="value.options", value="b")[0].attrs.get("checked") is not None
    ticked = [("value.leads", "ada"), ("value.leads", "ben"), ("value.options", "a"), ("value.options", "b")]
    fields = [*_fields(intent="roles").items(), *ticked]
    async with http.post(room.seat(DORA) + "/submit", data=fields, headers=FRAGMENT) as response:
        assert response.status == 204
    came = room.inbox.came[-1]
    assert isinstance(came, Submitted)
    assert came.values == {"leads": "ada,ben", "options": "a,b"}
    assert came.profile.admin


@pytest.mark.parametrize(("member", "admin"), [(ADA, False), (BEN, False), (DORA, True)])
async def test_educators_administer_the_room(
    room: RoomHouse, http: aiohttp.ClientSession, member: Member, admin: bool
) -> None:
    async with room.memory.begin() as work:
        await work.members.save(DORA)
    seat = room.seat(member)
    async with http.post(f"{seat}/say", data=_fields(text="/drill setup"), headers=FRAGMENT):
        pass
    async with http.post(f"{seat}/press", data=_fields(intent="push"), headers=FRAGMENT):
        pass
    asked, pressed = room.inbox.came
    assert isinstance(asked, Asked)
    assert isinstance(pressed, Pressed)
    assert asked.profile.admin is pressed.profile.admin is admin
    assert asked.profile.tz == TEAM.tz


async def test_what_is_typed_is_for_readback_alone(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.post(room.seat(ADA) + "/say", data=_fields(text="hello there"), headers=FRAGMENT):
        pass
    (came,) = room.inbox.came
    assert isinstance(came, Typed)
    assert came.place.direct
    assert came.place == TEAM.place


def _fields(**fields: str) -> dict[str, str]:
    return {"key": uuid4().hex, **fields}
