"""Numbers however they are typed: "172 over 114", "one-seventy-two", "half past ten", "2350" all come out one way."""

from __future__ import annotations

import re

_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
)
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {"oh": 0}
_TENS = {
    word: 10 * number
    for number, word in enumerate(re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_NOON = 12
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})\Z")
_BARE_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)\Z")
_PAST = {"past": 1, "after": 1, "to": -1, "till": -1}
_FRACTIONS = {"half": 30, "quarter": 15}


def is_number_word(word: str) -> bool:
    return word in _SMALL or word in _TENS


def clock(hour: int, minute: int) -> str:
    """One key for 22:00, 10 pm and "ten": people say one for the other, and no drill needs both."""
    return f"{(hour - 1) % 12 + 1}:{minute:02d}"


def number(raw: str) -> str:
    """A figure in one spelling; 22:00 and 2200 become a clock time."""
    found = _CLOCK.match(raw) if ":" in raw else _BARE_CLOCK.match(raw)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return clock(int(found[1]), int(found[2]))
    return raw.rstrip(".,:").replace(",", "")


def spelled(words: list[str], at: int) -> tuple[str, int] | None:
    """The number that starts at a word, and how many words it takes; a lone "one" is more often a pronoun."""
    told = _told_time(words, at)
    if told:
        return told
    value, used = _run(words, at)
    if not used or (used == 1 and words[at] in {"one", "oh"}):
        return None
    if words[at + used : at + used + 1] == ["point"]:
        tail, more = _run(words, at + used + 1)
        if more:
            return f"{value}.{tail}", used + 1 + more
    return str(value), used


def _told_time(words: list[str], at: int) -> tuple[str, int] | None:
    """ "half past ten", "quarter to eleven", "ten to eleven"."""
    if words[at] in {"noon", "midday"}:
        return clock(_NOON, 0), 1
    minutes = _FRACTIONS.get(words[at], _SMALL.get(words[at], 0))
    if at + 2 >= len(words) or not minutes or words[at + 1] not in _PAST:
        return None
    hour = _hour(words[at + 2])
    if not hour or (words[at] not in _FRACTIONS and minutes % 5):
        return None
    late = _PAST[words[at + 1]] > 0
    return (clock(hour, minutes) if late else clock(hour - 1, 60 - minutes)), 3


def _hour(word: str) -> int:
    hour = _SMALL.get(word, int(word) if word.isdigit() and len(word) <= 2 else 0)
    return hour if 1 <= hour <= 12 else 0


def _run(words: list[str], at: int) -> tuple[int, int]:
    """ "one seventy two" 172, "one oh six" 106, "forty two" 42, "six" 6: value and words used."""
    first, used = _below_hundred(words, at)
    if not used:
        return 0, 0
    if words[at + used : at + used + 1] == ["hundred"]:
        rest, more = _below_hundred(words, at + used + 1 + (words[at + used + 1 : at + used + 2] == ["and"]))
        skipped = words[at + used + 1 : at + used + 2] == ["and"] and bool(more)
        return first * 100 + (rest if more else 0), used + 1 + (more + skipped if more else 0)
    if 1 <= first <= 9:
        rest, more = _below_hundred(words, at + used)
        if more and (rest >= 10 or more > 1):
            return first * 100 + rest, used + more
    return first, used


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = words[at] if at < len(words) else ""
    if word == "oh" and at + 1 < len(words) and _SMALL.get(words[at + 1], 10) < 10:
        return _SMALL[words[at + 1]], 2
    if word in _TENS:
        unit = _SMALL.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return (_TENS[word] + unit, 2) if 1 <= unit <= 9 else (_TENS[word], 1)
    return (_SMALL[word], 1) if word in _SMALL and word != "oh" else (0, 0)
