"""A moment in time, as a column: SQLite's own type drops the zone without a word."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from typing_extensions import override


class Instant(sa.TypeDecorator[datetime]):
    """Aware in, aware (UTC) out, on both databases. Raises ValueError for a naive time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; moments are kept in UTC")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
