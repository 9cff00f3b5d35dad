"""What Slack refuses in blocks and views, in its own words: `invalid_blocks` with the reason beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fake_slack.slack_state import Json, Refused

MESSAGE_BLOCKS, VIEW_BLOCKS, MESSAGE_CHARACTERS = 50, 100, 13_200
_TEXTS = {"plain_text", "mrkdwn"}
_LIMITS = {"section": 3000, "header": 150, "input": 2000, "context": 3000, "markdown": 12_000}
_ELEMENTS = {"actions": 25, "context": 10}
_KNOWN = {
    *("section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown", "table"),
    *("data_table", "data_visualization", "alert", "card", "carousel", "container", "context_actions"),
    *("plan", "task_card", "video", "file"),
}
_IN_MODALS_ONLY = {"alert"}
_NOT_IN_MODALS = {"table", "data_table", "data_visualization", "markdown"}


def check_message(blocks: list[Json], refuses: set[str]) -> None:
    """Raises Refused. `refuses` are kinds of block that this Slack does not know yet."""
    if len(blocks) > MESSAGE_BLOCKS:
        raise _bad("invalid_blocks", f"no more than {MESSAGE_BLOCKS} items allowed [json-pointer:/blocks]")
    faults = list(_faults(blocks, refuses | _IN_MODALS_ONLY))
    if faults:
        raise _bad("invalid_blocks", *faults)
    if len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE_CHARACTERS * 2 or _words(blocks) > MESSAGE_CHARACTERS:
        raise Refused("msg_blocks_too_long")


def check_view(view: Json, kind: str, refuses: set[str]) -> None:
    """Raises Refused."""
    if view.get("type") != kind:
        raise _bad("invalid_arguments", f"must be {kind} [json-pointer:/view/type]")
    blocks = view.get("blocks") or []
    forbidden = _NOT_IN_MODALS if kind == "modal" else _IN_MODALS_ONLY
    faults = [*_view_faults(view, kind, blocks), *_faults(blocks, refuses | forbidden)]
    if faults:
        raise _bad("invalid_arguments", *faults)
    if len(json.dumps(view)) > 250_000:
        raise Refused("view_too_large")


def _view_faults(view: Json, kind: str, blocks: list[Json]) -> Iterator[str]:
    if not blocks or len(blocks) > VIEW_BLOCKS:
        yield f"1 to {VIEW_BLOCKS} items [json-pointer:/view/blocks]"
    for name, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if len(view.get(name) or "") > limit:
            yield f"no more than {limit} characters [json-pointer:/view/{name}]"
    for name in ("title", "submit", "close"):
        if kind == "modal" and name in view and not 1 <= len(view[name]["text"]) <= 24:
            yield f"1 to 24 characters [json-pointer:/view/{name}]"
        if kind == "home" and name in view:
            yield f"no more properties allowed [json-pointer:/view/{name}]"
    if kind == "modal" and "title" not in view:
        yield "missing required field: title [json-pointer:/view]"
    if kind == "modal" and "submit" not in view and any(block["type"] == "input" for block in blocks):
        yield "submit is required when there is an input [json-pointer:/view/submit]"


def _faults(blocks: list[Json], refuses: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"[json-pointer:/blocks/{number}]"
        kind = block.get("type")
        if kind not in _KNOWN or kind in refuses:
            yield f"unsupported type: {kind} {at}"
            continue
        id_ = block.get("block_id")
        if id_ is not None and (id_ in seen or not 1 <= len(id_) <= 255):
            yield f"block_id {id_!r} is a duplicate, empty or too long {at}"
        seen |= {id_} if id_ else set()
        yield from (f"{fault} {at}" for fault in _block_faults(block))


def _block_faults(block: Json) -> Iterator[str]:
    kind = block["type"]
    elements = block.get("elements") or []
    if kind in _ELEMENTS and not 1 <= len(elements) <= _ELEMENTS[kind]:
        yield f"1 to {_ELEMENTS[kind]} elements"
    if kind == "section" and not (block.get("text") or block.get("fields")):
        yield "text or fields is required"
    if len(block.get("fields") or []) > 10:
        yield "no more than 10 fields"
    for text in [block.get("text"), block.get("label"), *(block.get("fields") or [])]:
        if isinstance(text, dict) and not 1 <= len(text["text"]) <= _LIMITS[kind]:
            yield f"text must be 1 to {_LIMITS[kind]} characters"
    if kind == "header" and block["text"]["type"] != "plain_text":
        yield "header must be plain_text"
    yield from _element_faults(block)


def _element_faults(block: Json) -> Iterator[str]:
    actions = [
        element
        for element in (*(block.get("elements") or []), block.get("element"), block.get("accessory"))
        if isinstance(element, dict)
    ]
    ids = [element["action_id"] for element in actions if "action_id" in element]
    if len(ids) != len(set(ids)):
        yield "action_id is a duplicate"
    if any(not 1 <= len(id_) <= 255 for id_ in ids):
        yield "action_id must be 1 to 255 characters"
    for element in actions:
        yield from _one_element(element)


def _one_element(element: Json) -> Iterator[str]:
    if element.get("type") == "button":
        if not 1 <= len(element["text"]["text"]) <= 75:
            yield "button text must be 1 to 75 characters"
        if len(element.get("value", "")) > 2000:
            yield "button value must be at most 2000 characters"
        if element.get("style", "primary") not in {"primary", "danger"}:
            yield "style must be primary or danger"
    if element.get("type") in _TEXTS and not element.get("text"):
        yield "text must be more than 0 characters"
    if element.get("type") == "plain_text_input" and not 1 <= element.get("max_length", 3000) <= 3000:
        yield "max_length must be 1 to 3000"
    if len(element.get("initial_value") or "") > element.get("max_length", 3000):
        yield "initial_value is longer than max_length"
    options = element.get("options")
    if options is not None:
        most = 10 if element["type"] in {"checkboxes", "radio_buttons"} else 100
        if not 1 <= len(options) <= most:
            yield f"1 to {most} options"
        for option in options:
            if not 1 <= len(option["text"]["text"]) <= 75 or not 1 <= len(option["value"]) <= 150:
                yield "option text must be 1 to 75 characters, its value 1 to 150"


def _words(value: Any) -> int:
    if isinstance(value, dict):
        return sum(
            len(part) if key == "text" and isinstance(part, str) else _words(part) for key, part in value.items()
        )
    return sum(map(_words, value)) if isinstance(value, list) else 0


def _bad(error: str, *messages: str) -> Refused:
    return Refused(error, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})
