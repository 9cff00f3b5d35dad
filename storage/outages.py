"""Which database errors pass by themselves: a lost connection, a deadlock, a busy file."""

from __future__ import annotations

import sqlalchemy as sa

from drills.errors import TryLater

_PASSING_SQLSTATES = ("08", "40", "53", "55P03", "57P")  # connection, rollback, resources, lock, shutdown
_PASSING_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED")


class MemoryBusy(TryLater):
    """The database could not take the transaction now. Nothing of it was kept."""

    tell = "That did not get through just now. Please try again in a moment."


def first_line(error: sa.exc.SQLAlchemyError) -> str:
    """What the database said, without its details: those may repeat a row."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.partition("\n")[0]


def passes(error: sa.exc.SQLAlchemyError) -> bool:
    """Whether the same transaction may go through a little later."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if not isinstance(error, sa.exc.OperationalError):
        return False
    sqlite_name = getattr(error.orig, "sqlite_errorname", None)
    if sqlite_name is not None:
        return str(sqlite_name).startswith(_PASSING_SQLITE)
    sqlstate = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or sqlstate is None or sqlstate.startswith(_PASSING_SQLSTATES)
