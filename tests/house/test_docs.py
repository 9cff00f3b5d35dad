"""Docs that fall behind fail: every variable, command, adapter and dependency is written down somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


def variables() -> list[str]:
    named = []
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        named.append(
            alias.choices[0] if alias is not None and not isinstance(alias, str) else f"READBACK_{name.upper()}"
        )  # type: ignore[union-attr]
    return [str(name) for name in named]


def commands() -> list[str]:
    root = get_group(app)
    context = typer.Context(root)
    found = []
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        inner = command.list_commands(context) if isinstance(command, TyperGroup) else []
        found += [f"{name} {sub}" for sub in inner] or [name]
    return found


@pytest.mark.parametrize("variable", variables())
def test_every_variable_is_in_the_example_environment(variable: str) -> None:
    assert re.search(rf"^#? ?{variable}=", (ROOT / ".env.example").read_text(), re.MULTILINE), variable


@pytest.mark.parametrize("variable", variables())
def test_every_variable_is_in_the_operators_guide(variable: str) -> None:
    assert f"`{variable}`" in (ROOT / "docs" / "operators" / "README.md").read_text(), variable


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_docs(command: str) -> None:
    pages = "".join(page.read_text() for page in (ROOT / "docs").rglob("*.md"))
    assert f"readback {command}" in pages, command


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"].values()
    lines = [*project["project"]["dependencies"], *groups["test"], *groups["check"], *(x for e in extras for x in e)]
    names = {re.split(r"[\[<>=; ]", line)[0] for line in lines}
    page = (ROOT / "docs" / "dependencies.md").read_text()
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))
    assert {t for t in targets if not re.search(rf"^{t}:.*## \S", makefile, re.MULTILINE)} == set()


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "drills" / "library").glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
