"""What comes in, as plain data, and what goes straight back.

An adapter translates a platform's event into one of four values, and renders the `Answer`. It returns
data instead of opening a form itself, because Slack wants a live trigger within three seconds and Discord
takes a modal only as the first response: returned data suits both (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from drills.attempt import Handle
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.intents import Intent
from drills.people import MessageRef, PersonRef, Place, Role


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says about the person at this moment. `admin`: they administer the whole workspace.

    A platform that must ask for it may leave it out, except where `FOR_ADMINS` says that it matters. `unknown`: it was
    asked for and not told; the platform's own sentences for the person about that, and what helps.
    `role`: what a role of the platform's own makes of them in every team of the workspace, for as long as they have it.
    """

    admin: bool = False
    name: str = ""
    tz: str | None = None
    unknown: str = ""
    role: Role = Role.LEARNER


FOR_ADMINS = frozenset(
    {
        "setup",
        "roles",
        "review",
        "rule",
        "compare",
        "settle",
        "hold",
        "campaign",
        "push",
        "rota",
        "doctor",
        "now",
        "list",
        "help",
    }
)
"""Words and verbs whose journey asks whether the person is an admin."""

FOR_PROFILES = FOR_ADMINS | {"enrol", "settings"}
"""Those, and what asks for the name or the time zone that a platform tells."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. `key` is the platform's id of the event: the same key twice is the same press."""

    key: str
    person: PersonRef
    place: Place
    intent: Intent
    handle: Handle | None = None
    profile: Profile = Profile()


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form came back. `values` by field name."""

    key: str
    person: PersonRef
    place: Place
    intent: Intent
    values: Mapping[str, str] = field(default_factory=dict)
    handle: Handle | None = None
    profile: Profile = Profile()


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed in a channel or a thread; `reply_to` is the message they answer, where known.

    `to_us`: they name us, so that in a channel, too, somebody waits for an answer.
    """

    key: str
    person: PersonRef
    place: Place
    text: str
    reply_to: MessageRef | None = None
    to_us: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A command: `words` is what stood behind `/drill`."""

    key: str
    person: PersonRef
    place: Place
    words: str
    handle: Handle | None = None
    profile: Profile = Profile()


Inbound: TypeAlias = Pressed | Submitted | Typed | Asked


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A form could not be taken in just now, through no fault of the person's, and nothing of it was kept.

    It stays open with every word and with this sentence beside it, so that sending it again is all there is to do.
    """

    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees at once, always in private.

    A Card takes the place of the dialog that is open, if one is; None closes it. To `Typed`, None is no answer at all.
    """

    show: Card | Form | FieldErrors | NotTaken | None = None
