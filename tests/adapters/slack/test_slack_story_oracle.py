"""The oracle itself: what Slack would refuse is named, what it takes passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import slack_oracle
from fake_slack.slack_world import Sent


def words(text: str = "x") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": words(text), **more}


def button(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": words(text), "action_id": "a", **more}


def actions(*elements: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def field(**element: Any) -> dict[str, Any]:
    return {"type": "input", "label": words(), "element": {"type": "plain_text_input", "action_id": "a", **element}}


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": words(), "submit": words(), "blocks": [field()], **more}


TEXT_ITEM = {"type": "text", "text": "x"}
OPTION = {"text": words(), "value": "v"}

GOOD_BLOCKS = (
    [section(), {"type": "divider"}, {"type": "header", "text": words()}, actions(button(), button(action_id="b"))],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [TEXT_ITEM]}]}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_text", "text": "b"}]]}],
    [{"type": "context", "elements": [words()]}],
)

BAD_BLOCKS = (
    [section("x" * 3001)],
    [section("")],
    [{"type": "section"}],
    [section(fields=[words("x" * 2001)])],
    [section(fields=[words()] * 11)],
    [{"type": "header", "text": words("x" * 151)}],
    [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    [{"type": "context", "elements": [words()] * 11}],
    [actions(*(button(action_id=str(number)) for number in range(26)))],
    [actions(button("x" * 76))],
    [actions(button(), button())],
    [actions(button(style="loud"))],
    [actions(button(value="x" * 2001))],
    [actions(button(action_id="a" * 256))],
    [actions({"type": "static_select", "action_id": "a", "options": []})],
    [actions({"type": "static_select", "action_id": "a", "options": [{"text": words("x" * 76), "value": "v"}]})],
    [actions({"type": "static_select", "action_id": "a", "options": [{"text": words(), "value": "v" * 151}]})],
    [actions({"type": "radio_buttons", "action_id": "a", "options": [OPTION] * 11})],
    [actions(field())],
    [{"type": "marquee", "text": words()}],
    [{"type": "image", "image_url": "https://example.org/a.png"}],
    [section(block_id="b" * 256)],
    [section(block_id="b"), section(block_id="b")],
    [section("x" * 2900)] * 5,
    [section()] * 51,
)

BAD_VIEWS = (
    modal(title=words("x" * 25)),
    modal(private_metadata="x" * 3001),
    modal(callback_id="x" * 256),
    modal(blocks=[section()] * 101),
    modal(blocks=[field(max_length=3001)]),
    modal(hash=""),
    {"type": "modal", "title": words(), "blocks": [field()]},
    {"type": "home", "title": words(), "blocks": [section()]},
)


@pytest.mark.parametrize("blocks", GOOD_BLOCKS)
def test_blocks_that_slack_takes_pass(blocks: list[dict[str, Any]]) -> None:
    slack_oracle.check([Sent("chat.postMessage", {"channel": "C1", "text": "x", "blocks": blocks})])


@pytest.mark.parametrize("blocks", BAD_BLOCKS)
def test_blocks_that_slack_refuses_are_named(blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(AssertionError, match=r"chat\.postMessage"):
        slack_oracle.check([Sent("chat.postMessage", {"channel": "C1", "text": "x", "blocks": blocks})])


def test_views_that_slack_takes_pass() -> None:
    home = {"type": "home", "blocks": [section()]}
    slack_oracle.check([Sent("views.open", {"view": modal()}), Sent("views.publish", {"user_id": "U1", "view": home})])


@pytest.mark.parametrize("view", BAD_VIEWS)
def test_views_that_slack_refuses_are_named(view: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match=r"views\.open"):
        slack_oracle.check([Sent("views.open", {"view": view})])


@pytest.mark.parametrize("more", [{"text": ""}, {"text": "x" * 4001}, {"link_names": True}, {"metadata": "k1"}])
def test_words_for_notifications_and_metadata_are_looked_at(more: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        slack_oracle.check([Sent("chat.postMessage", {"text": "x", "blocks": [section()], **more})])


@pytest.mark.skipif(not slack_oracle.SCHEMA.exists(), reason=slack_oracle.NO_SCHEMA)
def test_a_key_that_slack_does_not_know_is_named_by_its_own_schema() -> None:
    with pytest.raises(AssertionError, match="KnownBlock"):
        slack_oracle.check([Sent("chat.postMessage", {"text": "x", "blocks": [section(colour="red")]})])
