"""Somebody tells of a patient of their own instead of the one in the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.phrases import ways
from drills.phi.screening import Finding, Sign
from drills.phi.story import Story

_LIKE = re.compile(r"\blike\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;\n]")
_NEAR = 200  # characters each way: about two sentences


def real_cases(words: str, story: Story) -> Iterator[Finding]:
    """Unless the drill's own patient is meant: "Mr. Voss is my patient tonight", "my patient today in 214-B"."""
    for found in _all("perhaps_the_story", words):
        passage = _around(words, found)
        if not (story.says(found[0]) or story.names_patient_in(passage) or story.numbers_in(passage)):
            yield Finding(Sign.REAL_CASE, *found.span())
    for found in _all("real_case", words):
        passage = _around(words, found)
        if not (story.says(found[0]) or (story.names_patient_in(passage) and not _LIKE.search(passage))):
            yield Finding(Sign.REAL_CASE, *found.span())


def _all(section: str, words: str) -> Iterator[re.Match[str]]:
    for way in ways(section):
        yield from way.finditer(words)


def _around(words: str, found: re.Match[str]) -> str:
    """The sentence, the one before and the one after."""
    before = [*_STOP.finditer(words, max(0, found.start() - _NEAR), found.start())]
    after = [*_STOP.finditer(words, found.end(), found.end() + _NEAR)]
    start = before[-2].end() if len(before) > 1 else max(0, found.start() - _NEAR)
    end = after[1].start() if len(after) > 1 else found.end() + _NEAR
    return words[start:end]
