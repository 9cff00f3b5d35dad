"""How alike two short texts are: words and letter groups, rare ones counting more (tf-idf, cosine)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.judges.embedded.tokens import STOP, keys

_GRAM = 4
_STOP_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Vector:
    """Weights that sum to one when squared, for words and for letter groups."""

    words: Mapping[str, float]
    grams: Mapping[str, float]


class Scale:
    """How rare each word and letter group is among a drill's own texts. Unknown ones count as rare.

    `common` are words that say nothing in this drill, such as the name of the person spoken to.
    """

    def __init__(self, texts: Iterable[str], common: Iterable[str] = ()) -> None:
        self._common = STOP | frozenset(common)
        documents = list(texts)
        self._words = _rarity(set(keys(text)) for text in documents)
        self._grams = _rarity(set(_grams(keys(text))) for text in documents)
        self._unknown = math.log(1 + len(documents)) + 1

    def vector(self, text: str) -> Vector:
        return self.vector_of(keys(text))

    def vector_of(self, words: Sequence[str]) -> Vector:
        grams = Counter(_grams(words))
        return Vector(
            _unit({word: n * self.weight(word) for word, n in Counter(words).items()}),
            _unit({gram: n * self._grams.get(gram, self._unknown) for gram, n in grams.items()}),
        )

    def weight(self, word: str) -> float:
        rare = self._words.get(word, self._unknown)
        return rare * _STOP_WEIGHT if word in self._common else rare


def alike(one: Vector, other: Vector) -> float:
    """0…1, the mean of the cosines over words and over letter groups."""
    return 0.5 * _dot(one.words, other.words) + 0.5 * _dot(one.grams, other.grams)


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum(one[key] * other[key] for key in one.keys() & other.keys())  # exact, whatever the order


def _unit(weights: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(w * w for w in weights.values()))
    return {key: w / norm for key, w in weights.items()} if norm else {}


def _grams(words: Sequence[str]) -> list[str]:
    padded = f" {' '.join(words)} "
    return [padded[at : at + _GRAM] for at in range(len(padded) - _GRAM + 1)]


def _rarity(sets: Iterable[set[str]]) -> dict[str, float]:
    documents = list(sets)
    counts = Counter(item for found in documents for item in found)
    return {item: math.log((1 + len(documents)) / (1 + n)) + 1 for item, n in counts.items()}
