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
    for block in blocks:
        yield from (f"{block.get('type')}: {fault}" for fault in _block_said_by_models(block))
    yield from _our_rules(blocks)


def _block_said_by_models(block: Json) -> Iterator[str]:
    try:
        parsed = Block.parse(block)
    except TypeError as bad:
        yield str(bad)
        return
    if parsed is None:
        yield "slack_sdk knows no such block"
    yield from (fault for part in _parts(parsed) for fault in _invalid(part))


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
    most = 10 if element.get("type") in {"radio_buttons", "checkboxes"} else 100
    if "options" in element and not 1 <= len(element["options"]) <= most:
        yield f"a {element['type']} with {len(element['options'])} options"
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
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    quick = jsonschema.validators.extend(jsonschema.Draft7Validator, {"anyOf": _AnyOfTheSameType(definitions)})
    return quick({"$ref": f"#/definitions/{definition}", "definitions": definitions})


class _AnyOfTheSameType:
    """`anyOf` that looks only at the definitions of the value's own `type`: a hundred times quicker, and says more."""

    def __init__(self, definitions: Json) -> None:
        self._definitions = definitions
        self._known: dict[str, frozenset[str] | None] = {}

    def __call__(self, validator: Any, options: list[Json], value: object, schema: Json) -> Iterator[Any]:
        named = value.get("type") if isinstance(value, dict) else None
        fitting = (
            [one for one in options if (types := self._types(one)) is None or named in types] if named else options
        )
        if len(fitting) == 1:
            yield from validator.descend(value, fitting[0])
        elif not any(validator.evolve(schema=one).is_valid(value) for one in fitting):
            yield jsonschema.ValidationError(f"{json.dumps(value)[:200]} is none of what may stand here")

    def _types(self, schema: Json) -> frozenset[str] | None:
        """The values of `type` that a schema takes; None when it doesn't say."""
        name = schema.get("$ref", "").rpartition("/")[2]
        if not name:
            return self._said(schema)
        if name not in self._known:
            self._known[name] = self._types(self._definitions[name])
        return self._known[name]

    def _said(self, schema: Json) -> frozenset[str] | None:
        if "anyOf" in schema:
            parts = [self._types(one) for one in schema["anyOf"]]
            return None if None in parts else frozenset().union(*(part for part in parts if part))
        said = schema.get("properties", {}).get("type", {})
        if "const" in said:
            return frozenset({said["const"]})
        return frozenset(said["enum"]) if "enum" in said else None
