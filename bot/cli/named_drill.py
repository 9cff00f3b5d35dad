"""Which drill a command means: a file of the author's, or one of the library by its id."""

from __future__ import annotations

from pathlib import Path

from drills.catalog import DrillFile, Library, read
from drills.catalog.reading import text_of


def named_drill(named: str) -> DrillFile:
    """Raises FaultyDrill with every fault, or NoSuchDrill when it is neither a file nor a shipped id."""
    path = Path(named)
    if path.is_file():
        return read(text_of(path), named)
    return Library.shipped().file(named)
