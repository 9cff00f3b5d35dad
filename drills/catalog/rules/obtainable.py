"""A rule for fairness: a reply can only give what its learner was told (clinical.md §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rendering import PLACEHOLDER
from drills.catalog.rules.raw import Raw
from drills.catalog.rules.rubrics import rubrics

_TOLD = (
    *(("title",), ("scenario",), ("ask",), ("facts",), ("steps",), ("patient",), ("roles", "counterpart")),
    ("reliance", "ai_card"), ("reliance", "options"), ("reliance", "before"), ("reliance", "after"),
    ("reliance", "reveal"),
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.:]\d+)*(?![\w.:]*[A-Za-z])")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<=[\s(/“])[A-Z][a-z]{2,}(?:[A-Z][a-z]+)*")  # a first word may be capital for its place only
_DRUG = re.compile(
    r"\b(?:heparin|insulin|morphine|fentanyl|naloxone|warfarin|metformin|digoxin|lithium|potassium chloride|[a-z]{2,}"
    r"(?:cillin|mycin|oxacin|xaban|parin|statin|olol|pril|sartan|azole|azepam|idone|setron|triptan|tidine|micin"
    r"|cycline|lukast|floxacin|curonium|codone|morphone|caine|tazobactam|gliptin|gliflozin|pentin|thiazide))\b",
    re.IGNORECASE,
)
# A time, a limit or a count that the speaker may choose is no fact of the story.
_CHOSEN = re.compile(
    r"(?:\b(?:within|in|by|before|until|every|under|below|above|over|than|for|next)|[<>≤≥~])\s*(?:the next )?[\d:.]+"
    r"|(?<![\d.:])\d+\s*or\s*(?:\d+|more|less)|\b(?:911|999|112|2222)\b|\bif\b[^,;/]*",
    re.IGNORECASE,
)
_TITLES = {"Mrs", "Miss", "Doctor", "Nurse", "English"}
_COUNTS = {"ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30"}


def look_for_is_in_the_story(raw: Raw) -> Iterator[Finding]:
    told = _told(raw)
    for rubric in rubrics(raw):
        for criterion in raw.entries(*rubric, "criteria"):
            for path in raw.entries(*criterion, "look_for"):
                strange = [fact for fact in _facts(raw.text(*path)) if not _is_told(fact, told)]
                if strange:
                    yield Finding(path, _message(raw.text(*criterion, "id"), strange), "warning", word=strange[0])


def _message(criterion: str, strange: list[str]) -> str:
    asked = " and ".join(f"“{fact}”" for fact in dict.fromkeys(strange))
    return (
        f"`{criterion}` asks for {asked}, which the story does not give."
        " Put it into the scenario and `facts`, or ask for something a learner can know."
    )


def _facts(text: str) -> list[str]:
    """What looks like a fact: {{params}}, numbers from 10 up or with a fraction, names, drugs; in reading order."""
    spans = [(found.start(), found[0]) for found in PLACEHOLDER.finditer(text)]
    rest = _CHOSEN.sub(_blank, PLACEHOLDER.sub(_blank, text))
    for pattern in (_NUMBER, _NAME, _DRUG):
        spans += [(found.start(), found[0]) for found in pattern.finditer(rest)]
    return [fact for _, fact in sorted(spans) if fact not in _TITLES and not re.fullmatch(r"\d", fact)]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_told(fact: str, told: set[str]) -> bool:
    return all(part in told for part in _parts(fact))


def _told(raw: Raw) -> set[str]:
    """Every word, number and {{param}} that the learner is told, each in one spelling; rubrics of steps left out."""
    texts = [text for path, text in raw.texts() if "rubric" not in path and any(path[: len(at)] == at for at in _TOLD)]
    parts = {part for text in texts for part in _parts(text)}
    return parts | {_COUNTS[part] for part in parts & _COUNTS.keys()}


def _parts(text: str) -> set[str]:
    names = {found[1] for found in PLACEHOLDER.finditer(text)}
    rest = PLACEHOLDER.sub(" ", text)
    numbers = {found.replace(",", "") for found in re.findall(r"\d+(?:[.:,]\d+)*", rest)}
    words = {word.casefold() for word in _WORD.findall(rest)}
    return {f"{{{{{name}}}}}" for name in names} | {n.lstrip("0") or "0" for n in numbers} | words


RULES = (look_for_is_in_the_story,)
