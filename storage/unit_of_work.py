"""One transaction as the journeys see it: every repository on one connection, and what follows the commit."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from drills import ports
from drills.errors import OursToFix
from storage.appointments import SqlAppointments
from storage.attempts import SqlAttempts
from storage.boards import SqlBoards
from storage.campaigns import SqlCampaigns
from storage.drill_versions import Shelf, SqlDrillVersions
from storage.evaluations import SqlEvaluations
from storage.holds import SqlHolds
from storage.inbox import SqlInbox
from storage.installations import SqlInstallations
from storage.leases import SqlLeases
from storage.ledger import SqlLedger
from storage.members import SqlMembers
from storage.messages import SqlMessages
from storage.patterns import SqlPatterns
from storage.pushes import SqlPushes
from storage.reflections import SqlReflections
from storage.reminders import SqlReminders
from storage.reviews import SqlReviews
from storage.rota_drafts import SqlRotaDrafts
from storage.rotas import SqlRotas
from storage.teams import SqlTeams
from storage.ticks import SqlTicks
from storage.tripwires import SqlTripwires


class SqlUnitOfWork:
    """Implements `drills.ports.UnitOfWork`. `jobs` is None in a transaction that only looks."""

    def __init__(self, connection: AsyncConnection, jobs: ports.Jobs | None, shelf: Shelf) -> None:
        self.connection = connection
        self.teams: ports.Teams = SqlTeams(connection)
        self.members: ports.Members = SqlMembers(connection)
        self.appointments: ports.Appointments = SqlAppointments(connection)
        self.drills: ports.DrillVersions = SqlDrillVersions(connection, shelf)
        self.pushes: ports.Pushes = SqlPushes(connection)
        self.attempts: ports.Attempts = SqlAttempts(connection)
        self.evaluations: ports.Evaluations = SqlEvaluations(connection)
        self.reviews: ports.Reviews = SqlReviews(connection)
        self.ledger: ports.Ledger = SqlLedger(connection)
        self.messages: ports.Messages = SqlMessages(connection)
        self.inbox: ports.Inbox = SqlInbox(connection)
        self.installations: ports.Installations = SqlInstallations(connection)
        self.leases: ports.Leases = SqlLeases(connection)
        self.boards: ports.Boards = SqlBoards(connection)
        self.ticks: ports.Ticks = SqlTicks(connection)
        self.tripwires: ports.Tripwires = SqlTripwires(connection)
        self.campaigns: ports.Campaigns = SqlCampaigns(connection)
        self.holds: ports.Holds = SqlHolds(connection)
        self.patterns: ports.Patterns = SqlPatterns(connection)
        self.reminders: ports.Reminders = SqlReminders(connection)
        self.reflections: ports.Reflections = SqlReflections(connection)
        self.rotas: ports.Rotas = SqlRotas(connection)
        self.rota_drafts: ports.RotaDrafts = SqlRotaDrafts(connection)
        self._jobs = jobs
        self._after_commit: list[Callable[[], None]] = []

    async def enqueue(self, job: ports.Job) -> None:
        if self._jobs is None:
            raise OursToFix(f"a {job.kind} job was enqueued in a transaction that only looks")
        await self._jobs.enqueue(self, job)

    def after_commit(self, act: Callable[[], None]) -> None:
        """`act` is called once the transaction is durable, and never when it is rolled back. It must not fail."""
        self._after_commit.append(act)

    def committed(self) -> None:
        for act in self._after_commit:
            act()
