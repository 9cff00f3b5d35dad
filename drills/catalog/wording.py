"""A schema's complaints in a clinician's words."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from drills.catalog import campaign_file, file
from drills.catalog.faults import Finding
from drills.catalog.source import Path, Source

_PATTERNS = {
    file.FILLED: "{key} is empty. Write something, or leave the key out if it may be left out.",
    file.DRILL_ID: "{key} must be small letters, digits and single hyphens, such as sbar-001-night-call.",
    file.WORD_ID: "{key} must be one word of small letters, digits and underscores, beginning with a letter.",
    file.PARAM_NAME: "{key} must be one word of letters, digits and underscores, beginning with a letter.",
    file.MRN: "{key} must be DRILL- and four digits, such as DRILL-0001. Never use a real number.",
    file.VERSION: "{key} must be three numbers with dots, such as 1.0.0.",
    file.DATE: "{key} must be a day such as 2026-01-31.",
    campaign_file.CAMPAIGN_ID: "{key} must be small letters, digits and single hyphens, such as spring-handoffs.",
    campaign_file.TIME: "{key} must be a time of day such as 21:00.",
}

_TYPES = {
    "missing": "{key} is missing.",
    "string_type": "{key} must be text, and this is {given}. {text_hint}",
    "int_type": "{key} must be a whole number, and this is {given}.",
    "int_from_float": "{key} must be a whole number.",
    "float_type": "{key} must be a number, and this is {given}.",
    "bool_type": "{key} must be true or false, and this is {given}.",
    "list_type": "{key} must be a list, and this is {given}. Write [one, two], or one line with a dash for each.",
    "dict_type": "{key} must have keys and values of its own, and this is {given}.",
    "model_type": "{key} must have keys and values of its own, and this is {given}.",
    "greater_than": "{key} must be more than {gt}.",
    "greater_than_equal": "{key} must be {ge} or more.",
    "less_than": "{key} must be less than {lt}.",
    "less_than_equal": "{key} must be {le} or less.",
    "string_too_short": "{key} must have {min_length} characters or more.",
    "string_too_long": "{key} must have {max_length} characters or fewer.",
    "too_short": "{key} needs {min_length} or more entries and has {actual_length}.",
    "too_long": "{key} may have {max_length} entries and has {actual_length}.",
    "enum": "{key} must be one of: {choices}.",
    "literal_error": "{key} must be {choices}.",
}

_ANYTHING_ELSE = "{key} does not fit here."


def findings(
    error: ValidationError, source: Source, model: type[BaseModel] = file.WrittenDrill, called: str = "drill file"
) -> Iterator[Finding]:
    """One finding for each complaint about a file of this model. Works for every complaint that pydantic has."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "extra_forbidden":
            path, _ = _place(detail["loc"])
            yield Finding(path, _unknown_key(path, model, called), at_key=True)
        else:
            yield _finding(detail, source)


def _finding(detail: ErrorDetails, source: Source) -> Finding:
    path, at_key = _place(detail["loc"])
    message = _sentence(detail, path)
    if detail["type"] == "missing":
        return Finding(path[:-1], message, at_key=True)
    return Finding(path, message, at_key=at_key or path in source.left_empty)


def _place(loc: Sequence[str | int]) -> tuple[Path, bool]:
    """Where pydantic points. It marks a complaint about a mapping's key with a last word `[key]`."""
    if loc and loc[-1] == "[key]":
        return tuple(loc[:-1]), True
    return tuple(loc), False


def _sentence(detail: ErrorDetails, path: Path) -> str:
    context = detail.get("ctx") or {}
    key = named(path)
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(str(context.get("pattern")), _ANYTHING_ELSE).format(key=key)
    given = _exactly(detail["input"]) if detail["type"] == "int_type" else _given(detail["input"])
    facts = {
        **{name: f"{value:g}" if isinstance(value, float) else value for name, value in context.items()},
        "key": key,
        "given": given,
        "choices": _choices(str(context.get("expected", ""))),
        "text_hint": "Put it in quotation marks." if given == "a number" else "",
    }
    return _TYPES.get(detail["type"], _ANYTHING_ELSE).format_map(_Known(facts)).strip()


class _Known(dict[str, object]):
    """Leaves out what a complaint does not say."""

    def __missing__(self, key: str) -> str:
        return "?"


def named(path: Path) -> str:
    """How a person would call a place: `weight`, or entry 2 of `facts`."""
    if not path:
        return "The file"
    last = path[-1]
    if isinstance(last, int):
        owner = path[-2] if len(path) > 1 else "the file"
        return f"Entry {last + 1} of `{owner}`"
    return f"`{last}`"


def _choices(expected: str) -> str:
    return expected.replace("'", "").replace("True", "true")


def _given(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a block of keys"


def _exactly(value: Any) -> str:
    """A number that is not whole, as it stands: “this is a number” says nothing beside “a whole number”."""
    return f"{float(value)!r}" if isinstance(value, float) else _given(value)


def _unknown_key(path: Path, model: type[BaseModel], called: str) -> str:
    known = sorted(_keys_at(path[:-1], model))
    near = get_close_matches(str(path[-1]), known, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(known)}."
    return f"`{path[-1]}` is no key of a {called} at this place. {hint}"


def _keys_at(path: Path, whole: type[BaseModel]) -> list[str]:
    model: Any = whole
    for part in path:
        model = _step_into(model, part)
    return [field.alias or name for name, field in _fields(model).items()]


def _fields(model: Any) -> Mapping[str, Any]:
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _step_into(model: Any, part: str | int) -> Any:
    """The annotation one key or one list entry further in."""
    if isinstance(part, int):
        return _inner(get_args(model)[0]) if get_args(model) else None
    for name, field in _fields(model).items():
        if part in {name, field.alias}:
            return _inner(field.annotation)
    return None


def _inner(annotation: Any) -> Any:
    """An annotation without its `| None`."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation
