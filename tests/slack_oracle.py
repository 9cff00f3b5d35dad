"""Every body that we sent to Slack, read by Slack's own models, by their block schema, and by our rules.

`check` raises one AssertionError that names each body and its faults.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import jsonschema
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

if TYPE_CHECKING:
    from fake_slack.slack_world import Sent

Json: TypeAlias = dict[str, Any]
SCHEMA = Path(__file__).parents[2] / "shared" / "specs" / "slack_types.schema.json"
NO_SCHEMA = f"Slack's block schema is not here ({SCHEMA.name} in shared/specs)"
MESSAGE_CHARACTERS = 13_200
"""Undocumented: above it Slack answers msg_blocks_too_long."""


def check(sent: Iterable[Sent]) -> None:
    faults = [f"{one.how}: {fault}" for one in sent for fault in faults_of(one.how, one.body)]
    assert not faults, "\n".join(["Slack may refuse what was sent:", *faults[:20]])


def faults_of(how: str, body: Json) -> Iterator[str]:
    view = body.get("view")
    if isinstance(view, dict):
        yield from _view_faults(view)
    blocks = body.get("blocks")
    if isinstance(blocks, list):
        yield from _message_faults(how, body, blocks)
    if how in {"chat.postMessage", "chat.postEphemeral", "chat.update"}:
        yield from _text_faults(body)


def _view_faults(view: Json) -> Iterator[str]:
    yield from _said_by_models(View, view)
    blocks = view.get("blocks", [])
    yield from _block_faults(blocks)
    kind = {"modal": "ModalView", "home": "HomeView"}[view["type"]]
    yield from _schema_faults(kind, view)
    if not 1 <= len(blocks) <= 100:
        yield f"{len(blocks)} blocks in a view"
    if view["type"] == "modal" and "submit" not in view and any(block["type"] == "input" for block in blocks):
        yield "an input needs a submit"
    for name, most in (("private_metadata", 3000), ("callback_id", 255)):
        if len(view.get(name, "")) > most:
            yield f"{name} is longer than {most}"
    if view.get("hash") == "":
        yield "an empty hash is a conflict"


def _message_faults(how: str, body: Json, blocks: list[Json]) -> Iterator[str]:
    yield from _block_faults(blocks)
    for block in blocks:
        yield from _schema_faults("KnownBlock", block)
    if len(blocks) > 50:
        yield f"{len(blocks)} blocks in a message"
    if _characters(blocks) > MESSAGE_CHARACTERS:
        yield f"{_characters(blocks)} characters in blocks"
    if blocks and not body.get("text"):
        yield "blocks without a text for notifications"
    if how.startswith("chat.post") and body.get("link_names"):
        yield "link_names turns names into mentions"


def _text_faults(body: Json) -> Iterator[str]:
    if len(body.get("text") or "") > 4000:
        yield f"text of {len(body['text'])} characters; Slack advises 4,000"
    if body.get("metadata") and not isinstance(body["metadata"], dict):
        yield "metadata is no object"


def _block_faults(blocks: list[Json]) -> Iterator[str]:
    for block, parsed in zip(blocks, Block.parse_all(blocks), strict=True):
        if parsed is None:
            yield f"slack_sdk knows no block {block.get('type')!r}"
            continue
        yield from (f"{block['type']}: {fault}" for part in _parts(parsed) for fault in _invalid(part))
    yield from _our_rules(blocks)


def _said_by_models(model: type[View], body: Json) -> Iterator[str]:
    try:
        yield from _invalid(model(**{name: value for name, value in body.items() if name != "type"}, type=body["type"]))
    except (SlackObjectFormationError, TypeError) as bad:
        yield f"view: {bad}"


def _invalid(part: JsonObject) -> Iterator[str]:
    try:
        part.validate_json()
    except SlackObjectFormationError as bad:
        yield str(bad)


def _parts(value: object) -> Iterator[JsonObject]:
    """An object and every one inside it."""
    if isinstance(value, JsonObject):
        yield value
        for inner in vars(value).values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)


def _our_rules(blocks: list[Json]) -> Iterator[str]:
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {id_!r} stands {times} times" for id_, times in ids.items() if times > 1)
    for block in blocks:
        elements = [*(block.get("elements") or []), block.get("element"), block.get("accessory")]
        known = [element for element in elements if isinstance(element, dict)]
        actions = Counter(element["action_id"] for element in known if "action_id" in element)
        yield from (f"action_id {id_!r} stands {times} times" for id_, times in actions.items() if times > 1)
        for element in known:
            yield from _element_rules(element)
        for field in block.get("fields") or []:
            if not 1 <= len(field["text"]) <= 2000:
                yield f"a field of {len(field['text'])} characters"
        text = block.get("text")
        if isinstance(text, dict) and not text.get("text"):
            yield f"an empty text in a {block['type']}"


def _element_rules(element: Json) -> Iterator[str]:
    if "action_id" in element and not 1 <= len(element["action_id"]) <= 255:
        yield f"action_id of {len(element['action_id'])} characters"
    if element.get("type") == "plain_text_input" and not 1 <= element.get("max_length", 1) <= 3000:
        yield f"max_length {element['max_length']}"
    if "options" in element and not element["options"]:
        yield f"a {element['type']} without options"
    for option in element.get("options") or []:
        if len(option["text"]["text"]) > 75 or len(option["value"]) > 150:
            yield f"an option is too long: {option['text']['text'][:80]!r}"


def _characters(value: object) -> int:
    if isinstance(value, dict):
        return sum(
            len(part) if name == "text" and isinstance(part, str) else _characters(part) for name, part in value.items()
        )
    return sum(map(_characters, value)) if isinstance(value, list) else 0


def _schema_faults(definition: str, value: Json) -> Iterator[str]:
    if not SCHEMA.exists():
        return
    if value.get("type") in _NEWER_THAN_SCHEMA:
        return
    error = jsonschema.exceptions.best_match(_validator(definition).iter_errors(value))
    if error:
        yield f"{definition} {value.get('type')}: {error.json_path}: {error.message[:300]}"


_NEWER_THAN_SCHEMA = {"data_visualization"}


@cache
def _validator(definition: str) -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]})
