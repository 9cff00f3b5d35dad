"""Migrations go up and down on both databases, and `db check` finds what is not as it should be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from contracts.remembered import NOW, ROOM
from typer.testing import CliRunner

from bot.cli.db import app
from storage import engines
from storage.address import parse
from storage.chain import GENESIS
from storage.check import check
from storage.engines import UnreadableDatabase
from storage.memory import SqlMemory, open_memory
from storage.upgrade import downgrade, upgrade

NO_TRIGGERS = {
    "sqlite": ["DROP TRIGGER ledger_refuses_update", "DROP TRIGGER ledger_refuses_delete"],
    "postgresql": ["ALTER TABLE ledger DISABLE TRIGGER USER"],
}


@dataclass(frozen=True)
class Vandal:
    """Somebody with the database's password."""

    url: str

    def run(self, *statements: str) -> None:
        with engines.tool(parse(self.url)) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def lift_triggers(self) -> None:
        self.run(*NO_TRIGGERS[sa.make_url(self.url).get_backend_name()])


@pytest.fixture
def vandal(database_url: str) -> Vandal:
    return Vandal(database_url)


@pytest.fixture
async def ledger(memory: SqlMemory) -> SqlMemory:
    async with memory.begin() as work:
        for n in range(3):
            await work.ledger.append(ROOM, NOW, {"n": n})
    return memory


class TestMigrations:
    def test_an_upgraded_database_has_nothing_to_complain_about(self, empty_url: str) -> None:
        upgrade(empty_url)
        assert check(empty_url) == []
        upgrade(empty_url)
        assert check(empty_url) == []

    def test_the_way_back_leaves_no_table(self, empty_url: str) -> None:
        upgrade(empty_url)
        downgrade(empty_url, "base")
        with engines.tool(parse(empty_url)) as connection:
            assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        upgrade(empty_url)
        assert check(empty_url) == []

    def test_members_of_an_older_database_live_by_their_teams_clock(self, empty_url: str) -> None:
        upgrade(empty_url, "0010")
        vandal = Vandal(empty_url)
        vandal.run(
            "INSERT INTO workspaces (id, ledger_seq, ledger_hash, message_seq)"  # noqa: S608  # our own constant
            f" VALUES ('room:demo', 0, '{GENESIS}', 0)",
            "INSERT INTO teams (workspace, id, name, channel, tz, on_board, demo)"
            " VALUES ('room:demo', '4w', '4 West', '4w', 'America/New_York', true, false)",
            "INSERT INTO members (workspace, team, person, name, profession, role, opted_out)"
            " VALUES ('room:demo', '4w', 'nina', 'Nina', 'nurse', 'learner', false)",
        )
        upgrade(empty_url)
        assert check(empty_url) == []
        with engines.tool(parse(empty_url)) as connection:
            assert connection.exec_driver_sql("SELECT person, tz FROM members").all() == [("nina", None)]
        downgrade(empty_url, "0010")
        with engines.tool(parse(empty_url)) as connection:
            assert connection.exec_driver_sql("SELECT person FROM members").all() == [("nina",)]

    async def test_an_upgrade_runs_inside_an_event_loop_as_well(self, empty_url: str) -> None:
        await asyncio.to_thread(upgrade, empty_url)
        memory = await open_memory(empty_url)
        await memory.close()
        assert check(empty_url) == []

    @pytest.mark.postgres
    async def test_processes_that_start_at_once_migrate_once(self, empty_postgres_url: str) -> None:
        await asyncio.gather(*(asyncio.to_thread(upgrade, empty_postgres_url) for _ in range(3)))
        assert check(empty_postgres_url) == []


