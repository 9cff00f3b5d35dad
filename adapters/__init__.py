"""The outside world: one folder for each platform, judge or export. Adapters never know one another.

A platform's folder offers `build(parts) -> Adapter | None` (None: not configured). `discover` finds it; no
list anywhere names the platforms.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from drills.installation import Finding as Finding
from drills.ports import Chat, Clock, Memory, Pictures, Receive

if TYPE_CHECKING:  # a judge alone needs no web server
    from starlette.routing import BaseRoute


@dataclass(frozen=True, slots=True)
class Parts:
    """What the program hands to a platform. `settings` holds text by lower-case name, unset ones left out."""

    settings: Mapping[str, str] = field(repr=False)  # tokens are among them
    memory: Memory
    receive: Receive
    clock: Clock
    pictures: Pictures | None = None


class Adapter(Protocol):
    """One platform, ready to run. `role` is the process role that runs it: web, slack, discord …"""

    role: str
    chat: Chat
    routes: Sequence[BaseRoute]

    async def run(self) -> None:
        """Hold the platform's connection until cancelled; return at once when there is none to hold."""
        ...

    async def examine(self) -> Sequence[Finding]:
        """What is missing there: scopes, memberships. Raises nothing; empty where there is nothing to ask."""
        ...

    async def close(self) -> None:
        """End what the way out holds open, for good. In every process, whatever its roles; after the last job."""
        ...


def platforms() -> tuple[str, ...]:
    """The folders that are a platform, configured or not."""
    return tuple(name for name, _ in _builders())


def discover(parts: Parts) -> Iterator[Adapter]:
    """Every platform that is configured, in the order of their folders' names."""
    for _, build in _builders():
        adapter = build(parts)
        if adapter is not None:
            yield adapter


def _builders() -> Iterator[tuple[str, Callable[[Parts], Adapter | None]]]:
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "build"):
            yield found.name, module.build
