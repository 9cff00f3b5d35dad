"""The local room behind the Chat contract's eyes: real HTTP, the page read as a browser without scripts reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
from chat_harness import ChatHarness, Opened, Seen
from html_tree import Element, parse
from room_house import ADA, BEN, CLEO, ROOM, TEAM, RoomHouse, room_house

from drills.people import Member, PersonRef, Place

_ACTIVE = {"script", "a", "iframe", "img", "object", "embed", "link", "style", "svg"}
_OURS = {"icon"}  # the class of our own pictures
_FORM_STAYS = object()


class RoomHarness:
    def __init__(self, house: RoomHouse, browser: aiohttp.ClientSession) -> None:
        self._house = house
        self._browser = browser
        self._last: tuple[str, dict[str, str]] | None = None
        self.chat = house.chat
        self.inbox = house.inbox
        self.here = TEAM.place
        self.nowhere = Place(ROOM, "no-such-channel")
        self.ada, self.ben, self.stranger = ADA.person, BEN.person, CLEO.person

    async def seen_by(self, person: PersonRef) -> Sequence[Seen]:
        page = await self._page(person)
        return [_seen(message) for message in page.all("li", class_="message")]

    async def press(self, person: PersonRef, message: str, label: str) -> Opened | None:
        page = await self._page(person)
        (card,) = page.all("li", id=f"message-{message}") or page.all("div", id="answer")
        (form,) = (form for form in card.all("form", method="post") if form.words == label)
        return await self._post(form.attrs["action"], _hidden(form))

    async def send(self, person: PersonRef, opened: Opened, values: Mapping[str, str]) -> Opened | None:
        form = opened.handle
        assert isinstance(form, Element)
        fields = {f"value.{name}": text.replace("\n", "\r\n") for name, text in values.items()}  # as browsers do
        answer = await self._post(form.attrs["action"], {**_hidden(form), **fields})
        if answer and answer.handle is _FORM_STAYS:
            return replace(opened, text=f"{opened.text} {answer.text}", fields=values)
        return answer

    async def redeliver(self) -> None:
        assert self._last
        await self._post(*self._last)

    async def _page(self, person: PersonRef) -> Element:
        member: Member = {ADA.person: ADA, BEN.person: BEN}[person]
        async with self._browser.get(self._house.seat(member)) as response:
            assert response.status == 200
            return parse(await response.text())

    async def _post(self, action: str, fields: dict[str, str]) -> Opened | None:
        self._last = action, fields
        headers = {"X-Room": "fragment"}
        async with self._browser.post(self._house.base + action, data=fields, headers=headers) as response:
            html = await response.text()
            if response.content_type == "text/plain":  # the page's script keeps the form and shows the sentence
                return Opened(html, (), {}, _FORM_STAYS)
        return _opened(parse(html)) if html else None


def _seen(message: Element) -> Seen:
    return Seen(
        id=message.attrs["id"].removeprefix("message-"),
        text=message.words,
        buttons=tuple(button.words for button in message.all("button")),
        private="data-private" in message.attrs,
        live=tuple(_live(message)),
    )


def _live(message: Element) -> Sequence[str]:
    active = [e.tag for e in message.walk() if e.tag in _ACTIVE and e.attrs.get("class") not in _OURS]
    return active + [name for e in message.walk() for name in e.attrs if name.startswith("on")]


def _opened(page: Element) -> Opened:
    forms = [form for form in page.all("form") if "data-intent" in form.attrs]
    fields = {area.attrs["name"].removeprefix("value."): area.text.removeprefix("\n") for area in page.all("textarea")}
    chosen = {radio.attrs["name"].removeprefix("value."): "" for radio in page.all("input", type="radio")}
    buttons = tuple(button.words for button in page.all("button"))
    return Opened(page.words, buttons, {**fields, **chosen}, forms[0] if forms else None)


def _hidden(form: Element) -> dict[str, str]:
    return {hidden.attrs["name"]: hidden.attrs["value"] for hidden in form.all("input", type="hidden")}


@asynccontextmanager
async def room_harness(folder: Path) -> AsyncIterator[ChatHarness]:
    async with room_house(folder) as house, aiohttp.ClientSession() as browser:
        yield RoomHarness(house, browser)
