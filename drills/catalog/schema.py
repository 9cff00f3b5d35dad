"""The drill format as JSON Schema, so that editors complete keys and underline faults while a drill is written."""

from __future__ import annotations

import json
from typing import Any

from drills.catalog.file import WrittenDrill
from drills.drill import Kind

FILE_NAME = "drill.schema.json"


def drill_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a drill file. It knows the shape; the linter knows the rest."""
    schema = WrittenDrill.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "allOf": [
            _needs(Kind.AI_SECOND_LOOK, ["reliance"]),
            _needs(Kind.RELAY, ["steps"], otherwise=["ask", "rubric", "model_answer"]),
        ],
    }


def drill_schema_text() -> str:
    """The same as the text of `drill.schema.json`."""
    return json.dumps(drill_schema(), indent=2, ensure_ascii=False) + "\n"


def _needs(kind: Kind, keys: list[str], otherwise: list[str] | None = None) -> dict[str, Any]:
    rule: dict[str, Any] = {"if": {"properties": {"kind": {"const": kind.value}}}, "then": _said(keys)}
    return {**rule, "else": _said(otherwise)} if otherwise else rule


def _said(keys: list[str]) -> dict[str, Any]:
    """The keys are there, and not as `null`."""
    return {"required": keys, "properties": {key: {"not": {"type": "null"}} for key in keys}}
