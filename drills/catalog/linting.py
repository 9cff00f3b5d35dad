"""All faults of a drill file at once: the YAML's, the shape's and the rules'."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from drills.catalog.faults import Fault, Finding, located
from drills.catalog.file import WrittenDrill
from drills.catalog.rendering import UNBOUND_KEYS
from drills.catalog.rules import RULES
from drills.catalog.rules.raw import Raw
from drills.catalog.source import Source, read_source
from drills.catalog.wording import findings

_EMPTY = "This file is empty. `readback drills new` writes a first draft to start from."
_NO_DRILL = "This file is no drill: it has no `kind`, no `scenario` and no `rubric`."
_TELLTALE_KEYS = {"kind", "scenario", "rubric"}


def lint(text: str, name: str = "drill.yaml") -> list[Fault]:
    """Every fault in reading order; an empty list for a flawless file. Never raises, whatever the text."""
    return lint_source(look_at(text), name)


def lint_source(source: Source, name: str) -> list[Fault]:
    """The same for text that was looked at already."""
    if source.data is None and source.problems:
        return located([], source, name)
    hopeless = _hopeless(source)
    if hopeless is not None:
        return located([hopeless], source, name)
    return located([*_shape(source), *_rules(source)], source, name)


def has_errors(faults: Iterable[Fault]) -> bool:
    return any(fault.severity == "error" for fault in faults)


def look_at(text: str) -> Source:
    """The text as data, params as their author wrote them."""
    return read_source(text, verbatim=UNBOUND_KEYS)


def shape_faults(source: Source, error: ValidationError, name: str) -> list[Fault]:
    return located([] if source.problems else list(findings(error, source)), source, name)


def _hopeless(source: Source) -> Finding | None:
    if source.data is None:
        return Finding((), _EMPTY)
    if not isinstance(source.data, dict) or not _TELLTALE_KEYS & source.data.keys():
        return Finding((), _NO_DRILL)
    return None


def _shape(source: Source) -> list[Finding]:
    try:
        WrittenDrill.model_validate(source.data)
    except ValidationError as error:
        return list(findings(error, source))
    return []


def _rules(source: Source) -> list[Finding]:
    raw = Raw(source)
    return [finding for rule in RULES for finding in rule(raw)]
