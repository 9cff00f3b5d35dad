"""What a criterion is made of: "role, plus unit, plus patient" is three parts, "two of the three" needs two of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.judges.embedded.similarity import Scale, Vector, alike
from adapters.judges.embedded.tokens import STOP, is_number, keys
from drills.rubric import Criterion

_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_LISTED = re.compile(r"\b(one|two|three|four|2|3|4)(?: or more)? (?:of|from)\b:?(.+)", re.IGNORECASE)
_AT_LEAST = re.compile(r"\bat least (one|two|three|four)\b|\b(two|three|four) or more\b|\b(both)\b", re.IGNORECASE)
_ALL_OF = re.compile(r"\bAND\b")
_ONE_SHORT = re.compile(r"\b(?:only )?one of (?:the|these) (two|three|four)\b|\bonly (?:one|the)\b", re.IGNORECASE)
_TWO_OF_THREE = re.compile(r"\btwo of the three\b", re.IGNORECASE)
_PLUS = re.compile(r",?\s+plus\s+|,?\s+AND\s+", re.IGNORECASE)
_OR = re.compile(r",\s*(?:or|and)?\s*|;\s*|\s+or\s+|\s*/\s*(?!\d)|[()]|:\s+", re.IGNORECASE)
_PIECES = re.compile(r"[,;.–—:?!+&→]\s+|\s+(?:and|but|so|then|with)\s+|\s[–+&-]\s")
_ASSIGNED = 0.10  # so alike an example's piece must be to a part to speak for it


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to be said: `ways` are the describing words, `said` pieces of examples that say it."""

    ways: tuple[frozenset[str], ...]
    said: tuple[Vector, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`needed` of the parts are enough."""

    parts: tuple[Part, ...]
    needed: int


def groups_of(criterion: Criterion, scale: Scale) -> tuple[Group, ...]:
    """All groups are wanted. Empty when nothing says what to look for."""
    found = [_expanded(text) for item in criterion.look_for for text in [item] if text]
    pieces = [scale.vector(piece) for example in criterion.exemplars for piece in _PIECES.split(example) if piece]
    shaped = _shaped(criterion, found)
    return tuple(Group(_parts(texts, pieces, scale), needed) for texts, needed in shaped if texts)


def _expanded(item: str) -> tuple[list[str], int]:
    """The parts that one look_for line names, and how many of them it wants."""
    listed = _LISTED.search(item)
    if listed:
        texts = [text for text in _OR.split(listed[2]) if text.strip()]
        return texts, min(_COUNTS[listed[1].casefold()], len(texts))
    texts = [text for text in _PLUS.split(item.removeprefix("AND ")) if text.strip()]
    return texts, len(texts)


def _shaped(criterion: Criterion, found: list[tuple[list[str], int]]) -> list[tuple[list[str], int]]:
    """Lines that name several parts stand alone; the others are alternatives, parts to count, or all wanted."""
    several = [group for group in found if len(group[0]) > 1]
    single = [text for group in found if len(group[0]) == 1 for text in group[0]]
    if not single:
        return several
    if several and not _all_wanted(criterion):
        return [*several[:1]] if not _counted(criterion) else [*several, (single, 1)]
    if _all_wanted(criterion):
        return [*several, *(([text], 1) for text in single)]
    return [*several, (single, min(_wanted(criterion), len(single)))]


def _counted(criterion: Criterion) -> bool:
    return bool(_AT_LEAST.search(criterion.text))


def _all_wanted(criterion: Criterion) -> bool:
    return any(_ALL_OF.search(text) for text in (criterion.text, *criterion.look_for))


def _wanted(criterion: Criterion) -> int:
    said = _AT_LEAST.search(criterion.text)
    if said:
        return 2 if said[3] else _COUNTS[(said[1] or said[2]).casefold()]
    partial = criterion.partial or ""
    if _TWO_OF_THREE.search(partial):
        return 3
    return 2 if _ONE_SHORT.search(partial) else 1


def _parts(texts: list[str], pieces: list[Vector], scale: Scale) -> tuple[Part, ...]:
    vectors = [scale.vector(text) for text in texts]
    said: list[list[Vector]] = [[vector] for vector in vectors]
    for piece in pieces:
        likeness = [alike(piece, vector) for vector in vectors]
        best = max(likeness)
        if best >= _ASSIGNED:
            said[likeness.index(best)].append(piece)
    return tuple(Part(_ways(text), tuple(found)) for text, found in zip(texts, said, strict=True))


def _ways(text: str) -> tuple[frozenset[str], ...]:
    ways = (frozenset(keys(way)) - STOP for way in _OR.split(text))
    return tuple(way for way in ways if way)


def filled(group: Group, seen: Sequence[tuple[Vector, frozenset[str]]], scale: Scale) -> float:
    """How well the least of the needed parts is said, 0…1."""
    best = sorted((_said(part, seen, scale) for part in group.parts), reverse=True)[: group.needed]
    return best[-1] if best else 0.0


def _said(part: Part, windows: Sequence[tuple[Vector, frozenset[str]]], scale: Scale) -> float:
    named = max((_named(way, words, scale) for way in part.ways for _, words in windows), default=0.0)
    shown = max((alike(said, vector) for said in part.said for vector, _ in windows), default=0.0)
    return min(1.0, max(named, 1.4 * shown))


def _named(way: frozenset[str], words: frozenset[str], scale: Scale) -> float:
    total = sum(scale.weight(word) for word in way)
    share = sum(scale.weight(word) for word in way & words) / total
    exact = any(is_number(word) for word in way & words)
    if exact:
        return max(share, 0.8)
    return share * min(1.0, 0.35 + 0.3 * len(way & words)) if share >= 0.5 else 0.0
