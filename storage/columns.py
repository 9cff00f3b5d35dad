"""The few kinds of columns that all tables are made of."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.instant import Instant

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def json_column(name: str) -> sa.Column[object]:
    """NULL means absent; JSON null is never stored."""
    data = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    return sa.Column(name, data)


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=null)


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def counter(name: str) -> sa.Column[int]:
    """Counted in the database, from 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def flag(name: str, *, null: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=null)


def belongs_to(table: str, column: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace", column], [f"{table}.workspace", f"{table}.{key}"])


def in_workspace() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"])
