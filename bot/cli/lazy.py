"""Commands that load when they are called: `readback drills list` must not wait for an LLM's SDK and a web server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group
from typing_extensions import override

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


@dataclass(frozen=True, slots=True)
class Later:
    """A command to come: `package.module:name` of a function or a Typer, and what a list of commands says of it.

    That is the first paragraph of what the command says of itself; a test compares them.
    """

    place: str
    says: str


def lazy(**commands: Later) -> type[TyperGroup]:
    """The class of a group that also has these commands."""

    class Lazy(_LazyGroup):
        _later = commands

    return Lazy


class _LazyGroup(TyperGroup):
    """Click's documented lazy group. Its own commands come first, then those that are loaded when they are called."""

    _later: Mapping[str, Later]

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self._names_only = False
        self._loaded: set[str] = set()
        self.commands.update({name: TyperCommand(name, help=later.says) for name, later in self._later.items()})

    @override
    def list_commands(self, ctx: Context) -> list[str]:
        return [*(name for name in self.commands if name not in self._later), *self._later]

    @override
    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name in self._later.keys() - self._loaded and not self._names_only:
            self.commands[cmd_name] = _command(cmd_name, self._later[cmd_name].place)
            self._loaded.add(cmd_name)
        return super().get_command(ctx, cmd_name)

    @override
    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """A list of names and sentences waits for no command."""
        self._names_only = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._names_only = False


def _command(name: str, place: str) -> Command:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    command = get_group(found) if isinstance(found, typer.Typer) else get_command(_alone(found))
    command.name = name
    return command


def _alone(function: object) -> typer.Typer:
    app = typer.Typer(add_completion=False)
    app.command()(function)  # type: ignore[type-var]  # typer takes any function; `import_module` knows no types
    return app
