"""A job: which journey advances which row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from drills.people import Workspace


@dataclass(frozen=True, slots=True)
class Job:
    """`kind` names a journey (judge, deliver, post, refresh), `key` the row it advances."""

    kind: str
    workspace: Workspace
    key: str


@dataclass(frozen=True, slots=True)
class Retry:
    """The handler wants to be called again in `after` seconds."""

    after: float


Handler: TypeAlias = Callable[[Job], Awaitable[Retry | None]]
