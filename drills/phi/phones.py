"""Phone numbers, told apart from pressures, times, volumes, extensions and pagers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.screening import Finding, Sign
from drills.phi.story import Story

_BEFORE, _AFTER = r"(?<![\w.,/:-])", r"(?![\w/:%]|[.,-]\d)"
_AMERICAN = re.compile(rf"(?<![\w./:-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{{3}}[ .-]\d{{4}}{_AFTER}")
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00)[1-9]\d{{0,2}}(?:[ .-]?\(?\d{{1,4}}\)?){{2,5}}{_AFTER}")
_BRITISH = re.compile(
    rf"{_BEFORE}(?:0\d{{4}}[ -]\d{{6}}|0\d{{4}}[ -]\d{{3}}[ -]\d{{3}}|0\d{{3}}[ -]\d{{3}}[ -]\d{{3,4}}"
    rf"|0\d{{1,2}}[ -]\d{{4}}[ -]\d{{4}}|0[1-9]\d{{8,9}}|\(0\d{{1,4}}\) ?\d{{3,4}}[ -]?\d{{3,4}}){_AFTER}"
)
_BARE = re.compile(rf"{_BEFORE}1?[2-9]\d\d[2-9]\d{{6}}{_AFTER}")
_SHORT = re.compile(rf"{_BEFORE}[2-9]\d\d[ .-]?\d{{4}}{_AFTER}")
_CUE = re.compile(
    r"\b(?:phone|tele?phone|tel|cell|mobile|mob|fax|text|whatsapp|ring|reach|contact|dial|call(?:ed|ing)?"
    r"|(?:home|work|his|her|their|my|our|number|no)(?: number| no\.?)?)\b[^\n]{0,25}$",
    re.IGNORECASE,
)
_OUR_OWN = re.compile(r"\b(?:pager|page|bleep|bleeper|ext|extension|vocera|spectralink|x)\b[^\n]{0,12}$", re.IGNORECASE)
_UNIT = re.compile(r" ?(?:m?l|cc|mg|mcg|units?|iu|h(?:ou)?rs?|h|cal|kcal|ml/h)\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:bp|map|hr|sbp|glucose|sugars?|bgl?|bm|platelets|plt|urine|uo|ck|trop\w*|lactate|d-?dimer)\b[^\n]{0,12}$",
    re.IGNORECASE,
)


def phones(words: str, _story: Story) -> Iterator[Finding]:
    """Shapes that are nothing else; seven digits only where the words before them speak of a phone."""
    for shape in (_ABROAD, _AMERICAN, _BRITISH, _BARE):
        for found in shape.finditer(words):
            if 9 <= sum(map(str.isdigit, found[0])) <= 15 and not _is_measured(words, found):
                yield Finding(Sign.PHONE, *found.span())
    for found in _SHORT.finditer(words):
        if _before(_CUE, words, found) and not (_before(_OUR_OWN, words, found) or _UNIT.match(words, found.end())):
            yield Finding(Sign.PHONE, *found.span())


def _is_measured(words: str, found: re.Match[str]) -> bool:
    """Only spaces between the digits, and what stands there could be times and pressures."""
    if "-" in found[0] or "(" in found[0] or "+" in found[0] or "." in found[0] or " " not in found[0]:
        return False
    if _before(_CUE, words, found):
        return False
    groups = found[0].split()
    vitals = all(_is_time(group) if len(group) == 4 else int(group) <= 300 for group in groups)
    return vitals or _before(_MEASURED, words, found)


def _is_time(group: str) -> bool:
    return int(group[:2]) < 24 and int(group[2:]) < 60


def _before(cue: re.Pattern[str], words: str, found: re.Match[str]) -> bool:
    return cue.search(words[max(0, found.start() - 50) : found.start()]) is not None
