"""A drill file's data for rules: whatever has the wrong type is passed over, for the shape's check reports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drills.catalog.source import Path, Source


class Raw:
    """Tolerant look-ups by path. Nothing here raises."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def at(self, *path: str | int) -> Any:
        """The value at a path, or None."""
        value = self.source.data
        for part in path:
            value = _inside(value, part)
        return value

    def text(self, *path: str | int) -> str:
        """Text at a path; empty when there is none."""
        value = self.at(*path)
        return value if isinstance(value, str) else ""

    def number(self, *path: str | int) -> float | None:
        value = self.at(*path)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def keys(self, *path: str | int) -> tuple[str, ...]:
        """The keys of a mapping at a path; none when it is something else."""
        value = self.at(*path)
        return tuple(value) if isinstance(value, dict) else ()

    def entries(self, *path: str | int) -> Iterator[Path]:
        """The paths of a list's entries."""
        value = self.at(*path)
        if isinstance(value, list):
            yield from ((*path, number) for number in range(len(value)))

    def given(self, *path: str | int) -> bool:
        """Whether the key is there and says something; `null` says nothing."""
        return self.at(*path) is not None

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text in the file with its path."""
        yield from _texts(self.source.data, ())


def _inside(value: Any, part: str | int) -> Any:
    match value:
        case dict():
            return value.get(part)
        case list() if isinstance(part, int) and part < len(value):
            return value[part]
        case _:
            return None


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case list():
            for number, item in enumerate(value):
                yield from _texts(item, (*path, number))
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))
