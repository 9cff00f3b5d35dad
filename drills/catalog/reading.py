"""Finding drill files and reading their bytes as text, whatever the bytes are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drills.catalog import unreadable
from drills.catalog.faults import Fault, FaultyDrill
from drills.catalog.source import MAX_CHARACTERS

_SUFFIXES = {".yaml", ".yml"}
_NO_DRILLS = "campaigns"  # a library keeps its campaigns beside its drills


def drill_files(path: Path) -> Iterator[Path]:
    """The file itself, or every .yaml and .yml file below a folder but campaigns, in a fixed order."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix in _SUFFIXES and file.is_file() and _NO_DRILLS not in file.relative_to(path).parts:
            yield file


def text_of(file: Path) -> str:
    """A file's text. Raises FaultyDrill when it can't be opened, is too large, or is not UTF-8."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(4 * MAX_CHARACTERS + 1)
    except OSError as error:
        raise FaultyDrill([_whole_file(file, f"This file can't be opened: {error.strerror}.")]) from error
    if len(raw) > 4 * MAX_CHARACTERS:
        raise FaultyDrill([_whole_file(file, unreadable.TOO_BIG)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise FaultyDrill([Fault(str(file), line, column, "error", unreadable.NOT_TEXT)]) from error


def _whole_file(file: Path, message: str) -> Fault:
    return Fault(str(file), 1, 1, "error", message)
