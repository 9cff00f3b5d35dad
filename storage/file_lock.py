"""One process for each SQLite file: jobs live in that process's memory, so a second one would miss them."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from drills.errors import OursToFix


class FileInUse(OursToFix):
    """Another process holds the database file."""


class FileOutOfReach(OursToFix):
    """The folder or the file is not ours to write."""


@dataclass(frozen=True, slots=True)
class FileLock:
    """An exclusive `flock` on `<file>.lock`. The system drops it when the process dies, however it dies."""

    descriptor: int

    @classmethod
    def take(cls, file: Path) -> Self:
        """Makes the folder and an empty file if need be, for its owner only. Raises FileInUse, FileOutOfReach."""
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # replies are private
            descriptor = _open(f"{file}.lock")
            os.close(_open(str(file)))
        except OSError as error:
            raise FileOutOfReach(f"the database file {file} can't be made or written: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FileInUse(
                f"another Readback process uses this file; stop it first ({file}). "
                "To run several processes, set DATABASE_URL to a PostgreSQL database."
            ) from None
        return cls(descriptor)

    def release(self) -> None:
        os.close(self.descriptor)


def _open(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
