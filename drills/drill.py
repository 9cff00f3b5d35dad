"""A drill as a learner meets it: one variant, every `{{param}}` bound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drills.people import Profession
from drills.rubric import RedFlag, Rubric

BASE_VARIANT = "a"  # the file's own `params`; named variants come after it


class Kind(StrEnum):
    SBAR = "sbar"
    CONFLICT = "conflict"
    AI_SECOND_LOOK = "ai_second_look"
    PRESENCE = "presence"
    RELAY = "relay"

    @property
    def label(self) -> str:
        """What people read: never "disagreement", which would leak that the AI is wrong (clinical.md §0.4)."""
        return {
            Kind.SBAR: "SBAR handoff",
            Kind.CONFLICT: "De-escalation",
            Kind.AI_SECOND_LOOK: "AI second look",
            Kind.PRESENCE: "Presence",
            Kind.RELAY: "Relay",
        }[self]


class Status(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


class GroundTruth(StrEnum):
    """Whether the AI on the card is right. Never shown before the reply is in."""

    AI_RIGHT = "ai_right"
    AI_WRONG = "ai_wrong"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The person in the story whom the learner speaks to. Role and channel are open vocabularies."""

    role: str
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Roles:
    primary: Profession
    also: tuple[Profession, ...] = ()
    scope_notes: tuple[tuple[str, str], ...] = ()
    counterpart: Counterpart | None = None

    def admit(self, profession: Profession) -> bool:
        """Whether somebody of this profession may answer."""
        named = {self.primary, *self.also}
        return profession in named or Profession.ANY in named

    def scope_note(self, profession: Profession) -> str | None:
        """What must not be expected of this profession, in the author's words."""
        return dict(self.scope_notes).get(profession.value)


@dataclass(frozen=True, slots=True)
class Patient:
    """Fictional, always. `mrn` has the shape DRILL-0001 so that no real number can slip in."""

    name: str
    mrn: str
    fictional: bool = True


@dataclass(frozen=True, slots=True)
class ResponseLength:
    """Words, a guide for the learner; never scored."""

    min_words: int = 20
    max_words: int = 180


@dataclass(frozen=True, slots=True)
class AICard:
    """What the fictional AI puts on the table."""

    system: str
    output: str
    time: str | None = None
    confidence: str | None = None
    provenance: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One of the taps. `id` is what is stored, `label` what is read."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Reliance:
    """The two taps around the AI card, and what they are measured against (clinical.md §5.3, §7)."""

    options: tuple[Option, ...]
    before: str
    ai_card: AICard
    after: str
    ai_advises: str
    ground_truth: GroundTruth
    correct: tuple[str, ...]
    reveal: str | None = None

    def label(self, option: str) -> str:
        """Raises KeyError for an option that the drill does not offer."""
        return {o.id: o.label for o in self.options}[option]


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a relay: a role, what it is asked, and which earlier steps it is shown."""

    id: str
    role: Profession
    ask: str
    sees: tuple[str, ...]
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Drill:
    """One variant of one version of a drill.

    `hash` is the SHA-256 of the file's meaning (all variants), so that a rubric can never change
    silently under a reply. `variant` is BASE_VARIANT or a name from the file.
    """

    id: str
    kind: Kind
    status: Status
    version: str
    title: str
    locale: str
    difficulty: int
    time_target_s: int
    roles: Roles
    patient: Patient | None
    scenario: str
    ask: str
    facts: tuple[str, ...]
    response: ResponseLength
    rubric: Rubric
    red_flags: tuple[RedFlag, ...]
    model_answer: str
    hash: str
    variant: str = BASE_VARIANT
    variants: tuple[str, ...] = (BASE_VARIANT,)
    content_warning: str | None = None
    reliance: Reliance | None = None
    steps: tuple[Step, ...] = ()
    debrief: tuple[str, ...] = ()
    team_reflection: str | None = None
    references: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    ipec: tuple[str, ...] = ()
    reading_grade: float | None = None
    licence: str | None = None

    def red_flag(self, id_: str) -> RedFlag:
        """Raises KeyError when the drill has no such red flag."""
        return {flag.id: flag for flag in self.red_flags}[id_]
