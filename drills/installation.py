"""An installation: what a platform gave us when a workspace's admin added the app, and what is amiss with it."""

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: `well` says whether anything has to be done, `says` what mends it."""

    what: str
    well: bool
    says: str
