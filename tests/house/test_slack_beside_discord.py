"""The adapters for Slack and Discord read side by side: same names, same order, and a reason for all the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "slack-and-discord.md").read_text(encoding="utf-8")
SLACK, DISCORD = ROOT / "adapters" / "slack", ROOT / "adapters" / "discord"
TABLES = ("the same in both", "only in Slack", "only in Discord")


def files_of(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.py")} - {"__init__"}


def rows_of(table: str) -> Iterator[tuple[list[str], str]]:
    """The names of files in each row, and what stands beside them."""
    for line in PAGE.partition(f"| {table} |")[2].splitlines()[2:]:
        if not line.startswith("|"):
            return
        _, names, says, _ = line.split("|")
        yield re.findall(r"`(\w+)`", names), says


def listed(table: str) -> list[str]:
    return [name for names, _ in rows_of(table) for name in names]


@pytest.mark.parametrize(
    ("table", "files"),
    [
        ("the same in both", files_of(SLACK) & files_of(DISCORD)),
        ("only in Slack", files_of(SLACK) - files_of(DISCORD)),
        ("only in Discord", files_of(DISCORD) - files_of(SLACK)),
    ],
    ids=TABLES,
)
def test_every_file_is_on_the_page_once_where_it_belongs(table: str, files: set[str]) -> None:
    assert sorted(listed(table)) == sorted(files)


@pytest.mark.parametrize(("table", "host"), [("only in Slack", "docs.slack.dev"), ("only in Discord", "discord.com")])
def test_what_stands_on_one_side_only_names_the_platforms_fact_with_a_link(table: str, host: str) -> None:
    without = [names for names, says in rows_of(table) if f"](https://{host}/" not in says]
    assert without == []


@pytest.mark.parametrize("name", sorted(files_of(SLACK) & files_of(DISCORD)))
def test_what_stands_in_both_stands_in_the_same_order(name: str) -> None:
    slack, discord = (list(names_in(folder / f"{name}.py")) for folder in (SLACK, DISCORD))
    assert [one for one in slack if one in discord] == [one for one in discord if one in slack]


def names_in(file: Path) -> Iterator[str]:
    """Functions, classes and methods, from top to bottom; a class that has the platform's name counts without it."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            name = re.sub("^(Slack|Discord)", "", node.name)
            yield name
            methods = (one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
            yield from (f"{name}.{method.name}" for method in methods)
