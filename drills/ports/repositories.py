"""One repository for each noun that is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from drills.attempt import Attempt, AttemptState, Reply
from drills.board import TeamRecord
from drills.drill import Drill
from drills.evaluation import Evaluation, EvaluationState
from drills.installation import Installation
from drills.people import Member, MessageRef, PersonRef, Place, Role, Team, Workspace
from drills.push import Eligible, Push, PushState, Turnout
from drills.review import Review, ReviewState, Ruling


class Teams(Protocol):
    async def save(self, team: Team) -> None: ...
    async def get(self, workspace: Workspace, id_: str) -> Team | None: ...
    async def at(self, place: Place) -> Team | None: ...
    async def of(self, workspace: Workspace) -> Sequence[Team]: ...


class Members(Protocol):
    async def save(self, member: Member, *, was: Member | None = None) -> None:
        """Compare-and-set against what was read. Raises Stale. Without `was`, written as given, new or not."""
        ...

    async def get(self, person: PersonRef, team: str) -> Member | None: ...
    async def of(self, team: Team) -> Sequence[Member]: ...
    async def teams_of(self, person: PersonRef) -> Sequence[Member]: ...


class Appointments(Protocol):
    """Leads and educators who are not in the team, or not yet. Whoever is in it has the role as a member."""

    async def save(self, team: Team, user: str, role: Role) -> None:
        """In place of an earlier one."""
        ...

    async def of(self, team: Team) -> Mapping[str, Role]:
        """By user."""
        ...

    async def remove(self, team: Team, user: str) -> None:
        """No-op where there is none."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """In every team of the workspace."""
        ...


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

    async def add_all(self, pushes: Sequence[Push]) -> None:
        """The same for many; those that are there already stay as they are."""
        ...

    async def get(self, workspace: Workspace, id_: str) -> Push | None: ...
    async def at(self, message: MessageRef) -> Push | None:
        """The push whose channel card this message is."""
        ...

    async def save(self, push: Push, *, was: PushState) -> None:
        """Compare-and-set. Raises Stale. The window is not written: only `postpone` moves it."""
        ...

    async def postpone(self, team: Team, now: datetime, by: timedelta) -> Sequence[Push]:
        """Move the end of every window of the team that is not over; returns these pushes as they were."""
        ...

    async def of_team(self, team: Team, *, limit: int = 20) -> Sequence[Push]:
        """Newest first."""
        ...

    async def card_changed(self, push: Push) -> None:
        """The channel card lags behind the rows from now on; `Memory.unfinished` says so until it was drawn again."""
        ...

    async def card_changes(self, push: Push) -> int:
        """How many changes there were up to now."""
        ...

    async def card_shown(self, push: Push, changes: int) -> None:
        """The card shows this many of the changes; any that came meanwhile still want to be drawn."""
        ...

    async def out(self, workspace: Workspace, people: Set[str], now: datetime) -> Sequence[Push]:
        """What is posted and open in any team that one of these people is in, in a fixed order."""
        ...

    async def due_to_close(self, now: datetime) -> Sequence[Push]: ...
    async def invite(self, push: Push, people: Sequence[Eligible]) -> None: ...
    async def uninvite(self, push: Push, people: Set[str]) -> None:
        """They are in no count of this push any more."""
        ...

    async def busy(self, push: Push, now: datetime) -> Set[str]:
        """Who has another open drill in this team, unanswered, by whomever. Nobody for one that is posted by hand."""
        ...

    async def eligible(self, push: Push) -> Sequence[Eligible]: ...
    async def counting(self, person: PersonRef, pushes: Sequence[Push]) -> Set[str]:
        """The ids of those of the person's workspace that count this person."""
        ...

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

    async def erase_words(self, person: PersonRef) -> int:
        """How many replies there were: they go with their salts, and every handle with them. The attempts stay."""
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

    async def erase_words(self, person: PersonRef) -> None:
        """Quotes, notes, comments and ticks go; levels, scores and yes or no stay.

        What was not delivered yet is failed, so that nobody who works on it just now writes words again.
        """
        ...


class Reviews(Protocol):
    """What writers asked to have looked at by a person. A review that is there is their consent to show the words."""

    async def ask(self, review: Review) -> bool:
        """A second time changes nothing: False."""
        ...

    async def get(self, workspace: Workspace, evaluation: str) -> Review | None: ...
    async def save(self, review: Review, *, was: ReviewState) -> None:
        """Compare-and-set. Raises Stale."""
        ...

    async def open(self, team: Team, reviewer: PersonRef) -> Sequence[Review]:
        """What this person may review, oldest first: never their own, nor what was erased or is still on its way."""
        ...

    async def not_asked(self, team: Team) -> int:
        """How many results are set aside without their writer having asked for a person."""
        ...

    async def rule(self, review: Review, reviewer: PersonRef, place: int, ruling: Ruling, at: datetime) -> None:
        """In place of this reviewer's earlier one, unless that is final."""
        ...

    async def rulings(self, review: Review, reviewer: PersonRef) -> Mapping[int, Ruling]:
        """This reviewer's, by place among the drill's items."""
        ...

    async def close_rulings(self, review: Review, reviewer: PersonRef) -> None:
        """All of this reviewer's are final from now on."""
        ...

    async def forget(self, person: PersonRef, alias: str) -> None:
        """Who ruled is called `alias` from now on, which leads to nobody; what was ruled stays."""
        ...

    async def reason(self, review: Review) -> str:
        """What the writer says was not fair; empty where they said nothing, or that it was fair after all."""
        ...


class Ticks(Protocol):
    """What learners ticked under their own practice feedback. Apart from verdicts: it enters no score and no figure."""

    async def put(self, workspace: Workspace, evaluation: str, criterion: str, at: datetime) -> None:
        """A second time changes nothing."""
        ...

    async def take_back(self, workspace: Workspace, evaluation: str, criterion: str) -> None:
        """No-op where there is no tick."""
        ...

    async def of(self, workspace: Workspace, evaluation: str) -> Set[str]:
        """The ids of the ticked criteria."""
        ...


class Inbox(Protocol):
    async def first(self, workspace: Workspace, key: str, at: datetime) -> bool:
        """True the first time this platform event is seen, within the caller's transaction."""
        ...


class Installations(Protocol):
    """The workspaces that installed the app. A platform with one token for all has none."""

    async def save(self, installation: Installation, *, was: Installation | None = None) -> None:
        """In place of the workspace's earlier one: of any, or of exactly the one that was read. Then raises Stale."""
        ...

    async def get(self, workspace: Workspace) -> Installation | None: ...
    async def of(self, platform: str) -> Sequence[Installation]:
        """By workspace."""
        ...

    async def remove(self, workspace: Workspace) -> None:
        """No-op where there is none."""
        ...


class Boards(Protocol):
    async def records(self, workspace: Workspace, since: datetime, until: datetime) -> Sequence[TeamRecord]:
        """What the board is computed from: for each team, person by person, without names."""
        ...


class Tripwires(Protocol):
    """How often the tripwire held a text back, and for what. Never whose text, and nothing of it."""

    async def note(self, push: Push, kinds: Sequence[str], at: datetime) -> None:
        """Every call is one alarm; `kinds` are names such as `phone`, never words of the text."""
        ...

    async def of(self, workspace: Workspace, since: datetime) -> Mapping[str, int]:
        """How many alarms named each kind since then."""
        ...
