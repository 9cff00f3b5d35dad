"""What a language model must answer: a schema for each drill, and a reader that trusts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from drills.drill import Drill
from drills.errors import JudgeUnusable
from drills.evaluation import RaisedFlag, Verdict
from drills.rubric import Criterion, Level

MAX_NOTE_WORDS = 25


class Integrity(StrEnum):
    """What kind of text the reply is, as the model sees it; a hint for a second look, never a penalty."""

    ORDINARY_REPLY = "ordinary_reply"
    ADDRESSES_THE_GRADER = "addresses_the_grader"
    OFF_TASK = "off_task"


@dataclass(frozen=True, slots=True)
class Read:
    """Verdicts in rubric order, and the red flags that the model saw, in the drill's order. Quotes are unchecked."""

    verdicts: tuple[Verdict, ...]
    red_flags: tuple[RaisedFlag, ...]
    integrity: Integrity


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Criterion(_Strict):
    evidence_quote: str
    note: str
    level: Level


class _Flag(_Strict):
    evidence_quote: str
    present: bool


class _Answer(_Strict):
    criteria: dict[str, _Criterion]
    red_flags: dict[str, _Flag]
    integrity: Integrity


def schema_for(drill: Drill) -> dict[str, Any]:
    """JSON Schema with one required property for each criterion and red flag, so that none is skipped or doubled.

    Evidence comes before the level: a model that has to quote first judges what it quoted. Holds ids only, never
    words of a reply, because providers keep schemas.
    """
    return _object(
        criteria=_object(**{c.id: _criterion_schema(c) for c in drill.rubric.criteria}),
        red_flags=_object(**{flag.id: _FLAG_SCHEMA for flag in drill.red_flags}),
        integrity={"type": "string", "enum": [i.value for i in Integrity]},
    )


def read_verdicts(text: str, drill: Drill) -> Read:
    """Raises JudgeUnusable("unreadable") unless every criterion and flag is there with a level that was offered."""
    try:
        answer = _Answer.model_validate_json(text)
    except ValidationError as error:
        raise JudgeUnusable("unreadable", detail=_kinds(error)) from None  # the cause would hold the learner's words
    _expect("criteria", set(answer.criteria), {c.id for c in drill.rubric.criteria})
    _expect("red_flags", set(answer.red_flags), {flag.id for flag in drill.red_flags})
    return Read(
        verdicts=tuple(_verdict(c, answer.criteria[c.id]) for c in drill.rubric.criteria),
        red_flags=tuple(
            RaisedFlag(flag.id, answer.red_flags[flag.id].evidence_quote)
            for flag in drill.red_flags
            if answer.red_flags[flag.id].present
        ),
        integrity=answer.integrity,
    )


def _verdict(criterion: Criterion, said: _Criterion) -> Verdict:
    if said.level not in _levels(criterion):
        raise JudgeUnusable("unreadable", detail=f"{criterion.id}: level {said.level.value} was not offered")
    return Verdict(criterion.id, said.level, said.evidence_quote, _short(said.note))


def _levels(criterion: Criterion) -> list[Level]:
    """`partial` is offered only where its author wrote an anchor (clinical.md §0.1)."""
    return [level for level in Level if criterion.partial or level is not Level.PARTIAL]


def _short(note: str) -> str:
    words = note.split()
    return " ".join(words) if len(words) <= MAX_NOTE_WORDS else " ".join(words[:MAX_NOTE_WORDS]) + " …"


def _expect(what: str, found: set[str], wanted: set[str]) -> None:
    if found != wanted:
        raise JudgeUnusable(
            "unreadable", detail=f"{what}: missing {sorted(wanted - found)}, extra {len(found - wanted)}"
        )


def _kinds(error: ValidationError) -> str:
    return ", ".join(sorted({fault["type"] for fault in error.errors(include_input=False)}))


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _criterion_schema(criterion: Criterion) -> dict[str, Any]:
    return _object(
        evidence_quote={"type": "string", "description": "Copied character for character from the reply; may be empty"},
        note={"type": "string", "description": f"At most {MAX_NOTE_WORDS} words, to the writer"},
        level={"type": "string", "enum": [level.value for level in _levels(criterion)]},
    )


_FLAG_SCHEMA = _object(
    evidence_quote={"type": "string", "description": "Copied character for character from the reply; may be empty"},
    present={"type": "boolean"},
)
