"""What a drill itself says: its people, its numbers and its words can't be anybody's secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from drills.drill import Drill
from drills.phi.folding import folded
from drills.phi.vocabulary import common

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_NUMBER = re.compile(r"\d(?:[ ./:-]?\d)*")
_SPACE = re.compile(r"\s+")
_ALIKE = 0.74  # "Vos" and "Foss" for Voss pass, "Dan" for Day does not
_NOT_TOLD = {"hash", "references", "frameworks", "licence"}  # authors of papers are nobody in the story


@dataclass(frozen=True, slots=True)
class Story:
    """`names` are the drill's capitalised words, `patient` the patient's own; all in lower case."""

    text: str
    names: frozenset[str]
    patient: frozenset[str]
    numbers: frozenset[str]

    def says(self, fragment: str) -> bool:
        """Whether the drill has this, letter for letter but for case and spacing, or the same run of digits."""
        digits = _digits(fragment)
        if len(digits) > 3 and digits in self.numbers:
            return True
        if len(digits) > 5 and any(digits in number for number in self.numbers):
            return True
        return _even(fragment) in self.text

    def knows(self, name: str) -> bool:
        """Whether a word is one of the drill's names, typing slips allowed."""
        word = name.lower().removesuffix("'s")
        return word in self.names or any(_alike(word, other) for other in self.names)

    def names_patient_in(self, passage: str) -> bool:
        """Whether the drill's patient is named in the passage."""
        words = {word.lower().removesuffix("'s") for word in _WORD.findall(passage)}
        return any(word == name or _alike(word, name) for word in words for name in self.patient)

    def numbers_in(self, passage: str) -> bool:
        """Whether a number of two digits or more in the passage is one of the drill's: its bed, age or time."""
        return any(len(number) > 1 and number in self.numbers for number in map(_digits, _NUMBER.findall(passage)))


NO_STORY = Story("", frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=64)
def story_of(drill: Drill) -> Story:
    text = folded("\n".join(_texts(drill)))
    patient = folded(drill.patient.name) if drill.patient else ""
    return Story(_even(text), _names(text), _names(patient), frozenset(map(_digits, _NUMBER.findall(text))))


def _names(text: str) -> frozenset[str]:
    capitalised = (word.lower().removesuffix("'s") for word in _WORD.findall(text) if word[0].isupper())
    return frozenset(word for word in capitalised if len(word) > 2 and not common(word))


def _alike(word: str, name: str) -> bool:
    if min(len(word), len(name)) < 3 or abs(len(word) - len(name)) > 3:
        return False
    return SequenceMatcher(None, word, name, autojunk=False).ratio() >= _ALIKE


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _even(text: str) -> str:
    return _SPACE.sub(" ", text.lower()).strip()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_TOLD:
                yield from _texts(getattr(value, field.name))
