"""A campaign file as plain data and as text, both ways: what forms change is the file itself, one key a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from drills.catalog.campaigns import lint_campaign
from drills.catalog.library import Library
from drills.catalog.source import read_source

Data: TypeAlias = Mapping[str, Any]
"""A campaign file as YAML reads it: lists, mappings, text and numbers."""

_KEYS = (
    *("schema", "id", "title", "note", "drills", "teams", "tz", "cadence", "starts", "ends", "quiet"),
    *("window_hours", "reminders", "per_week", "order", "feedback", "friday_reflection"),
)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/-]*|\d{4}-\d\d-\d\d")
_NO_WORDS = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}  # for one reader of YAML or another


def data_of(text: str) -> dict[str, Any]:
    """What a file says, without its comments; empty for text that is no file of ours."""
    data = read_source(text).data
    return dict(data) if isinstance(data, dict) else {}


def text_of_data(data: Data) -> str:
    """The inverse, in the order in which the guide shows the keys. Keys that are None are left out."""
    return "".join(f"{key}: {_value(data[key])}\n" for key in _in_order(data))


def faults_of_data(data: Data, library: Library) -> dict[str, str]:
    """The linter's own sentences by the top-level key that they are about; empty when there are no errors."""
    keys = _in_order(data)
    faults: dict[str, str] = {}
    for fault in lint_campaign(text_of_data(data), library):
        if fault.severity == "error":
            key = keys[min(fault.line, len(keys)) - 1]
            faults[key] = f"{faults[key]} {fault.message}" if key in faults else fault.message
    return faults


def _in_order(data: Data) -> list[str]:
    known = [key for key in _KEYS if data.get(key) is not None]
    return [*known, *(key for key in data if key not in _KEYS and data[key] is not None)]


def _value(value: Any) -> str:
    """In one line, as the guide writes it. JSON's quoted text is YAML's too, so nothing is read as a time or a yes."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_value(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case str() if _PLAIN.fullmatch(value) and value.lower() not in _NO_WORDS:
            return value
        case _:
            return json.dumps(value, ensure_ascii=isinstance(value, str) and not value.isprintable())
