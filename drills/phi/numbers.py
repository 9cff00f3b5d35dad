"""Numbers that are given to one person: record, social security, NHS and insurance numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.phi.check_digits import luhn, mod_11
from drills.phi.screening import Finding, Sign
from drills.phi.story import Story

_ID = r"(?: {0,2}(?:id|nos?\.?|num(?:ber)?|nr\.?|#))"
_IS = r"[ \t]{0,2}(?:is|was|:|=|#|-){0,2}[ \t]{0,2}"
_CODE = r"(?P<n>[a-z]{0,4}[- ]?\d(?:[- ./]?\d){3,13}[a-z]?)(?![\w:]|\.\d)"

_RECORD = re.compile(rf"\b(?:m\.?r\.?n\b\.?|med(?:ical)? ?rec(?:ord)?s?\b){_ID}?{_IS}{_CODE}", re.IGNORECASE)
_FILE = re.compile(
    rf"\b(?:hospital|hosp|chart|record|account|acct|visit|encounter|case|patient|pt|file|nhi|fin|csn){_ID}{_IS}{_CODE}",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w.,/:+-])(?:[a-z]{1,3}-?)?\d{7,14}(?![\w/:]|[.,-]\d)", re.IGNORECASE)
_AMOUNT = re.compile(r" ?(?:copies|cfu|units?|iu|m?[cu]?g|ml|cells|platelets)\b", re.IGNORECASE)
_STAMP = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4})?")
_NAMED_STORY = re.compile(r"drill[- ]?$", re.IGNORECASE)

_SSN = re.compile(r"(?<![\w.-])\d{3}([-.])\d{2}\1\d{4}(?![\w-])")
_SSN_CUED = re.compile(
    rf"\b(?:ssn|ss ?#|soc(?:ial)? sec(?:urity)?{_ID}?|social{_ID}?(?=[ :]{{0,2}}\d)"
    rf"|last (?:four|4) of (?:\w+ )?(?:ssn|social))(?: (?:ends|ending)(?: in)?)?{_IS}\d(?:[- .]?\d){{3,8}}\b",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r"\b(?!BP|HR|RR)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b")
_NATIONAL_CUED = re.compile(
    r"\b(?:ni(?=[ :#]{0,2}(?:no|num|#))|nino|national insurance|ppsn?|sin)\b"
    rf"{_ID}?{_IS}[a-z]{{0,2}} ?\d(?:[- ]?\d){{5,8}} ?[a-z]{{0,2}}\b",
    re.IGNORECASE,
)

_NHS_CUED = re.compile(rf"\b(?:nhs|chi){_ID}?{_IS}\d{{3}}[- ]?\d{{3}}[- ]?\d{{4}}\b", re.IGNORECASE)
_TEN = re.compile(r"(?<![\w.,/:+-])\d{3}([- ]?)\d{3}\1\d{4}(?![\w/:-]|[.,]\d)")

_PAYER = (
    r"(?:medicare|medicaid|medi-?cal|health ?card|ohip|phn|aetna|cigna|bcbs|blue cross(?: blue shield)?|humana|tricare"
    r"|united ?healthcare|mbi|hicn|ihi|dva|bupa|(?:insurance|policy)(?= ?[:=#])"
    rf"|(?:insurance|ins|policy|member|subscriber|beneficiary|group|plan){_ID})"
)
_INSURED = re.compile(
    rf"\b{_PAYER}(?: (?:plan|card|policy|member|group))?{_ID}?{_IS}"
    r"(?P<n>[a-z]{0,4}[- ]?\d(?:[- ]?[a-z]{0,2}\d){4,15}[a-z]{0,2})(?![\w:])",
    re.IGNORECASE,
)
_LETTER = "[ac-hjkmnp-rt-y]"
_MBI = re.compile(
    rf"\b[1-9]{_LETTER}(?:{_LETTER}|\d)\d-?{_LETTER}(?:{_LETTER}|\d)\d-?{_LETTER}{{2}}\d\d\b", re.IGNORECASE
)  # Medicare Beneficiary Identifier, CMS "Understanding the MBI format"
_AUSTRALIAN = re.compile(r"(?<![\w-])[2-6]\d{3}[ -]\d{5}[ -]\d(?![\w-])")
_CARD = re.compile(r"(?<![\w-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\w-])")
_ONTARIO = re.compile(r"(?<![\w-])\d{4}[- ]\d{3}[- ]\d{3}[- ]?[a-z]{2}\b", re.IGNORECASE)

_SURE = (
    (_MBI, Sign.INSURANCE),
    (_INSURED, Sign.INSURANCE),
    (_AUSTRALIAN, Sign.INSURANCE),
    (_SSN, Sign.SSN),
    (_SSN_CUED, Sign.SSN),
    (_NATIONAL, Sign.NATIONAL_ID),
    (_NATIONAL_CUED, Sign.NATIONAL_ID),
    (_NHS_CUED, Sign.NHS_NUMBER),
    (_RECORD, Sign.MRN),
    (_FILE, Sign.MRN),
)


def numbers(words: str, _story: Story) -> Iterator[Finding]:
    """Numbers after their name, and numbers of an unmistakable shape."""
    for shape, sign in _SURE:
        yield from (Finding(sign, *found.span()) for found in shape.finditer(words))
    yield from _with_check_digit(words)


def long_numbers(words: str, story: Story) -> Iterator[Finding]:
    """Seven digits or more in a row: nothing at a bedside is counted like that."""
    for found in _LONG.finditer(words):
        if not _is_harmless(words, found, story):
            yield Finding(Sign.MRN, *found.span())


def _with_check_digit(words: str) -> Iterator[Finding]:
    for shape in (_CARD, _ONTARIO):
        yield from (
            Finding(Sign.INSURANCE, *found.span()) for found in shape.finditer(words) if luhn(_digits(found[0]))
        )
    for found in _TEN.finditer(words):
        if mod_11(_digits(found[0])) and not _looks_like_vitals(found[0]):
            yield Finding(Sign.NHS_NUMBER, *found.span())


def _is_harmless(words: str, found: re.Match[str], story: Story) -> bool:
    """A round amount, something counted, a time stamp, or the drill's own number."""
    digits = _digits(found[0])
    return (
        digits.endswith("000")
        or _AMOUNT.match(words, found.end()) is not None
        or _STAMP.fullmatch(digits) is not None
        or _NAMED_STORY.search(words, max(0, found.start() - 8), found.start()) is not None
        or story.says(found[0])
    )


def _looks_like_vitals(ten: str) -> bool:
    """ "172 114 0040": a pressure and a time."""
    first, *_, last = f" {ten}".split(" ")[-3:]
    return " " in ten and int(first) <= 300 and int(last[:2]) < 24 and int(last[2:]) < 60


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
