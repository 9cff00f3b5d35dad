"""A real incident, or a cry for help: neither belongs in a drill, and neither is graded (clinical.md §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.phrases import ways
from drills.phi.screening import Finding, Sign
from drills.phi.story import Story

_SIGNS = (Sign.SELF_HARM, Sign.DISTRESS, Sign.HARMED, Sign.REAL_INCIDENT)
_REPORTED = re.compile(
    r"\b(?:you|he|she|they|who|patient|pt|mom|mum|mother|dad|father|son|daughter|wife|husband|somebody|someone|people)"
    r"(?: (?:just|also|then|keep|kept|are|were|is|was|might|may|have|has|had|ever)){0,2}"
    r" (?:said|say|says|saying|tell|tells|telling|told|feels?|felt|thinks?|wrote|yell\w*|shout\w*)"
    r"(?: (?:me|us|you|to me|that|like)){0,2}[ ,:]{0,3}['\"]?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"\n]{1,300}"')
_TOLD_OF = (  # a drill in which somebody is hit, dies or is given a wrong dose is answered in those words
    re.compile(
        r"\b(?:hit|punch|kick|bit(?:es?|ten|ing)\b|slap|assault|attack|threat|grab|grope|bull(?:y|ied)|harass|violen)"
    ),
    re.compile(r"\b(?:die[sd]?|dying|dead|death|passed away|lost (?:an?|the|my|our|his|her)|suicid|killed)\b"),
    re.compile(r"\b(?:error|mistake|wrong (?:dose|drug|med)|double the)"),
)


def events(words: str, story: Story) -> Iterator[Finding]:
    """In the writer's own voice only: what somebody in the story says, quoted or reported, is part of the drill."""
    quoted = [found.span() for found in _QUOTED.finditer(words) if found.span() != _whole(words)]
    for sign in _SIGNS:
        for found in (found for way in ways(sign.value) for found in way.finditer(words)):
            told = any(start < found.start() < end for start, end in quoted) or _is_reported(words, found)
            if not (told or story.says(found[0]) or _is_story(sign, found, story)):
                yield Finding(sign, *found.span())


def _whole(words: str) -> tuple[int, int]:
    """A reply set in quotation marks from end to end is still the writer's own."""
    return len(words) - len(words.lstrip()), len(words.rstrip())


def _is_reported(words: str, found: re.Match[str]) -> bool:
    return _REPORTED.search(words[max(0, found.start() - 50) : found.start()]) is not None


def _is_story(sign: Sign, found: re.Match[str], story: Story) -> bool:
    if sign not in {Sign.HARMED, Sign.REAL_INCIDENT}:
        return False
    return any(kind.search(found[0].lower()) and kind.search(story.text) for kind in _TOLD_OF)
