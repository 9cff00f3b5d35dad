"""How hard a story is to read: the Flesch–Kincaid school grade of its prose, vital signs left out."""

from __future__ import annotations

import re

_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|vs|approx|e\.g|i\.e)\.")
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycgsxzh])es$|(?<=[aeiouy]l)e$")
_UNITS = frozenset({"ml", "mg", "kg", "cm", "mm", "mmol", "mcg", "g", "h", "min", "bpm", "C", "F", "L", "T", "x"})
_TOO_FEW = 3  # words; fewer are a heading
_MOSTLY = 0.4  # a sentence with so many figures is a row of values


def reading_grade(text: str) -> float | None:
    """Kincaid et al. 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59; None for a text without prose.

    Rows of vital signs are left out. A number, unit or abbreviation within a sentence makes it longer and no harder
    to say: it counts as a word and its syllables don't. English only.
    """
    sentences = [tokens for piece in _BREAK.split(_TITLE.sub(r"\1", text)) if _is_prose(tokens := _tokens(piece))]
    words = [word for sentence in sentences for word in sentence if word]
    if not words:
        return None
    length = sum(map(len, sentences)) / len(sentences)
    return 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end not counted; at least 1, each part of a hyphenated word for itself."""
    parts = [part for part in word.casefold().split("-") if part]
    return sum(max(1, len(_VOWELS.findall(_SILENT.sub("", part)))) for part in parts) or 1


def _is_prose(tokens: list[str]) -> bool:
    words = sum(bool(token) for token in tokens)
    return words >= _TOO_FEW and words / len(tokens) > 1 - _MOSTLY


def _tokens(sentence: str) -> list[str]:
    """A word for each token, "" for a figure: 116, SpO2, mL, 98/54, WBC. Lone punctuation is nothing."""
    tokens = [token for token in sentence.split() if any(character.isalnum() for character in token)]
    return ["" if _is_figure(token) else token.strip(".,;:!?()\"'“”‘’") for token in tokens]


def _is_figure(token: str) -> bool:
    word = _WORD.search(token)
    if word is None or any(character.isdigit() for character in token):
        return True
    return word[0] in _UNITS or any(character.isupper() for character in word[0].split("-")[0][1:])
