"""One database, opened: a door for writing, a door for looking, and the claim on its file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from storage import engines
from storage.address import file_of, is_sqlite, parse
from storage.file_lock import FileLock


@dataclass(frozen=True, slots=True)
class Database:
    writer: AsyncEngine
    reader: AsyncEngine
    lock: FileLock | None

    @classmethod
    def open(cls, url: str, *, lock: bool = True) -> Database:
        """Connects on first use. Raises BadDatabaseUrl, MissingDriver or FileInUse."""
        parsed = parse(url)
        held = FileLock.take(file_of(parsed)) if lock and is_sqlite(parsed) else None
        writer = engines.writer(parsed)
        return cls(writer, engines.reader(parsed, writer), held)

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()
        if self.lock is not None:
            self.lock.release()
