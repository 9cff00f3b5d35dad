"""What a button or a form means, packed into the little room that platforms give us."""

from __future__ import annotations

from dataclasses import dataclass

from drills.errors import OursToFix, TellPerson

MAX_PACKED = 100  # Discord's custom_id; Slack allows 255
_SEPARATOR = ":"
ASKED = "asked"
"""The verb of a button that says `/drill …` once more; an adapter hands it on as an Asked."""


class UnknownIntent(TellPerson):
    tell = "This button is from an older version of Readback. Please use the newest message."


class IntentTooLong(OursToFix):
    """An id grew beyond what a platform can carry."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A verb and its arguments: `Intent("before", (attempt, option))`. All state is in the rows it names."""

    verb: str
    args: tuple[str, ...] = ()

    def pack(self) -> str:
        """One line of at most MAX_PACKED bytes. Raises IntentTooLong, or ValueError for a colon in an argument."""
        if any(_SEPARATOR in part for part in (self.verb, *self.args)):
            raise ValueError(f"{self!r} has a {_SEPARATOR} in a part")
        packed = _SEPARATOR.join((self.verb, *self.args))
        if len(packed.encode()) > MAX_PACKED:
            raise IntentTooLong(f"{packed!r} is over {MAX_PACKED} bytes")
        return packed

    @classmethod
    def unpack(cls, packed: str) -> Intent:
        """The inverse of `pack`. Raises UnknownIntent for an empty line."""
        verb, *args = packed.split(_SEPARATOR)
        if not verb:
            raise UnknownIntent(f"no verb in {packed!r}")
        return cls(verb, tuple(args))
