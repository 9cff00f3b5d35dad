"""The rules about sense, for a file whose form is sound, and places for whatever else is found in it."""

from __future__ import annotations

from collections.abc import Sequence

from drills.catalog.faults import Fault, Finding, located
from drills.catalog.library import DrillFile
from drills.catalog.rules import DEEPER_RULES
from drills.catalog.rules.raw import Raw
from drills.catalog.rules.untouched import guidance_is_replaced


def deeper_findings(file: DrillFile) -> list[Finding]:
    """Plain reading, facts that the story gives, guidance that was left: warnings all."""
    raw = Raw(file.places)
    return [finding for rule in DEEPER_RULES for finding in rule(raw)]


def is_first_draft(file: DrillFile) -> bool:
    """Whether rubric, steps or model answer still hold what `readback drills new` wrote to guide the author."""
    left = guidance_is_replaced(Raw(file.places))
    return any(finding.path[0] in {"rubric", "steps", "model_answer"} for finding in left)


def place(findings: Sequence[Finding], file: DrillFile) -> list[Fault]:
    """With line and column, in reading order."""
    return located(findings, file.places, file.name)
