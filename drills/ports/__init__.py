"""The doors of the subject: what it needs from the outside, in its own words.

Adapters and storage implement these; journeys take them as arguments. One contract test class for each
port runs over every implementation (tests/contracts).
"""

from __future__ import annotations

from drills.ports.campaigns import (
    Campaigns,
    DecidedSlot,
    Holds,
    Patterns,
    Reflections,
    StartedCampaign,
    TeamKey,
    TeamWeeks,
)
from drills.ports.chat import Chat, Once, Receive, Way
from drills.ports.clock import Clock, Ids
from drills.ports.job import Handler, Job, Retry
from drills.ports.jobs import Jobs
from drills.ports.judge import Case, Judge
from drills.ports.leases import Leases
from drills.ports.ledger import Ledger, LedgerEntry
from drills.ports.memory import Memory, UnitOfWork
from drills.ports.messages import Message, Messages
from drills.ports.pictures import Pictures
from drills.ports.reminders import DueReminders, Reminders
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

__all__ = [
    "Appointments",
    "Attempts",
    "Boards",
    "Campaigns",
    "Case",
    "Chat",
    "Clock",
    "DecidedSlot",
    "DrillVersions",
    "DueReminders",
    "Evaluations",
    "Handler",
    "Holds",
    "Ids",
    "Inbox",
    "Installations",
    "Job",
    "Jobs",
    "Judge",
    "Leases",
    "Ledger",
    "LedgerEntry",
    "Members",
    "Memory",
    "Message",
    "Messages",
    "Once",
    "Patterns",
    "Pictures",
    "Pushes",
    "Receive",
    "Reflections",
    "Reminders",
    "Retry",
    "Reviews",
    "RotaDrafts",
    "Rotas",
    "StartedCampaign",
    "TeamKey",
    "TeamWeeks",
    "Teams",
    "Ticks",
    "Tripwires",
    "UnitOfWork",
    "Way",
]
