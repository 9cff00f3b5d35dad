"""Commands that load when they are called: `readback drills list` must not wait for an LLM's SDK and a web server."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group
from typing_extensions import override

if TYPE_CHECKING:
    from typer._click import Command, Context


def lazy(**places: str) -> type[TyperGroup]:
    """The class of a group that also has these commands, each `package.module:name` of a function or a Typer."""

    class Lazy(_LazyGroup):
        _places = places

    return Lazy


class _LazyGroup(TyperGroup):
    """Click's documented lazy group. Its own commands come first, then those that are loaded when asked for."""

    _places: Mapping[str, str]

    @override
    def list_commands(self, ctx: Context) -> list[str]:
        return [*(name for name in self.commands if name not in self._places), *self._places]

    @override
    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name not in self.commands:
            self._load([cmd_name] if cmd_name in self._places else list(self._places))  # all: "did you mean …?"
        return super().get_command(ctx, cmd_name)

    def _load(self, names: list[str]) -> None:
        for name in names:
            self.commands[name] = _command(name, self._places[name])


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
