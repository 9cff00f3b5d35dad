"""People's names that are not in the story. A learner's own name, first names alone and colleagues may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.screening import Finding, Sign
from drills.phi.story import Story
from drills.phi.vocabulary import common, given_name

_N = r"[A-Za-z][A-Za-z'-]+"
_TITLED = re.compile(
    rf"(?<!\d )(?<!\w)(?P<title>mr|mrs|ms|miss|mister|mstr)\.? (?:[a-z]\.? )?(?P<name>{_N}(?: {_N})?)", re.IGNORECASE
)
_SURNAME = re.compile(rf"\b(?:last|family|sur) ?name(?: is|:)? {{1,2}}(?P<name>{_N})", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:(?:patient|pt|resident|client|wife|husband|daughter|son|mother|father|mom|mum|dad|sister|brother|partner"
    r"|man|woman|lady|gentleman|guy|kid|boy|girl|named?)(?:'s name)?(?: is| called| named| name)?|name is|named)"
    rf"[:,]? (?P<name>{_N} {_N})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"\b(?:about|re|regarding|concerning|for|on|have|got|update:?):? (?P<name>{_N} {_N})", re.IGNORECASE
)
_IN_PLACE = re.compile(
    rf"(?<![\w'-])(?P<name>{_N} {_N}),? (?:\(?\d{{1,3}} ?(?:yo\b|y/o|y\.o|yrs?\b|year|[mf]\b)|\(?\d\d\)?[,;.]"
    r"|in (?:room|bed|rm|bay)\b|(?:room|bed|rm) \d)",
    re.IGNORECASE,
)
_ENDS = re.compile(r" *(?:[,.;:(]|\d|$|in (?:room|bed))")
_STAFF_BEFORE = re.compile(
    r"(?:\b(?:i'?m|i am|this is|my name(?: is|'s)?|it'?s|here'?s|dr\.?|doctor|nurse|sister|prof\w*|chaplain|rn"
    r"|pharmacist|hi|hello|hey|dear|thanks|thank you)[ ,]{1,2})$",
    re.IGNORECASE,
)
_STAFF_AFTER = re.compile(
    r"[ ,(]{0,3}(?:(?:RN|MD|DO|NP|PA|LPN|RT|PT|OT|SLP|rn|md|np)\b|(?i:(?:the |your |our |a |one of )?"
    r"(?:(?:charge|staff|night|day) |pharm\w*|nurse|doctor|physician|charge|registrar|clerk|student|tech\w*|chaplain"
    r"|social worker|interpreter|security|speaking|here\b(?! in| with)|from (?:the )?(?:pharmacy|lab|radiology|security"
    r"|transport|respiratory|housekeeping|dietary|icu|ed|cardiology|surgery))))"
)
_MYSELF = re.compile(r"\b(?:i'?m|i am|my name(?: is|'s)?|me,) $", re.IGNORECASE)
_MADE_UP = {"doe", "surname", "lastname", "so-and-so", "nobody", "somebody", "someone", "xxx", "xx", "anonymous"}


def names(words: str, story: Story) -> Iterator[Finding]:
    shouted = _is_shouted(words)
    for found in _TITLED.finditer(words):
        end = found.start("name") + len(found["name"].split()[0])
        if _is_titled_stranger(found, story, shouted) and not _is_colleague(words, found.start(), end):
            yield Finding(Sign.NAME, found.start(), end)
    for found in _SURNAME.finditer(words):
        if _is_surname(found["name"], shouted) and not story.knows(found["name"]):
            yield Finding(Sign.NAME, *found.span("name"))
    for shape in (_PERSON, _ABOUT, _IN_PLACE):
        for found in _overlapping(shape, words):
            if _is_full_name(words, found, story, shouted) and not _is_staff(words, found):
                yield Finding(Sign.NAME, *found.span("name"))


def _overlapping(shape: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within another one: "the patient is pt John Smith"."""
    at = 0
    while found := shape.search(words, at):
        yield found
        first = found.start("name")
        at = first if first > found.start() else first + len(found["name"].split()[0])


def _is_titled_stranger(found: re.Match[str], story: Story, shouted: bool) -> bool:
    """ "Mr. Hernandez", "mrs jones"; not "I miss the", "480 ms is", "severe MR with"."""
    title, first = found["title"], found["name"].split()[0]
    capitals = first[0].isupper() and not shouted
    spoken = title[0].isupper() and capitals
    if not spoken and (title.lower() == "miss" or (title.lower() in {"ms", "mr"} and not _could_be_typed_name(first))):
        return False
    return _could_be_name(first) and not any(story.knows(part) for part in found["name"].split())


def _could_be_typed_name(word: str) -> bool:
    """In small letters "mr" is also a valve and "ms" a thousandth of a second."""
    return len(word) > 3 and not word.endswith(("ed", "ing", "ly", "in"))


def _is_full_name(words: str, found: re.Match[str], story: Story, shouted: bool) -> bool:
    """After "patient" any two capitalised words; else the first must be a given name, and what follows must fit."""
    first, last = found["name"].split(" ")
    if any(story.knows(part) or not _could_be_name(part) for part in (first, last)):
        return False
    capitals = first[0].isupper() and last[0].isupper() and not shouted
    if capitals and found.re is _PERSON:
        return True
    ends = found.re is not _ABOUT or _ENDS.match(words, found.end("name")) is not None
    return given_name(first.lower()) and (capitals or (ends and len(last) > 3))


def _is_surname(word: str, shouted: bool) -> bool:
    return _could_be_name(word) and ((word[0].isupper() and not shouted) or _could_be_typed_name(word))


def _could_be_name(word: str) -> bool:
    plain = word.lower().removesuffix("'s")
    return len(plain) > 1 and not common(plain) and plain not in _MADE_UP and any(char in "aeiouy" for char in plain)


def _is_staff(words: str, found: re.Match[str]) -> bool:
    start, end = found.span("name")
    before = words[max(0, start - 24) : start]
    return bool(_STAFF_BEFORE.search(before) or _STAFF_AFTER.match(words, end))


def _is_colleague(words: str, start: int, end: int) -> bool:
    """ "I'm Mr. Patel", "Ms. Alvarez from transport"."""
    return bool(_MYSELF.search(words[max(0, start - 16) : start]) or _STAFF_AFTER.match(words, end))


def _is_shouted(words: str) -> bool:
    """Title Case or CAPITALS throughout: capitals then say nothing."""
    each = [word for word in words[:2000].split() if word[0].isalpha()]
    return len(each) > 5 and sum(word[0].isupper() for word in each) > 0.6 * len(each)
