"""Errors as data with a reader in mind: who must act, and what that person is told."""

from __future__ import annotations


class ReadbackError(Exception):
    """Root of all our errors.

    `tell` is a sentence that a person in chat may read: no names, no stack, no ids. Operators find
    the cause in the log, kept by `raise … from`.
    """

    tell = "Something went wrong on our side. Your words are safe; please try again in a few minutes."

    def __init__(self, reason: str = "", *, tell: str | None = None) -> None:
        super().__init__(reason or tell or self.tell)
        if tell is not None:
            self.tell = tell


class TellPerson(ReadbackError):
    """The person can put it right themselves; `tell` says how."""


class TryLater(ReadbackError):
    """Nothing is wrong with the request; it will go through after `retry_after` seconds."""

    tell = "This takes a little longer than usual. Nothing is lost; it goes on by itself."

    def __init__(self, reason: str = "", *, retry_after: float = 5.0, tell: str | None = None) -> None:
        super().__init__(reason, tell=tell)
        self.retry_after = retry_after


class OursToFix(ReadbackError):
    """A fault in our code, our content or our configuration. Trying again does not help."""


class NotFound(TellPerson):
    """The row that a button or a command points at is not there (any more)."""

    tell = "That drill is no longer here. The newest one is at the bottom of the channel."


class Stale(TryLater):
    """A compare-and-set move lost the race: somebody else moved the row first."""


class JudgeUnavailable(TryLater):
    """The judge could not be reached, or asked us to wait."""

    tell = "Your reply is kept, but our judge can't be reached just now. It will be read later."


class JudgeUnusable(ReadbackError):
    """The judge answered, but with nothing that may count: refusal, truncation, unreadable output.

    `reason` is one word for the ledger: `refusal`, `truncated`, `unreadable`.
    """

    def __init__(self, reason: str, *, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class CannotReach(ReadbackError):
    """The platform will not let us write to this person or place (left, closed DMs, removed)."""
