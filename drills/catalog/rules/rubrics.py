"""Rules for rubrics: few criteria, few of them critical, `partial` only where its author wrote what it is."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw
from drills.catalog.source import Path
from drills.rubric import Bands

CRITERIA = (5, 7)  # clinical.md §4
CRITERIA_OF_A_STEP = (3, 7)  # a relay's turn is short: clinical.md §6 names four key criteria
CRITICAL = 3  # clinical.md §4


def rubrics(raw: Raw) -> Iterator[Path]:
    """The paths of all rubrics: the drill's own, or one in each step."""
    yield ("rubric",)
    yield from ((*step, "rubric") for step in raw.entries("steps"))


def few_criteria(raw: Raw) -> Iterator[Finding]:
    for rubric in rubrics(raw):
        least, most = CRITERIA if rubric == ("rubric",) else CRITERIA_OF_A_STEP
        number = len(list(raw.entries(*rubric, "criteria")))
        if isinstance(raw.at(*rubric, "criteria"), list) and not least <= number <= most:
            message = f"A rubric has {least} to {most} criteria here, and this one has {number}."
            yield Finding((*rubric, "criteria"), message, at_key=True)


def few_critical(raw: Raw) -> Iterator[Finding]:
    for rubric in rubrics(raw):
        critical = [path for path in raw.entries(*rubric, "criteria") if raw.at(*path, "critical") is True]
        if len(critical) > CRITICAL:
            message = f"{len(critical)} criteria are critical; {CRITICAL} is the most. Which ones keep a patient safe?"
            yield Finding((*critical[CRITICAL], "critical"), message, at_key=True)


def partial_has_an_anchor(raw: Raw) -> Iterator[Finding]:
    for rubric in rubrics(raw):
        for criterion in raw.entries(*rubric, "criteria"):
            path = (*criterion, "partial")
            if path in raw.source.left_empty:
                message = "`partial` needs a sentence that says what half of it looks like. Without one, leave it out."
                yield Finding(path, message, at_key=True)


def bands_rise(raw: Raw) -> Iterator[Finding]:
    for rubric in rubrics(raw):
        bands = raw.at(*rubric, "bands")
        if not isinstance(bands, dict):
            continue
        solid = raw.number(*rubric, "bands", "solid") or Bands().solid
        nearly = raw.number(*rubric, "bands", "nearly") or Bands().nearly
        if nearly >= solid:
            yield Finding((*rubric, "bands"), f"`nearly` ({nearly:g}) must be lower than `solid` ({solid:g}).")


def ids_are_distinct(raw: Raw) -> Iterator[Finding]:
    lists: list[Path] = [(*rubric, "criteria") for rubric in rubrics(raw)]
    for items in (*lists, ("red_flags",)):
        seen: set[str] = set()
        for item in raw.entries(*items):
            id_ = raw.text(*item, "id")
            if id_ and id_ in seen:
                yield Finding((*item, "id"), f"`{id_}` is the id of an earlier entry. Each needs its own.")
            seen.add(id_)


def a_rubric_is_there(raw: Raw) -> Iterator[Finding]:
    if raw.text("kind") == "relay":
        if raw.given("rubric"):
            message = "A relay is judged step by step, so this rubric is not used."
            yield Finding(("rubric",), message, "warning", at_key=True)
        return
    for key in ("rubric", "ask", "model_answer"):
        if not raw.given(key):
            yield Finding((key,), f"`{key}` is missing.", at_key=True)


RULES = (few_criteria, few_critical, partial_has_an_anchor, bands_rise, ids_are_distinct, a_rubric_is_there)
