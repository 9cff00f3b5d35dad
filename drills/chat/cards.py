"""Cards and forms: what a person reads, as values. Every adapter renders them; `plain` always works.

All strings are plain text. An adapter escapes them: no markup, no links, no mentions come out of a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from drills.chat.charts import Chart
from drills.chat.intents import Intent
from drills.rubric import Level


class Tone(StrEnum):
    """How loud a line is. Never the only carrier of meaning."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, with an optional short label in front ("Next step")."""

    text: str
    label: str | None = None
    tone: Tone = Tone.PLAIN
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, `by` whom."""

    text: str
    by: str | None = None
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a text, and what they were quoted for."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The learner's own text with the quoted passages marked. Spans are sorted and do not overlap."""

    text: str
    spans: tuple[Span, ...]
    label: str | None = None
    kind: Literal["marked"] = "marked"


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label–value lines."""

    rows: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Tick:
    """One criterion as the learner sees it: `mark` is the word that carries the meaning, not a colour."""

    label: str
    level: Level
    mark: str
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    items: tuple[Tick, ...]
    kind: Literal["ticks"] = "ticks"


@dataclass(frozen=True, slots=True)
class Table:
    """A small table. `caption` says what it is to those who can't see it; cells are text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    label: str | None = None
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class AIOutput:
    """The fictional AI's card inside ours: visibly a thing apart."""

    system: str
    output: str
    facts: tuple[Fact, ...]
    kind: Literal["ai_output"] = "ai_output"


Leaf: TypeAlias = Text | Quote | Marked | Facts | Ticks | Table | Bullets | AIOutput


@dataclass(frozen=True, slots=True)
class Fold:
    """Shown on tap: a summary line, and what unfolds."""

    summary: str
    blocks: tuple[Leaf, ...]
    kind: Literal["fold"] = "fold"


Block: TypeAlias = Leaf | Chart | Fold


class Style(StrEnum):
    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    intent: Intent
    style: Style = Style.NORMAL


@dataclass(frozen=True, slots=True)
class Card:
    """`banner` comes first in every notification and lock screen ("DRILL – fictional patient").

    `who_sees` is printed on the card: every card says who can see what.
    """

    title: str
    blocks: tuple[Block, ...]
    who_sees: str
    banner: str | None = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class TextField:
    """Free text. Word counts are a guide beside the field; `value` is what a kept text comes back as."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    min_words: int | None = None
    max_words: int | None = None
    required: bool = True
    lines: int = 6
    kind: Literal["text_field"] = "text_field"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """Pick one. `options` are (value, label)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str | None = None
    required: bool = True
    kind: Literal["choice_field"] = "choice_field"


@dataclass(frozen=True, slots=True)
class ChoicesField:
    """Pick any number. `options` are (value, label); `value` and what comes back are values joined by commas."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    required: bool = False
    kind: Literal["choices_field"] = "choices_field"


@dataclass(frozen=True, slots=True)
class PeopleField:
    """Pick people of the workspace. `value` and what comes back are user ids joined by commas."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = False
    kind: Literal["people_field"] = "people_field"


Field: TypeAlias = TextField | ChoiceField | ChoicesField | PeopleField


def picked(value: str) -> tuple[str, ...]:
    """What a ChoicesField or a PeopleField brought back, one by one."""
    return tuple(part for part in value.split(",") if part)


@dataclass(frozen=True, slots=True)
class Form:
    """Shown as a modal or in a panel; comes back as `Submitted(intent, values)`, values by field name."""

    title: str
    intent: Intent
    intro: tuple[Block, ...]
    fields: tuple[Field, ...]
    who_sees: str
    submit: str = "Send"
    banner: str | None = None


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """A form that comes back with a sentence beside each field at fault and every word kept."""

    form: Form
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform can carry, in characters (platforms.md §3), and what people have there.

    `home`: a page of their own; `threads`: they can answer under a message.
    """

    message: int
    field_text: int
    button_label: int = 75
    title: int = 150
    home: bool = True
    threads: bool = True
