"""Drill files: reading them, finding every fault in them, and turning them into drills.

`read` and `Library` are for whoever needs drills, `lint` for authors, `drill_from_source` for storage,
which keeps a file's text so that an old reply can be judged by the rubric of its day.
"""

from __future__ import annotations

from drills.catalog.campaigns import (
    CampaignFile,
    FaultyCampaign,
    lint_campaign,
    lint_campaigns,
    open_campaign,
    read_campaign,
)
from drills.catalog.faults import Fault, FaultyDrill
from drills.catalog.library import (
    SHIPPED,
    DrillFile,
    Library,
    NoSuchDrill,
    drill_from_source,
    lint_files,
    read,
    schema_beside,
)
from drills.catalog.linting import has_errors, lint
from drills.catalog.reading import drill_files
from drills.catalog.scaffold import scaffold
from drills.catalog.schema import drill_schema, drill_schema_text

__all__ = [
    "SHIPPED",
    "CampaignFile",
    "DrillFile",
    "Fault",
    "FaultyCampaign",
    "FaultyDrill",
    "Library",
    "NoSuchDrill",
    "drill_files",
    "drill_from_source",
    "drill_schema",
    "drill_schema_text",
    "has_errors",
    "lint",
    "lint_campaign",
    "lint_campaigns",
    "lint_files",
    "open_campaign",
    "read",
    "read_campaign",
    "scaffold",
    "schema_beside",
]