class TestCheck:
    def test_a_database_without_schema_is_told_what_to_do(self, empty_url: str) -> None:
        sentences = check(empty_url)
        assert sentences
        assert all("`readback db upgrade`" in sentence for sentence in sentences)

    def test_a_table_that_somebody_changed_is_named(self, vandal: Vandal) -> None:
        vandal.run("ALTER TABLE teams ADD COLUMN nickname TEXT")
        (sentence,) = check(vandal.url)
        assert "remove column teams nickname" in sentence

    def test_a_missing_trigger_is_named(self, vandal: Vandal) -> None:
        vandal.lift_triggers()
        assert "The trigger ledger_refuses_update that keeps the ledger append-only is missing." in check(vandal.url)

    @pytest.mark.parametrize(
        "statement", ["UPDATE ledger SET body = '{}'", "DELETE FROM ledger", "DELETE FROM ledger WHERE seq = 3"]
    )
    async def test_the_ledger_refuses_to_be_changed(self, ledger: SqlMemory, vandal: Vandal, statement: str) -> None:
        with pytest.raises(UnreadableDatabase, match="append-only"):
            vandal.run(statement)
        assert check(vandal.url) == []

    @pytest.mark.postgres
    def test_the_ledger_refuses_to_be_emptied(self, postgres_url: str) -> None:
        with pytest.raises(UnreadableDatabase, match="append-only"):
            Vandal(postgres_url).run("TRUNCATE ledger")

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE ledger SET body = '{\"n\":7}' WHERE seq = 2", "entry 2 was changed"),
            ("DELETE FROM ledger WHERE seq = 2", "entry 2 is missing"),
            ("DELETE FROM ledger WHERE seq = 3", "entry 3 should be the last one"),
            ("UPDATE ledger SET body = 'no JSON' WHERE seq = 1", "entry 1 was changed"),
        ],
    )
    async def test_tampering_is_found_and_its_entry_named(
        self, ledger: SqlMemory, vandal: Vandal, statement: str, fault: str
    ) -> None:
        vandal.lift_triggers()
        vandal.run(statement)
        assert any(f"Ledger of local:demo: {fault}" in sentence for sentence in check(vandal.url))

    def test_a_row_that_points_at_nothing_is_named(self, sqlite_url: str) -> None:
        Vandal(sqlite_url).run("INSERT INTO inbox VALUES ('local:gone', 'Ev1', '2026-03-08 00:00:00')")
        assert check(sqlite_url) == ["A row of inbox points at a row of workspaces that is not there."]

    @pytest.mark.parametrize("act", [check, upgrade])
    def test_a_file_that_is_no_database_is_told_in_a_sentence(
        self, tmp_path: Path, act: Callable[[str], object]
    ) -> None:
        (tmp_path / "notes.txt").write_text("bed 4 is getting worse " * 50)
        with pytest.raises(UnreadableDatabase, match="file is not a database"):
            act(f"sqlite+aiosqlite:///{tmp_path / 'notes.txt'}")

    @pytest.mark.postgres
    @pytest.mark.parametrize("act", [check, upgrade])
    def test_a_server_that_does_not_answer_is_told_in_a_sentence(
        self, tmp_path: Path, act: Callable[[str], object]
    ) -> None:
        with pytest.raises(UnreadableDatabase, match="No such file or directory"):
            act(f"postgresql+psycopg://postgres@/none?host={tmp_path}")

    async def test_an_entry_with_a_moment_that_is_none_is_told(self, sqlite_url: str) -> None:
        memory = await open_memory(sqlite_url)
        async with memory.begin() as work:
            await work.ledger.append(ROOM, NOW, {})
        await memory.close()
        vandal = Vandal(sqlite_url)
        vandal.lift_triggers()
        vandal.run("UPDATE ledger SET at = 'yesterday'")
        assert any("Ledger of local:demo: an entry can't be read" in sentence for sentence in check(sqlite_url))


class TestCommandLine:
    @pytest.fixture
    def run(self) -> Callable[..., tuple[int, str]]:
        def run(*words: str) -> tuple[int, str]:
            result = CliRunner().invoke(app, list(words))
            return result.exit_code, result.output

        return run

    def test_upgrade_then_check_says_that_all_is_sound(
        self, empty_url: str, run: Callable[..., tuple[int, str]]
    ) -> None:
        assert run("upgrade", "--url", empty_url) == (0, "The database is up to date.\n")
        assert run("check", "--url", empty_url)[0] == 0

    def test_a_broken_database_ends_with_sentences_and_one(
        self, vandal: Vandal, run: Callable[..., tuple[int, str]]
    ) -> None:
        vandal.run("ALTER TABLE teams ADD COLUMN nickname TEXT")
        code, text = run("check", "--url", vandal.url)
        assert (code, text.count("\n")) == (1, 1)
        code, text = run("check", "--json", "--url", vandal.url)
        assert code == 1
        assert json.loads(text) == {"ok": False, "faults": check(vandal.url)}

    def test_the_url_is_read_from_the_environment(
        self, sqlite_url: str, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", sqlite_url)
        assert run("check") == (0, "The schema, the database and the ledger's chain are sound.\n")
