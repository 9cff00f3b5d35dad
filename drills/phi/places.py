"""Where somebody lives or can be written to: street addresses, post codes, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.screening import Finding, Sign
from drills.phi.story import Story
from drills.phi.vocabulary import common

_ENDING = r"(?:com|org|net|edu|gov|mil|int|info|health|care|[a-z]{2}(?:\.[a-z]{2})?)\b"
_EMAIL = re.compile(rf"[\w.+-]{{1,64}}@(?=[\d.-]{{0,20}}[a-z])(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_ENDING}", re.IGNORECASE)
_EMAIL_SPOKEN = re.compile(
    r"\b[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|at) ?(?:gmail|yahoo|hotmail|outlook|icloud|aol|nhs|proton(?:mail)?)"
    r" ?(?:\.|\(dot\)|\[dot\]|dot) ?(?:com|net|org|co|ca|me|uk)\b",
    re.IGNORECASE,
)
_STREET = r"(?:street|avenue|road|boulevard|blvd|ave|rd|lane|crescent|parkway|highway|hwy|terrace|gardens|mews)"
_MAYBE = r"(?:st|dr|drive|ct|court|ln|pl|place|way|close|row|square|sq|hill|grove|circle|cir|trail|park|walk|loop|cres)"
_NUMBER = r"(?<![\w./:-])\d{1,5}[a-z]?"
_CERTAIN = re.compile(rf"{_NUMBER},? (?P<middle>(?:[a-z0-9'.]{{1,15}} ){{1,3}}?){_STREET}\b", re.IGNORECASE)
_UNCERTAIN = re.compile(rf"{_NUMBER},? (?P<middle>(?:[a-z0-9'.]{{1,15}} ){{1,3}}?){_MAYBE}\b", re.IGNORECASE)
_HOME = re.compile(r"\b(?:live[sd]?|living|address|home is|resid(?:es|ing|ence)|house)\b[^\n]{0,40}$", re.IGNORECASE)
_TOWN = re.compile(
    r"\.?,?(?: in)? ?(?:apt|apartment|unit|flat|suite|#)? ?\d{0,4},? ?[A-Z][a-z]+,? (?:[A-Z]{2}\b|\d{5}\b)"
)
_BOX = re.compile(r"\bp\.? ?o\.? box \d{1,6}\b", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d|\d{5}-\d{4})\b",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    rf"\b(?:post ?code|postal code|zip(?: ?code)?|address|live[sd]?|living|{_STREET}|house|flat)\b[^\n]{{0,60}}$",
    re.IGNORECASE,
)
_ZIP = re.compile(r"\b(?:zip(?: ?code)?|postcode|postal code)(?: is)?[ :]{1,3}\d{4,5}(?:-\d{4})?\b", re.IGNORECASE)


def places(words: str, _story: Story) -> Iterator[Finding]:
    for shape in (_EMAIL, _EMAIL_SPOKEN):
        yield from (Finding(Sign.EMAIL, *found.span()) for found in shape.finditer(words))
    yield from (Finding(Sign.ADDRESS, *found.span()) for found in _streets(words))
    for shape in (_BOX, _ZIP):
        yield from (Finding(Sign.ADDRESS, *found.span()) for found in shape.finditer(words))
    for found in _POSTCODE.finditer(words):
        if _POSTAL.search(words[max(0, found.start() - 90) : found.start()]):
            yield Finding(Sign.ADDRESS, *found.span())


def _streets(words: str) -> Iterator[re.Match[str]]:
    """ "14 Maple Street" is one; "2 hours down the road", "12 head CT" and "5 mm ST elevation" are none."""
    yield from (found for found in _CERTAIN.finditer(words) if _named(found))
    for found in _UNCERTAIN.finditer(words):
        home = _HOME.search(words[max(0, found.start() - 60) : found.start()])
        if _named(found) and (home or _TOWN.match(words, found.end())):
            yield found


def _named(found: re.Match[str]) -> bool:
    """Every word between the number and "street" could be a name."""
    return not any(common(word.strip(".'").lower()) for word in found["middle"].split())
