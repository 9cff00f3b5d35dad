"""Rules for `{{name}}`: every name has a value in every variant, and every variant is a complete set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rendering import PLACEHOLDER, UNBOUND_KEYS
from drills.catalog.rules.raw import Raw
from drills.catalog.source import Path
from drills.drill import BASE_VARIANT

_BRACES = re.compile(r"(\{\{|\}\})[^{}\n]{0,12}")  # with what follows, so that its place can be found


def every_name_has_a_value(raw: Raw) -> Iterator[Finding]:
    known = set(raw.keys("params"))
    if raw.given("params") and not isinstance(raw.at("params"), dict):
        return  # reported as a wrong type; all names would be unknown
    for path, text in _binding_texts(raw):
        for found in PLACEHOLDER.finditer(text):
            if found[1] not in known:
                message = f"`{found[0]}` has no value: `params` has no `{found[1]}`."
                yield Finding(path, message, word=found[0])


def braces_enclose_one_name(raw: Raw) -> Iterator[Finding]:
    for path, text in _binding_texts(raw):
        rest = PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
        stray = _BRACES.search(rest)
        if stray:
            message = f"`{stray[1]}` must belong to one name of letters, digits and underscores, such as {{{{hr}}}}."
            yield Finding(path, message, word=stray[0])


def values_are_plain(raw: Raw) -> Iterator[Finding]:
    for path, text in raw.texts():
        if path[0] in UNBOUND_KEYS and ("{{" in text or "}}" in text):
            yield Finding(path, "A value may not contain `{{` or `}}` itself.")


def variants_are_complete(raw: Raw) -> Iterator[Finding]:
    """Values were checked together by a clinician, so a variant never borrows one from the base."""
    base = raw.keys("params")
    for name in raw.keys("variants"):
        if not isinstance(raw.at("variants", name), dict):
            continue
        own = raw.keys("variants", name)
        missing = [f"`{param}`" for param in base if param not in own]
        if missing:
            yield Finding(("variants", name), f"Variant `{name}` lacks {', '.join(missing)}.", at_key=True)
        for param in own:
            if param not in base:
                message = f"Variant `{name}` sets `{param}`, which `params` does not have."
                yield Finding(("variants", name, param), message, at_key=True)


def base_has_its_name(raw: Raw) -> Iterator[Finding]:
    if BASE_VARIANT in raw.keys("variants"):
        message = f"`{BASE_VARIANT}` is the name of the drill's own `params`. Call this variant b."
        yield Finding(("variants", BASE_VARIANT), message, at_key=True)


def every_value_is_used(raw: Raw) -> Iterator[Finding]:
    used = {found[1] for _, text in _binding_texts(raw) for found in PLACEHOLDER.finditer(text)}
    for param in raw.keys("params"):
        if param not in used:
            yield Finding(("params", param), f"`{param}` is not used in any text.", "warning", at_key=True)


def _binding_texts(raw: Raw) -> Iterator[tuple[Path, str]]:
    return ((path, text) for path, text in raw.texts() if path[0] not in UNBOUND_KEYS)


RULES = (
    every_name_has_a_value,
    braces_enclose_one_name,
    values_are_plain,
    variants_are_complete,
    base_has_its_name,
    every_value_is_used,
)
