"""Dates of birth: any date after the words for it, and any full date that only a birth can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.screening import Finding, Sign
from drills.phi.story import Story

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = r"(?:the )?[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"(?:,? ?'?(?:\d{4}|\d{2})\b)"
_SPOKEN = rf"(?:{_DAY} ?(?:of )?{_MONTH}{_YEAR}?|{_MONTH} ?{_DAY}{_YEAR}?|{_DAY}[-/. ]{_MONTH}[-/. ]\d{{2,4}})"
_WRITTEN = r"(?:\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
_LOOSE = r"(?:\d{1,2} \d{1,2} (?:\d{4}|\d{2})|\d{6}|\d{8}|(?:19|20)\d\d|\d{1,2}/\d{2,4})"
_BORN = r"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?da(?:te|y)|year of birth|b-?day)"
_OLDEST, _YOUNGEST = 1900, 2012  # a full date with a year between these, in a reply about today, is somebody's birth

_CUED = re.compile(
    rf"{_BORN}(?: (?:is|was|on|of))?[ :=,-]{{0,4}}(?:{_SPOKEN}|{_WRITTEN}|{_LOOSE})(?!\d|:\d)", re.IGNORECASE
)
_BORN_ON = re.compile(
    rf"\b(?:born|b\.)(?: (?:on|in))?[ :]{{0,2}}"
    rf"(?:{_SPOKEN}|{_WRITTEN}|{_MONTH} ?(?:19|20)\d\d|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"(?<![\w./-])(?:\d{{1,2}}([-/.])\d{{1,2}}\1(?P<a>\d{{4}})|(?P<b>\d{{4}})([-/.])\d{{1,2}}\4\d{{1,2}}"
    rf"|{_DAY} ?(?:of )?{_MONTH},? ?(?P<c>\d{{4}})|{_MONTH} ?{_DAY},? ?(?P<d>\d{{4}}))(?![\w/-])",
    re.IGNORECASE,
)


def births(words: str, _story: Story) -> Iterator[Finding]:
    for shape in (_CUED, _BORN_ON):
        yield from (Finding(Sign.DATE_OF_BIRTH, *found.span()) for found in shape.finditer(words))
    for found in _FULL.finditer(words):
        year = int(next(group for group in found.group("a", "b", "c", "d") if group))
        if _OLDEST <= year <= _YOUNGEST:
            yield Finding(Sign.DATE_OF_BIRTH, *found.span())
