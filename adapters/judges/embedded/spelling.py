"""Slips of the finger put right, against the drill's own words: "presure" is pressure where the drill speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from adapters.judges.embedded.tokens import STOP, lexicon

_SHORTEST = 3  # letters; shorter words have too many neighbours
_SHORT = 3  # of so many letters only the likeliest slips are put right
_LIKELY = 1.0
_LONG = 7  # from so many letters on two slips are forgiven
_VOWELS = frozenset("aeiouy")
_SOUNDS = tuple(map(frozenset, ("cs", "sz", "ck", "fv", "gj", "dt")))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {k: row[max(0, i - 1) : i + 2] for row in _ROWS for i, k in enumerate(row)}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def common_words() -> frozenset[str]:
    """Words that are spelled right: words.txt, made by benchmarks/judge_words.py."""
    text = files("adapters.judges.embedded").joinpath("words.txt").read_text(encoding="utf-8")
    listed = {line for line in text.splitlines() if not line.startswith("#")}
    lexical = {word for words in lexicon()["alike"].values() for entry in words.split() for word in entry.split("_")}
    return frozenset(listed | lexical | STOP | lexicon()["shorthand"].keys())


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
        found = _likeliest(word, near & (self._own | common_words()), self._own)
        if found or len(word) < _LONG:
            return found or word
        two = [own for own in self._own if _plausible(word, own) and _one_slip(own) & near]
        return min(two, key=lambda own: (abs(len(own) - len(word)), own), default=word)


def _plausible(word: str, own: str) -> bool:
    return own[0] == word[0] and abs(len(own) - len(word)) <= 2 and len(set(own) ^ set(word)) <= 4


def _likeliest(word: str, found: Iterable[str], own: frozenset[str]) -> str:
    """The likeliest slip: a doubled letter typed once, a swap, a letter left out; the drill's words before others."""
    fit = (w for w in found if w[0] == word[0] or sorted(w) == sorted(word))  # "horse" is not "worse"
    ranked = sorted((_slip(word, w) - 1.0 * (w in own or w in STOP), w) for w in fit)
    return ranked[0][1] if ranked and (len(word) > _SHORT or ranked[0][0] <= _LIKELY) else ""


def _slip(typed: str, meant: str) -> float:
    at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(meant) > len(typed):
        return 0.0 if meant[at] == meant[at - 1] else 1.0 if meant[at] in _VOWELS else 1.5
    if len(meant) < len(typed):
        return 1.0 if typed[at] == typed[at - 1] else 3.0
    if sorted(typed) == sorted(meant):
        return 0.5
    pair = {typed[at], meant[at]}
    alike = pair <= _VOWELS or any(pair <= some for some in _SOUNDS)
    return 1.5 if alike else 2.0 if meant[at] in _BESIDE.get(typed[at], "") else 4.0


def _one_slip(word: str) -> frozenset[str]:
    """Every string one swap, loss, doubling or wrong letter away."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    wrong = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    extra = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return frozenset(lost | swapped | wrong | extra) - {word}
