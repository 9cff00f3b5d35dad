"""An installation: what a platform gave us when a workspace's admin added the app."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from drills.people import Workspace


@dataclass(frozen=True, slots=True)
class Installation:
    """`sealed` is the platform's tokens, encrypted by its adapter: nobody else can read them."""

    workspace: Workspace
    sealed: bytes = field(repr=False)
    at: datetime
