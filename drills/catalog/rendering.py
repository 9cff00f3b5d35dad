"""From a written drill to the drill a learner meets: one variant, every `{{param}}` bound."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from drills.catalog.file import WrittenCriterion, WrittenDrill, WrittenReliance, WrittenRoles, WrittenRubric
from drills.drill import (
    BASE_VARIANT,
    AICard,
    Counterpart,
    Drill,
    GroundTruth,
    Option,
    Patient,
    Reliance,
    ResponseLength,
    Roles,
    Step,
)
from drills.rubric import Bands, Criterion, RedFlag, Rubric

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}")
UNBOUND_KEYS = frozenset({"params", "variants"})

T = TypeVar("T")


def content_hash(data: Mapping[str, Any]) -> str:
    """SHA-256 (64 hex digits) of what a file says: comments, key order and quoting style change nothing."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def bind(value: T, params: Mapping[str, str]) -> T:
    """The same structure with each `{{name}}` replaced, once. Raises KeyError for a name without a value."""
    bound: Any = value
    match value:
        case str():
            bound = PLACEHOLDER.sub(lambda found: params[found[1]], value)
        case list():
            bound = [bind(item, params) for item in value]
        case dict():
            bound = {key: bind(item, params) for key, item in value.items()}
    return bound  # type: ignore[no-any-return]  # each branch keeps the type it was given


def bind_variant(data: Mapping[str, Any], variant: str) -> dict[str, Any]:
    """A file's data with one variant's values bound. Raises KeyError for a variant that the file does not have."""
    base: Mapping[str, str] = data.get("params") or {}
    own: Mapping[str, str] = {} if variant == BASE_VARIANT else data["variants"][variant]
    params = {**base, **own}
    return {key: value if key in UNBOUND_KEYS else bind(value, params) for key, value in data.items()}


def to_drill(written: WrittenDrill, hash_: str, variant: str) -> Drill:
    """`written` must be bound already."""
    return Drill(
        id=written.id,
        kind=written.kind,
        status=written.status,
        version=written.version,
        title=written.title,
        locale=written.locale,
        difficulty=written.difficulty,
        time_target_s=written.time_target_s,
        roles=_roles(written.roles),
        patient=_patient(written),
        scenario=written.scenario.strip(),
        ask=written.ask or "",
        facts=tuple(written.facts),
        response=ResponseLength(written.response.min_words, written.response.max_words),
        rubric=_rubric(written.rubric) if written.rubric else Rubric(()),
        red_flags=tuple(RedFlag(flag.id, flag.severity, flag.text, flag.note) for flag in written.red_flags),
        model_answer=(written.model_answer or "").strip(),
        hash=hash_,
        variant=variant,
        variants=(BASE_VARIANT, *written.variants),
        content_warning=written.content_warning,
        reliance=_reliance(written.reliance) if written.reliance else None,
        steps=_steps(written),
        debrief=tuple(written.debrief),
        team_reflection=written.team_reflection,
        references=tuple(written.references),
        frameworks=tuple(written.competencies.frameworks),
        ipec=tuple(written.competencies.ipec),
        reading_grade=written.reading_grade,
        licence=written.licence,
    )


def _roles(written: WrittenRoles) -> Roles:
    other = written.counterpart
    return Roles(
        primary=written.primary,
        also=tuple(written.also),
        scope_notes=tuple((profession.value, note) for profession, note in written.scope_notes.items()),
        counterpart=Counterpart(other.role, other.name, other.channel) if other else None,
    )


def _patient(written: WrittenDrill) -> Patient | None:
    return Patient(written.patient.name, written.patient.mrn) if written.patient else None


def _rubric(written: WrittenRubric) -> Rubric:
    bands = Bands(solid=written.bands.solid, nearly=written.bands.nearly)
    return Rubric(tuple(_criterion(criterion) for criterion in written.criteria), bands)


def _criterion(written: WrittenCriterion) -> Criterion:
    return Criterion(
        id=written.id,
        element=written.element,
        text=written.text,
        weight=written.weight,
        look_for=tuple(written.look_for),
        tip=written.tip,
        critical=written.critical,
        partial=written.partial,
        not_enough=tuple(written.not_enough),
        exemplars=tuple(written.exemplars),
        ipec=tuple(written.ipec),
        cues=tuple(written.cues),
    )


def _reliance(written: WrittenReliance) -> Reliance:
    card = written.ai_card
    return Reliance(
        options=tuple(Option(id_, label) for id_, label in written.options.items()),
        before=written.before,
        ai_card=AICard(card.system, card.output, card.time, card.confidence, card.provenance),
        after=written.after,
        ai_advises=written.ai_advises,
        ground_truth=ground_truth(written.ground_truth),
        correct=tuple(written.correct),
        reveal=written.reveal,
    )


def ground_truth(word: str) -> GroundTruth:
    """Authors write `ambiguous` and `ai_ambiguous`; both mean that nobody can know yet."""
    return GroundTruth.AMBIGUOUS if word == "ai_ambiguous" else GroundTruth(word)


def _steps(written: WrittenDrill) -> tuple[Step, ...]:
    return tuple(
        Step(step.id or str(number), step.role, step.ask, tuple(step.sees), _rubric(step.rubric))
        for number, step in enumerate(written.steps or [], start=1)
    )
