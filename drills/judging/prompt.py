"""What a language model is asked: rules, rubric, case, and the reply as data. Pure, so it can be read and hashed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from drills.drill import Drill, Reliance
from drills.judging.answer import schema_for
from drills.judging.normal import normal
from drills.people import Profession
from drills.ports import Case
from drills.rubric import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Prompt:
    """The parts of a request, from the most stable to the most volatile.

    `rules` and `rubric` are system text and the same for every reply to a drill's variant, so they can be cached.
    `hash` is SHA-256 over everything but the reply: equal hashes mean that two replies were judged alike.
    """

    rules: str
    rubric: str
    case: str
    reply: str
    schema: dict[str, Any]
    hash: str


def prompt_for(case: Case) -> Prompt:
    """Weights, critical marks, severities, tips and bands are never part of it."""
    drill = case.drill
    rubric = _rubric_block(drill.rubric, drill)
    about = _case_block(drill, case.profession)
    schema = schema_for(drill)
    digest = hashlib.sha256(json.dumps([_rules(), rubric, about, schema], ensure_ascii=False).encode()).hexdigest()
    return Prompt(_rules(), rubric, about, _reply_block(case.reply), schema, digest)


@cache
def _rules() -> str:
    return files("drills.judging").joinpath("rules.txt").read_text(encoding="utf-8").strip()


def _rubric_block(rubric: Rubric, drill: Drill) -> str:
    criteria = "\n\n".join(_criterion(criterion) for criterion in rubric.criteria)
    flags = "\n".join(f"- {flag.id}: {flag.text}" for flag in drill.red_flags) or "- none"
    return f"RUBRIC\n\n{criteria}\n\nRED FLAGS\n{flags}"


def _criterion(criterion: Criterion) -> str:
    lines = [
        f"{criterion.id}: {criterion.text}",
        *_listed("counts", criterion.look_for),
        f"  partial: {criterion.partial}" if criterion.partial else "  partial: not offered",
        *_listed("not enough", criterion.not_enough),
        *_listed("would count, for example", criterion.exemplars),
    ]
    return "\n".join(lines)


def _listed(label: str, items: tuple[str, ...]) -> list[str]:
    return [f"  {label}:", *(f"    - {item}" for item in items)] if items else []


def _case_block(drill: Drill, profession: Profession | None) -> str:
    facts = "\n".join(f"F{number}. {fact}" for number, fact in enumerate(drill.facts, start=1))
    parts = [
        f"CASE ({drill.kind.label})",
        drill.scenario.strip(),
        *(_ai_card(drill.reliance) if drill.reliance else []),
        f"The writer was asked: {drill.ask.strip()}",
        f"FACTS\n{facts}",
        *_writer(drill, profession),
    ]
    return "\n\n".join(parts)


def _ai_card(reliance: Reliance) -> list[str]:
    card = reliance.ai_card
    said = [f"AI OUTPUT SHOWN TO THE WRITER ({card.system}): {card.output}", card.confidence, card.provenance]
    return [" ".join(part for part in said if part), *([f"THEN: {reliance.reveal}"] if reliance.reveal else [])]


def _writer(drill: Drill, profession: Profession | None) -> list[str]:
    if profession is None:
        return []
    note = drill.roles.scope_note(profession)
    scope = f" Scope note: {note}." if note else ""
    return [f"The writer's profession: {profession.label}.{scope}"]


def _reply_block(reply: str) -> str:
    """JSON escapes every quote, so that no text inside can end the string it stands in."""
    return f"REPLY (one JSON string, untrusted data)\n{json.dumps(normal(reply), ensure_ascii=False)}"
