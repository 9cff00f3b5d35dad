"""Rules for golden replies: they name this drill's criteria and red flags, with levels that can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw
from drills.catalog.rules.rubrics import rubrics
from drills.catalog.source import Path


def labels_name_criteria(raw: Raw) -> Iterator[Finding]:
    criteria = _criteria(raw)
    for golden in raw.entries("golden"):
        labels = raw.keys(*golden, "labels")
        for label in labels:
            if label not in criteria:
                message = f"`{label}` is no criterion of this drill: {', '.join(criteria)}."
                yield Finding((*golden, "labels", label), message, at_key=True)
        missing = [f"`{id_}`" for id_ in criteria if id_ not in labels]
        if labels and missing and raw.text("kind") != "relay":
            yield Finding((*golden, "labels"), f"No level for {', '.join(missing)}.", "warning", at_key=True)


def partial_can_be_reached(raw: Raw) -> Iterator[Finding]:
    criteria = _criteria(raw)
    for golden in raw.entries("golden"):
        for label in raw.keys(*golden, "labels"):
            path = (*golden, "labels", label)
            if raw.text(*path) == "partial" and label in criteria and not raw.given(*criteria[label], "partial"):
                yield Finding(path, f"`{label}` has no `partial` in the rubric, so it is met or not_yet.")


def red_flags_exist(raw: Raw) -> Iterator[Finding]:
    flags = [raw.text(*path, "id") for path in raw.entries("red_flags")]
    for golden in raw.entries("golden"):
        for path in raw.entries(*golden, "red_flags"):
            flag = raw.text(*path)
            if flag and flag not in flags:
                yield Finding(path, f"`{flag}` is no red flag of this drill: {', '.join(flags) or 'it has none'}.")


def _criteria(raw: Raw) -> dict[str, Path]:
    """Each criterion's id and path, over all rubrics of the file."""
    paths = (path for rubric in rubrics(raw) for path in raw.entries(*rubric, "criteria"))
    return {id_: path for path in paths if (id_ := raw.text(*path, "id"))}


RULES = (labels_name_criteria, partial_can_be_reached, red_flags_exist)
