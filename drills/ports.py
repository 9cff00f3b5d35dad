"""The doors of the subject: what it needs from the outside, in its own words.

Adapters and storage implement these; journeys take them as arguments. One contract test class for each
port runs over every implementation (tests/contracts).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from drills.attempt import Attempt, AttemptState, Handle, Reply
from drills.board import TeamRecord
from drills.chat.cards import Card, Limits
from drills.chat.inbound import Answer, Inbound
from drills.drill import Drill
from drills.evaluation import Evaluation, EvaluationState, Judgement
from drills.people import Member, MessageRef, PersonRef, Place, Profession, Team, Workspace
from drills.push import Eligible, Push, PushState, Turnout

Clock: TypeAlias = Callable[[], datetime]
"""Now, aware, in UTC. Time is always an argument."""

Ids: TypeAlias = Callable[[], str]
"""A fresh id: 16 hex digits, so that three of them fit an intent."""


# ── chat ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Once:
    """An outgoing message's idempotency key. `again`: an earlier try may have got through, so look first."""

    key: str
    again: bool = False


class Way(StrEnum):
    """How a private message reached its reader."""

    ROOM = "room"
    EPHEMERAL = "ephemeral"
    DIRECT = "direct"
    BUTTON = "button"
    HOME = "home"


class Chat(Protocol):
    """One platform's way out. Every method raises TryLater, CannotReach or OursToFix and nothing else."""

    platform: str
    limits: Limits

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        """Put a card where a whole channel sees it. The same key posts once."""
        ...

    async def tell(self, person: PersonRef, near: Place, card: Card, once: Once, handle: Handle | None = None) -> Way:
        """Show a card to one person only, by the best way that is open. The same key tells once."""
        ...

    async def revise(self, message: MessageRef, card: Card) -> None:
        """Change a posted card in place. It keeps its place; repeating is harmless."""
        ...

    async def home(self, person: PersonRef, card: Card) -> bool:
        """Refresh the person's own page. False where the platform has none."""
        ...


Receive: TypeAlias = Callable[[Inbound], Awaitable[Answer]]
"""The inbox, as adapters see it: one call, a durable commit behind it, an answer to render at once."""


# ── judge ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Case:
    """What a judge is given: the drill's variant, the words, and the profession (for its scope note)."""

    drill: Drill
    reply: str
    profession: Profession | None = None


class Judge(Protocol):
    """Reads a reply against a rubric. Holds no opinion on totals."""

    name: str

    async def verdicts(self, case: Case) -> Judgement:
        """One verdict for each criterion, in rubric order. Raises JudgeUnavailable or JudgeUnusable."""
        ...


# ── jobs ────────────────────────────────────────────────────────────────────────────────────────


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


class Jobs(Protocol):
    """Runs handler(job) at least once, soon after the enqueueing transaction commits."""

    async def enqueue(self, work: UnitOfWork, job: Job) -> None:
        """In the caller's transaction: rolled back with it, visible with it."""
        ...

    async def run(self, handler: Handler) -> None:
        """Serve until cancelled; running handlers are given time to finish. Raises nothing for a Retry."""
        ...


# ── memory ──────────────────────────────────────────────────────────────────────────────────────


class Teams(Protocol):
    async def save(self, team: Team) -> None: ...
    async def get(self, workspace: Workspace, id_: str) -> Team | None: ...
    async def at(self, place: Place) -> Team | None: ...
    async def of(self, workspace: Workspace) -> Sequence[Team]: ...


class Members(Protocol):
    async def save(self, member: Member) -> None: ...
    async def get(self, person: PersonRef, team: str) -> Member | None: ...
    async def of(self, team: Team) -> Sequence[Member]: ...
    async def teams_of(self, person: PersonRef) -> Sequence[Member]: ...


class DrillVersions(Protocol):
    """Every version of a drill that was ever pushed, by content hash, so that old replies can be judged."""

    async def keep(self, workspace: Workspace, drill: Drill, source: str) -> None:
        """Store the file's text once; a second time is a no-op."""
        ...

    async def get(self, workspace: Workspace, hash_: str, variant: str) -> Drill | None: ...


