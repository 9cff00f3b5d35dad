"""Every body that we sent to Discord, read by Discord's own API description and by our rules.

`check` raises one AssertionError that names each body and its faults. What Discord's description leaves out (its
README says: a public preview) stands in `_our_rules`; platforms.md §2 has the list of what it misses.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from fake_discord.discord_world import Call

Json: TypeAlias = dict[str, Any]
SPEC = Path(__file__).parents[2] / "shared" / "specs" / "discord_openapi.json"
NO_SPEC = f"Discord's API description is not here ({SPEC.name} in shared/specs)"
needs_spec = pytest.mark.skipif(not SPEC.exists(), reason=NO_SPEC)
V2 = 1 << 15
_ROW, _BUTTON, _DISPLAY, _LABEL, _TEXT = 1, 2, 10, 18, 4
_MODAL = 9
_SAYS_NOTHING = {5, 6}
_TO_PEOPLE = ("/messages", "/callback", "{webhook_token}")


def check(calls: Iterable[Call]) -> None:
    """Of calls that met no made-up trouble: those are bodies too, and are read like all others."""
    faults = [f"{call.name}: {fault}" for call in calls for fault in faults_of(call.name, call.body)]
    assert not faults, "\n".join(["Discord may refuse what was sent:", *faults[:20]])


def faults_of(name: str, body: Json) -> Iterator[str]:
    """`name` is a method and a path of Discord's description; a body that is a list stands under "[]"."""
    whole: object = body.get("[]", body)
    if whole:
        yield from _schema_faults(name, whole)
    if isinstance(whole, list):
        yield from _command_faults(whole)
    elif name.endswith("/callback") and body.get("type") == _MODAL:
        yield from _modal_rules(body.get("data") or {})
    elif name.startswith(("POST", "PATCH")) and any(part in name for part in _TO_PEOPLE) and "/threads" not in name:
        inner = body.get("data") or {} if name.endswith("/callback") else body
        if not (name.endswith("/callback") and body.get("type") in _SAYS_NOTHING):
            yield from _message_rules(inner, new=name.startswith("POST"))


def _message_rules(body: Json, *, new: bool) -> Iterator[str]:
    components = body.get("components") or []
    if body.get("flags", 0) & V2:
        if body.get("content") or body.get("embeds"):
            yield "content or embeds beside components of version 2"
        parts = list(_walk(components))
        if not 1 <= len(parts) <= 40:
            yield f"{len(parts)} components"
        said = sum(len(part.get("content") or "") for part in parts if part.get("type") == _DISPLAY)
        if said > 4000:
            yield f"{said} characters of text"
    elif any(part.get("type") != _ROW for part in components):
        yield "components of version 2 without their flag"
    elif new and not (body.get("content") or body.get("embeds") or components):
        yield "an empty message"
    if len(body.get("content") or "") > 2000:
        yield f"content of {len(body['content'])} characters"
    if "allowed_mentions" not in body or body["allowed_mentions"].get("parse") != []:
        yield "it may call people: allowed_mentions is not none"
    yield from _component_rules(components)


def _modal_rules(data: Json) -> Iterator[str]:
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        yield f"{len(components)} rows in a modal"
    for one in _walk(components):
        if one.get("type") == _TEXT and len(one.get("value") or "") > (one.get("max_length") or 4000):
            yield f"a text of {len(one['value'])} in a field for {one.get('max_length')}"
    yield from _component_rules(components)


def _component_rules(components: list[Json]) -> Iterator[str]:
    parts = list(_walk(components))
    for name in ("custom_id", "id"):
        times = Counter(part[name] for part in parts if part.get(name))
        yield from (f"{name} {value!r} stands {count} times" for value, count in times.items() if count > 1)
    for part in parts:
        if part.get("type") == _DISPLAY and not str(part.get("content") or "").strip():
            yield "an empty text"
        if part.get("type") == _BUTTON and not str(part.get("label") or "").strip():
            yield "a button that says nothing"
        if part.get("type") == _ROW and not 1 <= len(part.get("components") or []) <= 5:
            yield f"{len(part.get('components') or [])} in a row"
        values = [option["value"] for option in part.get("options") or () if "value" in option]
        if len(set(values)) < len(values):
            yield "an option's value stands twice"


def _command_faults(commands: list[Json]) -> Iterator[str]:
    kinds = Counter(command.get("type", 1) for command in commands)
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        if kinds[kind] > most:
            yield f"{kinds[kind]} commands of type {kind}"
    for command in commands:
        if (said := _said(command)) > 8000:
            yield f"/{command['name']} has {said} characters"


def _said(command: Json) -> int:
    own = len(command.get("name") or "") + len(command.get("description") or "")
    return own + sum(_said(option) for option in command.get("options") or ())


def _walk(components: Iterable[Json]) -> Iterator[Json]:
    for one in components:
        yield one
        inner = [*(one.get("components") or ()), one.get("component"), one.get("accessory")]
        yield from _walk(part for part in inner if isinstance(part, dict))


def _schema_faults(name: str, body: object) -> Iterator[str]:
    if not SPEC.exists():
        return
    method, path = name.split(" ")
    found = _body_schema(method.lower(), path)
    if found is None:
        return
    error = jsonschema.exceptions.best_match(_validator(found).iter_errors(body))
    if error:
        yield f"{error.json_path}: {error.message[:300]}"


@cache
def _spec() -> Json:
    return dict(json.loads(SPEC.read_text(encoding="utf-8")))


@cache
def _body_schema(method: str, path: str) -> str | None:
    """Where the description keeps it; None where it takes no body, or knows no such call."""
    content = _spec()["paths"].get(path, {}).get(method, {}).get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    escaped = path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    return f"#/paths/{escaped}/{method}/requestBody/content/application~1json/schema"


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource("spec", Resource.from_contents(_spec(), default_specification=DRAFT202012))


@cache
def _validator(pointer: str) -> Any:
    """`oneOf` is read as Discord reads it, by the component's own type: quicker, and it says more."""
    quick = jsonschema.validators.extend(
        jsonschema.Draft202012Validator, {"oneOf": _of_the_same_type, "anyOf": _of_the_same_type}
    )
    return quick({"$ref": f"spec{pointer}"}, registry=_registry())


def _of_the_same_type(validator: Any, options: list[Json], value: object, schema: Json) -> Iterator[Any]:
    named = value.get("type") if isinstance(value, dict) else None
    fitting = [one for one in options if named is None or (types := _types(one)) is None or named in types]
    if len(fitting) == 1:
        yield from validator.descend(value, fitting[0])
    elif not any(validator.evolve(schema=one).is_valid(value) for one in fitting):
        yield jsonschema.ValidationError(f"{json.dumps(value)[:200]} is none of what may stand here")


def _types(schema: Json) -> frozenset[Any] | None:
    """The values of `type` that a schema takes; None when it doesn't say."""
    reference = str(schema.get("$ref", ""))
    if reference:
        return _named_types(reference.rpartition("/")[2])
    said = schema.get("properties", {}).get("type", {})
    return frozenset(said["enum"]) if "enum" in said else None


@cache
def _named_types(name: str) -> frozenset[Any] | None:
    return _types(_spec()["components"]["schemas"][name])
