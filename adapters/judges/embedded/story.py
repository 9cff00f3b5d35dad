"""What the story says in figures, so that a reply that says otherwise is seen: values, units, directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from adapters.judges.embedded.tokens import is_number, keys

_UNITS = frozenset(
    stem for text in ("day week month year hour minutes kilos % liter", "weeks days hours years") for stem in keys(text)
)
_TURNS = frozenset({"to", "→", "now", "then"})


@dataclass(frozen=True, slots=True)
class Story:
    """`with_unit` are (number, unit) as told; `turns` are (before, after) of values that changed."""

    numbers: frozenset[str]
    with_unit: frozenset[tuple[str, str]]
    turns: frozenset[tuple[str, str]]

    def contradicts(self, words: tuple[str, ...]) -> bool:
        """A told number with a unit it never has, or a change told the wrong way round."""
        told = {number for number, _ in self.with_unit}
        wrong_unit = any(n in told and (n, unit) not in self.with_unit for n, unit in _with_unit(words))
        return wrong_unit or any((b, a) in self.turns and (a, b) not in self.turns for a, b in _turns(words))


def story(texts: Iterable[str]) -> Story:
    told = [keys(text) for text in texts]
    return Story(
        numbers=frozenset(word for words in told for word in words if is_number(word)),
        with_unit=frozenset(pair for words in told for pair in _with_unit(words)),
        turns=frozenset(pair for words in told for pair in _turns(words)),
    )


def _with_unit(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairwise(words) if is_number(a) and b in _UNITS]


def _turns(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """ "24 to 36", "36 down to 24", "62 → 86": two numbers with a turning word and little else between them."""
    found = []
    for at, word in enumerate(words):
        if not is_number(word):
            continue
        for far in range(at + 2, min(at + 5, len(words))):
            if is_number(words[far]):
                if _TURNS & set(words[at + 1 : far]):
                    found.append((word, words[far]))
                break
    return found
