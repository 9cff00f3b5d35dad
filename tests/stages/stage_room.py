"""The stage in the local room: real HTTP, pages read and forms sent as a browser without scripts does it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
from chat_harness import Seen
from html_tree import Element, parse
from room_harness import _seen
from served import served
from stages.stage import PEOPLE, STAFF, Page, Stage, house, inbox, staffed

from adapters import Parts
from adapters.web import build
from adapters.web.app import build_app
from adapters.web.room.chat import ROOM
from drills.ports import Chat

_CHOSEN = {"radio": "checked", "checkbox": "checked"}


class RoomClient:
    """`dialogs` are what is open in each person's browser; `at` is the team in whose channel they sit."""

    def __init__(self, base: str, browser: aiohttp.ClientSession, chat: Chat) -> None:
        self.base, self.browser, self.chat = base, browser, chat
        self.workspace = ROOM
        self.users = {name: name.lower() for name in PEOPLE}
        self.channels = {team: team for team in STAFF}
        self.at = {name: next(team for team, names in STAFF.items() if name in names) for name in PEOPLE}
        self.dialogs: dict[str, Element] = {}

    async def asks(self, who: str, words: str, team: str) -> Page:
        self.at[who] = team
        fields = [("key", uuid4().hex), ("text", f"/drill {words}")]
        return await self._post(who, f"{self._seat(who)}/say", fields)

    async def taps(self, who: str, label: str, on: str | None = None) -> Page:
        dialog = self.dialogs.get(who)
        if on is None and dialog and (forms := _with_button(dialog, label)):
            return await self._post(who, forms[0].attrs["action"], _filled(forms[0], {}))
        page = await self._page(who)
        places = page.all("li", class_="message")
        found = [form for place in places if on in (None, _id(place)) for form in _with_button(place, label)]
        return await self._post(who, found[-1].attrs["action"], _filled(found[-1], {}))

    async def opens(self, who: str, label: str) -> Page:
        return await self.taps(who, label)

    async def fills(self, who: str, values: Mapping[str, str]) -> Page:
        (form,) = (form for form in self.dialogs[who].all("form") if "data-intent" in form.attrs)
        return await self._post(who, form.attrs["action"], _filled(form, values))

    async def sees(self, who: str) -> Sequence[Seen]:
        return [_seen(message) for message in (await self._page(who)).all("li", class_="message")]

    def _seat(self, who: str) -> str:
        return f"/{self.at[who]}/as/{self.users[who]}"

    async def _page(self, who: str) -> Element:
        async with self.browser.get(self.base + self._seat(who)) as response:
            assert response.status == 200
            return parse(await response.text())

    async def _post(self, who: str, action: str, fields: Sequence[tuple[str, str]]) -> Page:
        data = aiohttp.FormData(fields)
        async with self.browser.post(self.base + action, data=data, headers={"X-Room": "fragment"}) as response:
            assert response.status in {200, 204}, await response.text()
            dialog = self.dialogs[who] = parse(await response.text())
        buttons = [button.words for button in dialog.all("button") if button.words not in {"Close", "Cancel"}]
        fields_ = {name: value for name, value in _filled(dialog, {}) if name.startswith("value.")}
        return Page(dialog.words, tuple(buttons), {name.removeprefix("value."): v for name, v in fields_.items()})


def _id(place: Element) -> str:
    return place.attrs["id"].removeprefix("message-")


def _with_button(place: Element, label: str) -> list[Element]:
    return [form for form in place.all("form", method="post") if form.words == label]


def _filled(form: Element, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a browser sends: everything that stands in the form, with `values` put in by the fields' names."""
    unknown = dict(values)
    sent: list[tuple[str, str]] = []
    for one in form.walk():
        name = one.attrs.get("name", "")
        given = unknown.get(name.removeprefix("value."))
        if one.tag == "textarea":
            text = one.text.removeprefix("\n") if given is None else given
            sent.append((name, text.replace("\n", "\r\n")))
        elif one.tag == "select":
            chosen = [option.attrs["value"] for option in one.all("option") if "selected" in option.attrs]
            sent.append((name, given if given is not None else (chosen or [""])[0]))
        elif one.tag == "input" and one.attrs.get("type") in _CHOSEN:
            picked = "checked" in one.attrs if given is None else one.attrs["value"] in given.split(",")
            sent += [(name, one.attrs["value"])] if picked else []
        elif one.tag == "input" and name:
            sent.append((name, one.attrs.get("value", "") if given is None else given))
    names = {one.attrs.get("name", "").removeprefix("value.") for one in form.walk()}
    assert set(unknown) <= names, f"no field {set(unknown) - names} here, only {names}"
    return sent


@asynccontextmanager
async def room_stage(folder: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(house(folder, ROOM, {team: team for team in STAFF}))
        adapter = build(Parts({"room": "True"}, stage.memory, inbox(stage).receive, stage.clock))
        assert adapter
        base = await stack.enter_async_context(served(build_app(stage.memory, adapter.routes, ()), adapter.run()))
        browser = await stack.enter_async_context(aiohttp.ClientSession())
        stage.client = RoomClient(base, browser, adapter.chat)
        await staffed(stage)
        yield stage
