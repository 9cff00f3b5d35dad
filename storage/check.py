"""Whether a database can be trusted: its schema, its own integrity, the ledger's chain, and rows that agree with it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from drills.ports import LedgerEntry
from storage import engines
from storage.address import file_of, is_sqlite, parse
from storage.campaign_tables import campaigns
from storage.chain import verify
from storage.leases import leases
from storage.ledger import entry_of
from storage.reconcile import differences
from storage.tables import ledger, workspaces
from storage.triggers import missing_triggers
from storage.upgrade import pending


def check(url: str) -> list[str]:
    """What is wrong, one sentence each; [] when all is well. Changes nothing, and may run beside the program.

    Raises BadDatabaseUrl, MissingDriver, or UnreadableDatabase.
    """
    parsed = parse(url)
    if is_sqlite(parsed) and not file_of(parsed).exists():
        return [f"There is no database at {file_of(parsed)}. `readback db upgrade` makes one."]
    with engines.tool(parsed, begin="BEGIN") as connection:
        return _faults(connection)


def _faults(connection: sa.Connection) -> list[str]:
    """The chain can be read only when the schema is the expected one."""
    lacking = [f"Migration {name} is pending. Run `readback db upgrade`." for name in pending(connection)]
    if lacking:
        return lacking
    return [*_drift(connection), *missing_triggers(connection), *_integrity(connection), *_chains(connection)]


def _drift(connection: sa.Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = compare_metadata(context, _expected())
    return [f"The schema is not the one this version expects: {_words(change)}." for change in found]


def _expected() -> sa.MetaData:
    """Every table there should be. One outside storage/tables is in it only once its file has been imported."""
    (metadata,) = {table.metadata for table in (ledger, campaigns, leases)}
    return metadata


def _words(change: object) -> str:
    """Alembic's difference is a tuple, or a list of them for one column: verb first, then the things."""
    if isinstance(change, list):
        return "; ".join(_words(part) for part in change)
    verb, *things = change if isinstance(change, tuple) else (change,)
    names = [str(getattr(thing, "name", thing)) for thing in things if thing is not None]
    return " ".join([str(verb).replace("_", " "), *names])


def _integrity(connection: sa.Connection) -> list[str]:
    """SQLite can check its own file; PostgreSQL has amcheck and checksums for that."""
    if connection.dialect.name != "sqlite":
        return []
    pages = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [
        *(f"The file is damaged: {page}." for page in pages),
        *(f"A row of {table} points at a row of {parent} that is not there." for table, _, parent, _ in orphans),
    ]


def _chains(connection: sa.Connection) -> list[str]:
    """Rows are compared with a ledger that is sound; with a broken one it would be guesswork."""
    heads = sa.select(workspaces.c.id, workspaces.c.ledger_seq, workspaces.c.ledger_hash).order_by(workspaces.c.id)
    sentences: list[str] = []
    for workspace, seq, hash_ in connection.execute(heads).all():
        faults = _chain(connection, workspace, (seq, hash_))
        sentences += [f"Ledger of {workspace}: {fault}." for fault in faults]
        sentences += [] if faults else differences(connection, workspace, _entries(connection, workspace))
    return sentences


def _chain(connection: sa.Connection, workspace: str, head: tuple[int, str]) -> list[str]:
    try:
        return verify(_entries(connection, workspace), head=head)
    except ValueError as unreadable:
        return [f"an entry can't be read ({unreadable})"]


def _entries(connection: sa.Connection, workspace: str) -> Iterator[LedgerEntry]:
    """One after the other: a ledger may be long."""
    own = sa.select(ledger).where(ledger.c.workspace == workspace).order_by(ledger.c.seq)
    for row in connection.execute(own, execution_options={"yield_per": 1000}):
        yield entry_of(row)