class Pushes(Protocol):
    async def add(self, push: Push) -> bool:
        """False when this campaign, slot and team have one already."""
        ...

    async def get(self, workspace: Workspace, id_: str) -> Push | None: ...
    async def save(self, push: Push, *, was: PushState) -> None:
        """Compare-and-set. Raises Stale."""
        ...

    async def of_team(self, team: Team, *, limit: int = 20) -> Sequence[Push]:
        """Newest first."""
        ...

    async def due_to_close(self, now: datetime) -> Sequence[Push]: ...
    async def invite(self, push: Push, people: Sequence[Eligible]) -> None: ...
    async def eligible(self, push: Push) -> Sequence[Eligible]: ...
    async def turnout(self, push: Push) -> Turnout:
        """Distinct people among the eligible whose first attempt is replied or skipped."""
        ...


class Attempts(Protocol):
    async def add(self, attempt: Attempt) -> bool:
        """False when this person has an attempt of that number at the push already."""
        ...

    async def get(self, workspace: Workspace, id_: str) -> Attempt | None: ...
    async def latest(self, push: Push, person: PersonRef) -> Attempt | None: ...
    async def of_person(self, person: PersonRef, *, limit: int = 20) -> Sequence[Attempt]:
        """Newest first."""
        ...

    async def save(self, attempt: Attempt, *, was: AttemptState) -> None:
        """Compare-and-set. Raises Stale."""
        ...

    async def keep_words(self, workspace: Workspace, reply: Reply) -> None: ...
    async def words(self, workspace: Workspace, attempt: str) -> Reply | None:
        """None when there is no reply, or when it was erased."""
        ...


class Evaluations(Protocol):
    async def add(self, evaluation: Evaluation) -> None: ...
    async def get(self, workspace: Workspace, id_: str) -> Evaluation | None: ...
    async def save(self, evaluation: Evaluation, *, was: EvaluationState) -> None:
        """Compare-and-set, verdicts and quotes included. Raises Stale."""
        ...

    async def comment(self, workspace: Workspace, id_: str, fair: bool, words: str, at: datetime) -> None:
        """Keep the learner's answer to "Was this fair?"; the newest one holds."""
        ...


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the append-only ledger. `body` is JSON data with hashes in place of words.

    `hash` = SHA-256 over previous hash and canonical body; `seq` counts from 1 in each workspace.
    """

    workspace: Workspace
    seq: int
    at: datetime
    body: dict[str, Any]
    previous: str
    hash: str


class Ledger(Protocol):
    async def append(self, workspace: Workspace, at: datetime, body: dict[str, Any]) -> LedgerEntry: ...
    async def entries(self, workspace: Workspace) -> Sequence[LedgerEntry]: ...


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the local room, which has no platform to keep it. `to` is None for the whole channel.

    `seq` grows with every post and every revision in the workspace, so that a browser can ask "what is new?".
    """

    ref: MessageRef
    to: str | None
    card: Card
    posted_at: datetime
    seq: int


class Messages(Protocol):
    """What the local room's channels hold."""

    async def put(self, place: Place, to: str | None, card: Card, once: Once, at: datetime) -> MessageRef: ...
    async def revise(self, message: MessageRef, card: Card) -> None: ...
    async def seen_by(self, person: PersonRef, place: Place, *, after: int = 0) -> Sequence[Message]:
        """Channel messages and those told to this person alone, with seq > after, in order of posting."""
        ...


class Inbox(Protocol):
    async def first(self, workspace: Workspace, key: str, at: datetime) -> bool:
        """True the first time this platform event is seen, within the caller's transaction."""
        ...


class Boards(Protocol):
    async def records(self, workspace: Workspace, since: datetime, until: datetime) -> Sequence[TeamRecord]:
        """What the board is computed from: for each team, person by person, without names."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Committed when its `async with` block ends well, rolled back otherwise."""

    teams: Teams
    members: Members
    drills: DrillVersions
    pushes: Pushes
    attempts: Attempts
    evaluations: Evaluations
    ledger: Ledger
    messages: Messages
    inbox: Inbox
    boards: Boards

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
