"""What a drill file must keep to beyond its shape (clinical.md §4): small functions, one rule each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from drills.catalog.faults import Finding
from drills.catalog.rules import (
    bindings,
    golden,
    leaks,
    obtainable,
    people,
    prose,
    readable,
    relay,
    reliance,
    rubrics,
    untouched,
)
from drills.catalog.rules.raw import Raw

Rule: TypeAlias = Callable[[Raw], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    *bindings.RULES,
    *golden.RULES,
    *leaks.RULES,
    *people.RULES,
    *prose.RULES,
    *relay.RULES,
    *reliance.RULES,
    *rubrics.RULES,
)

# Sense rather than form: warnings only, for a file whose form is sound.
DEEPER_RULES: tuple[Rule, ...] = (*obtainable.RULES, *readable.RULES, *untouched.RULES)
