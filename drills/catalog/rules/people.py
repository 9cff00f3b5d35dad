"""Rules for who reviewed a drill, who may answer it, and that nobody real is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw

# A label and a number: the shape in which real ones are copied from a chart.
_RECORD = re.compile(
    r"(?<![A-Za-z])(?:MRN|medical record|record number|patient (?:id|number)|NHS|SSN)(?![A-Za-z])"
    r"[ \t]*(?:no\.?|number|#)?[ \t]*[:#=]?[ \t]*([0-9][0-9 -]{3,}[0-9])",
    re.IGNORECASE,
)


def published_was_reviewed_twice(raw: Raw) -> Iterator[Finding]:
    if raw.text("status") != "published":
        return
    reviewers = list(raw.entries("reviewers"))
    professions = {raw.text(*path, "profession") for path in reviewers} - {""}
    if len(reviewers) < 2 or len(professions) < 2:
        message = "A published drill needs two reviewers of two professions under `reviewers`. Until then: draft."
        yield Finding(("status",), message)


def reviewed_names_a_reviewer(raw: Raw) -> Iterator[Finding]:
    if raw.text("status") == "reviewed" and not list(raw.entries("reviewers")):
        yield Finding(("status",), "A reviewed drill names its reviewer under `reviewers`. Until then: draft.")


def scope_notes_reach_somebody(raw: Raw) -> Iterator[Finding]:
    admitted = {raw.text("roles", "primary"), *(raw.text(*path) for path in raw.entries("roles", "also"))}
    if "any" in admitted:
        return
    for profession in raw.keys("roles", "scope_notes"):
        if profession not in admitted:
            message = f"This drill does not admit `{profession}` (see `primary` and `also`), so the note is not used."
            yield Finding(("roles", "scope_notes", profession), message, "warning", at_key=True)


def no_record_number_looks_real(raw: Raw) -> Iterator[Finding]:
    for path, text in raw.texts():
        for found in _RECORD.finditer(text):
            message = f"“{found[1]}” looks like a real record number. A drill's patient has DRILL-0001 or none."
            yield Finding(path, message, word=found[1])


RULES = (
    published_was_reviewed_twice,
    reviewed_names_a_reviewer,
    scope_notes_reach_somebody,
    no_record_number_looks_real,
)
