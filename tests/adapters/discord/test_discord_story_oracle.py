"""The oracle and the fake's own rules: what Discord would refuse is named by both, what it takes passes both."""

from __future__ import annotations

from typing import Any

import discord_oracle
import pytest
from discord_oracle import needs_spec
from fake_discord.discord_paths import CALLBACK, POST
from fake_discord.discord_rules import check_message, check_modal
from fake_discord.discord_state import Refused

V2 = 1 << 15


def text(content: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": 10, "content": content, **more}


def button(label: str = "x", custom_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inner)}


def box(*inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(inner)}


def message(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"flags": V2, "components": list(components), "allowed_mentions": {"parse": []}, **more}


def options(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"label": f"{n}", "value": f"{n}", **more} for n in range(count)]


def field(custom_id: str = "words", label: str = "x", **more: Any) -> dict[str, Any]:
    inner = {"type": 4, "custom_id": custom_id, "style": 2, **more}
    return {"type": 18, "label": label, "component": inner}


def asks(kind: int, count: int, **more: Any) -> dict[str, Any]:
    inner = {"type": kind, "custom_id": "pick", "options": options(count), **more}
    return {"type": 18, "label": "x", "component": inner}


def modal(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "x", "custom_id": "a", "components": list(components or [field()]), **more}


GOOD_MESSAGES = (
    message(box(text("x" * 4000), row(*(button(custom_id=f"{n}") for n in range(5))))),
    message(*(text() for _ in range(40))),
    message(row(button(custom_id="a" * 100, label="x" * 80))),
    {"content": "x" * 2000, "allowed_mentions": {"parse": []}},
)
BAD_MESSAGES = (
    message(button()),
    message(row(*(button(custom_id=f"{n}") for n in range(6)))),
    message(row(button("x" * 81))),
    message(row(button(custom_id="a" * 101))),
    message(row(button(), button())),
    message(text(id=7), text(id=7)),
    message(text("x" * 2001), text("x" * 2000)),
    message(text("")),
    message(*(text() for _ in range(41))),
    message(text(), content="x"),
    message(),
    message(box()),
    message(row()),
    message(row({"type": 3, "custom_id": "a", "options": options(26)})),
    {**message(text()), "flags": 0},
    {"content": "x" * 2001, "allowed_mentions": {"parse": []}},
    {"content": "", "allowed_mentions": {"parse": []}},
    message({"type": 4, "custom_id": "a", "style": 1}),
)
GOOD_MODALS = (
    modal(field(value="x" * 4000)),
    modal(text("x" * 4000), asks(21, 10), asks(22, 1) | {"component": asks(22, 1)["component"] | {"custom_id": "b"}}),
    modal(asks(3, 25, max_values=25)),
    modal({"type": 18, "label": "x", "component": {"type": 5, "custom_id": "p", "required": False, "min_values": 0}}),
)
BAD_MODALS = (
    modal(title="x" * 46),
    modal(title=""),
    modal(custom_id="a" * 101),
    modal(*(field(custom_id=f"{n}") for n in range(6))),
    modal(field(), field()),
    modal(field(label="x" * 46)),
    modal(field(max_length=4001)),
    modal(field(max_length=10, value="x" * 11)),
    modal(asks(21, 1)),
    modal(asks(21, 11)),
    modal(asks(22, 11)),
    modal(asks(3, 26)),
    modal(row(button())),
    modal(text("")),
)


@pytest.mark.parametrize("body", GOOD_MESSAGES)
def test_messages_that_discord_takes_pass(body: dict[str, Any]) -> None:
    check_message(body)
    assert list(discord_oracle.faults_of(POST, body)) == []


@needs_spec
@pytest.mark.parametrize("body", BAD_MESSAGES)
def test_messages_that_discord_refuses_are_named_twice(body: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        check_message(body)
    assert list(discord_oracle.faults_of(POST, body))


@pytest.mark.parametrize("data", GOOD_MODALS)
def test_modals_that_discord_takes_pass(data: dict[str, Any]) -> None:
    check_modal(data)
    assert list(discord_oracle.faults_of(CALLBACK, {"type": 9, "data": data})) == []


@needs_spec
@pytest.mark.parametrize("data", BAD_MODALS)
def test_modals_that_discord_refuses_are_named_twice(data: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        check_modal(data)
    assert list(discord_oracle.faults_of(CALLBACK, {"type": 9, "data": data}))


def test_a_message_that_may_call_people_is_named() -> None:
    free = {name: part for name, part in message(text("@everyone")).items() if name != "allowed_mentions"}
    assert list(discord_oracle.faults_of(POST, free))
