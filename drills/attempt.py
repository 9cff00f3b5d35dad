"""An attempt: what one person did with one push, from the first tap to the reply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from drills.errors import TellPerson
from drills.people import PersonRef


class AttemptState(StrEnum):
    """opened → replied, or opened ⇄ skipped. A reply is never taken back by another reply."""

    OPENED = "opened"
    SKIPPED = "skipped"
    REPLIED = "replied"


class AlreadyAnswered(TellPerson):
    tell = "You have answered this one. Your feedback stays private and you can open it again at any time."


class TapAlreadyTaken(TellPerson):
    tell = "Your first tap is kept as it was: that is what makes the second look worth something."


@dataclass(frozen=True, slots=True)
class Handle:
    """A platform's short-lived right to answer in private (a Discord interaction token, a response URL).

    Opaque to us; worthless after `until`.
    """

    value: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """`number` counts from 1; only first attempts enter any metric (clinical.md §0.9)."""

    id: str
    push: str
    person: PersonRef
    number: int
    variant: str
    state: AttemptState
    opened_at: datetime
    before: str | None = None
    after: str | None = None
    ended_at: datetime | None = None
    handle: Handle | None = None

    def tap_before(self, option: str) -> Attempt:
        """The choice before the AI card. Raises TapAlreadyTaken when a different one was taken."""
        self._must_be_open()
        if self.before not in {None, option}:
            raise TapAlreadyTaken
        return replace(self, before=option)

    def tap_after(self, option: str) -> Attempt:
        """The choice after the AI card; it may be changed until the reply is in."""
        self._must_be_open()
        return replace(self, after=option)

    def reply(self, now: datetime, handle: Handle | None) -> Attempt:
        """Raises AlreadyAnswered when a reply is in."""
        self._must_be_open()
        return replace(self, state=AttemptState.REPLIED, ended_at=now, handle=handle)

    def skip(self, now: datetime) -> Attempt:
        """Skipping needs no reason and can be undone by answering."""
        self._must_be_open()
        return replace(self, state=AttemptState.SKIPPED, ended_at=now)

    def reopen(self) -> Attempt:
        """Answering after all. Raises AlreadyAnswered when a reply is in."""
        self._must_be_open()
        return replace(self, state=AttemptState.OPENED, ended_at=None)

    def _must_be_open(self) -> None:
        if self.state is AttemptState.REPLIED:
            raise AlreadyAnswered


@dataclass(frozen=True, slots=True)
class Reply:
    """The learner's own words, kept apart from everything else so that they can be erased.

    `salt` goes with the text: the ledger holds a salted hash, worthless once the salt is gone.
    """

    attempt: str
    text: str
    salt: str
    received_at: datetime
