"""Slips of the finger put right, against the drill's own words: "presure" is pressure where the drill speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from adapters.judges.embedded.tokens import lexicon

_SHORTEST = 4  # letters; shorter words have too many neighbours
_LONG = 7  # from so many letters on two slips are forgiven
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def common_words() -> frozenset[str]:
    """Words that are spelled right: words.txt, made by benchmarks/judge_words.py."""
    text = files("adapters.judges.embedded").joinpath("words.txt").read_text(encoding="utf-8")
    listed = {line for line in text.splitlines() if not line.startswith("#")}
    lexical = {word for words in lexicon()["alike"].values() for entry in words.split() for word in entry.split("_")}
    return frozenset(listed | lexical | lexicon()["shorthand"].keys())


class Spelling:
    """Corrects towards a drill's words first, then towards common ones; leaves known words alone."""

    def __init__(self, drill_words: Iterable[str]) -> None:
        self._own = frozenset(word for word in drill_words if len(word) >= _SHORTEST)
        self._correct = lru_cache(maxsize=4096)(self._find)

    def correct(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isascii() or word in self._own or word in common_words():
            return word
        return self._correct(word)

    def _find(self, word: str) -> str:
        if len(word) > 20:
            return word
        near = _one_slip(word)
        for known in (self._own, common_words()):
            found = _closest(word, near & known)
            if found:
                return found
        if len(word) >= _LONG:
            two = [own for own in self._own if _plausible(word, own) and _one_slip(own) & near]
            return _closest(word, two) or word
        return word


def _plausible(word: str, own: str) -> bool:
    return own[0] == word[0] and abs(len(own) - len(word)) <= 2 and len(set(own) ^ set(word)) <= 4


def _closest(word: str, found: Iterable[str]) -> str:
    """Same start; same letters first (a swap), then the same length, then the alphabet."""
    fit = (w for w in found if w[0] == word[0] or sorted(w) == sorted(word))  # "horse" is not "worse"
    ranked = sorted(fit, key=lambda w: (sorted(w) != sorted(word), abs(len(w) - len(word)), w))
    return ranked[0] if ranked else ""


def _one_slip(word: str) -> frozenset[str]:
    """Every string one swap, loss, doubling or wrong letter away."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    wrong = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    extra = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return frozenset(lost | swapped | wrong | extra) - {word}
