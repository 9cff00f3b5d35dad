"""How alike a piece of a reply is to every text of a drill at once, and which criterion these likenesses speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from adapters.judges.embedded.similarity import Vector

_RIDGE = 0.1  # how much a drill's few texts are trusted; 0.03 … 0.3 do about as well
Row = tuple[float, ...]


class Likeness:
    """`owners` names the criterion that each text speaks for, by its place in the rubric; -1 for near misses."""

    def __init__(self, vectors: Sequence[Vector], owners: Sequence[int]) -> None:
        self._size = len(vectors)
        self._words = _postings(vector.words for vector in vectors)
        self._grams = _postings(vector.grams for vector in vectors)
        self._speaks = _ridge([self.alike(vector) for vector in vectors], owners)

    def alike(self, vector: Vector) -> Row:
        """For each text 0…1, the mean of the cosines over words and over letter groups."""
        found = [0.0] * self._size
        for weights, postings in ((vector.words, self._words), (vector.grams, self._grams)):
            for item, weight in weights.items():
                for at, its in postings.get(item, ()):
                    found[at] += 0.5 * weight * its
        return tuple(found)

    def apart(self, row: Row) -> Row:
        """For each criterion, how far a piece speaks for this one rather than for another, 0…1; from its `alike`."""
        spoken = (sum(a * b for a, b in zip(row, column, strict=True)) for column in self._speaks)
        return tuple(min(1.0, max(0.0, value)) for value in spoken)


def _postings(weights: Iterable[Mapping[str, float]]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, its in enumerate(weights):
        for item, weight in its.items():
            found[item].append((at, weight))
    return dict(found)


def _ridge(kernel: Sequence[Row], owners: Sequence[int]) -> list[Row]:
    """Kernel ridge regression, one column a criterion: its own texts are 1, all others 0."""
    columns = max(owners, default=-1) + 1
    rows = [
        [*likes, *(float(owner == column) for column in range(columns))]
        for likes, owner in zip(kernel, owners, strict=True)
    ]
    for at, row in enumerate(rows):
        row[at] += _RIDGE
    return _solved(rows, columns)


def _solved(rows: list[list[float]], columns: int) -> list[Row]:
    """Gauss-Jordan; the ridge keeps every pivot above zero."""
    for at, pivot in enumerate(rows):
        scale = 1 / pivot[at]
        pivot[at:] = [value * scale for value in pivot[at:]]
        for other in rows:
            factor = other[at]
            if other is not pivot and factor:
                other[at:] = [a - factor * b for a, b in zip(other[at:], pivot[at:], strict=True)]
    return [tuple(row[len(rows) + column] for row in rows) for column in range(columns)]
