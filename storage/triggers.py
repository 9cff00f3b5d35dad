"""The triggers that make the ledger append-only on both databases, and the check that they stand.

A migration that rebuilds the ledger on SQLite drops them with the old table, and must lay them again.
"""

from __future__ import annotations

import sqlalchemy as sa

_REFUSAL = "the ledger is append-only"
_SQLITE = {
    f"ledger_refuses_{verb}": f"""
        CREATE TRIGGER ledger_refuses_{verb} BEFORE {verb.upper()} ON ledger
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for verb in ("update", "delete")
}
_POSTGRES_FUNCTION = f"""
    CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"""
_POSTGRES = {
    f"ledger_refuses_{verb}": f"""
        CREATE TRIGGER ledger_refuses_{verb} BEFORE {verb.upper()} ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"""
    for verb in ("update", "delete", "truncate")
}


def lay_triggers(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        statements = [*_SQLITE.values()]
    else:
        statements = [_POSTGRES_FUNCTION, *_POSTGRES.values()]
    for statement in statements:
        connection.exec_driver_sql(statement)


def lift_triggers(connection: sa.Connection) -> None:
    """For the migration that drops the ledger."""
    if connection.dialect.name == "sqlite":
        statements = [f"DROP TRIGGER {name}" for name in _SQLITE]
    else:
        statements = [*(f"DROP TRIGGER {name} ON ledger" for name in _POSTGRES), "DROP FUNCTION ledger_refuses()"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def missing_triggers(connection: sa.Connection) -> list[str]:
    """A sentence for each trigger that is not there, or is switched off."""
    if connection.dialect.name == "sqlite":
        wanted, standing = _SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = _POSTGRES
        standing = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger'::regclass AND tgenabled IN ('O', 'A')"
    names = {row[0] for row in connection.exec_driver_sql(standing)}
    return [f"The trigger {name} that keeps the ledger append-only is missing." for name in wanted if name not in names]
