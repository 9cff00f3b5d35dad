"""What a drill file must keep to beyond its shape (clinical.md §4): small functions, one rule each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw

Rule: TypeAlias = Callable[[Raw], Iterable[Finding]]

RULES: tuple[Rule, ...] = ()
