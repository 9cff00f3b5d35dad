"""Drill files: reading them, finding every fault in them, and turning them into drills.

`read` and `Library` are for whoever needs drills, `lint` for authors, `drill_from_source` for storage,
which keeps a file's text so that an old reply can be judged by the rubric of its day.
"""

from __future__ import annotations

from drills.catalog.faults import Fault, FaultyDrill
from drills.catalog.library import DrillFile, Library, NoSuchDrill, drill_from_source, read
from drills.catalog.linting import has_errors, lint

__all__ = [
    "DrillFile",
    "Fault",
    "FaultyDrill",
    "Library",
    "NoSuchDrill",
    "drill_from_source",
    "has_errors",
    "lint",
    "read",
]
