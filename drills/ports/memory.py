"""Transactions: everything that is remembered goes through one unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from drills.ports.campaigns import Campaigns, Holds, Patterns, Reflections
from drills.ports.job import Job
from drills.ports.leases import Leases
from drills.ports.ledger import Ledger
from drills.ports.messages import Messages
from drills.ports.reminders import Reminders
from drills.ports.repositories import (
    Appointments,
    Attempts,
    Boards,
    DrillVersions,
    Evaluations,
    Inbox,
    Installations,
    Members,
    Pushes,
    Reviews,
    Teams,
    Ticks,
    Tripwires,
)
from drills.ports.rotas import RotaDrafts, Rotas


class UnitOfWork(Protocol):
    """One transaction. Committed when its `async with` block ends well, rolled back otherwise."""

    teams: Teams
    members: Members
    appointments: Appointments
    drills: DrillVersions
    pushes: Pushes
    attempts: Attempts
    evaluations: Evaluations
    reviews: Reviews
    ledger: Ledger
    messages: Messages
    inbox: Inbox
    installations: Installations
    leases: Leases
    boards: Boards
    ticks: Ticks
    tripwires: Tripwires
    campaigns: Campaigns
    holds: Holds
    patterns: Patterns
    reminders: Reminders
    reflections: Reflections
    rotas: Rotas
    rota_drafts: RotaDrafts

    async def enqueue(self, job: Job) -> None: ...


class Memory(Protocol):
    """Opens transactions. Never await the network inside one."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]: ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction for looking only: may run beside the writer."""
        ...

    async def unfinished(self, now: datetime) -> Sequence[Job]:
        """Jobs for every row that is not in a final state: the boot scan and the sweep."""
        ...
