"""A rule for first drafts: what `readback drills new` wrote for the author's guidance is no drill text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw
from drills.catalog.scaffold import TO_REPLACE

_TO_DO = re.compile(r"\b(?:TODO|TBD|FIXME|XXX)\b|lorem ipsum", re.IGNORECASE)


def guidance_is_replaced(raw: Raw) -> Iterator[Finding]:
    for path, text in raw.texts():
        if text.strip() in TO_REPLACE:
            message = f"“{text.strip()}” is still the first draft's guidance. Write your own text."
            yield Finding(path, message, "warning")


def nothing_is_to_do(raw: Raw) -> Iterator[Finding]:
    for path, text in raw.texts():
        found = _TO_DO.search(text)
        if found:
            message = f"“{found[0]}”: something is still to be written here."
            yield Finding(path, message, "warning", word=found[0])


RULES = (guidance_is_replaced, nothing_is_to_do)
