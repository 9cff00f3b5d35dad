"""Rules for relays: two turns or more, and nobody is shown what has not been written yet."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw
from drills.catalog.source import Path


def steps_only_in_relays(raw: Raw) -> Iterator[Finding]:
    is_relay = raw.text("kind") == "relay"
    if is_relay and not raw.given("steps"):
        yield Finding((), "`steps` is missing: a relay needs two turns or more.")
    if is_relay and isinstance(raw.at("steps"), list) and len(list(raw.entries("steps"))) < 2:
        yield Finding(("steps",), "A relay needs two steps or more.", at_key=True)
    if raw.text("kind") and not is_relay and raw.given("steps"):
        yield Finding(("steps",), "`steps` belongs to relay drills only.", at_key=True)


def step_ids_are_distinct(raw: Raw) -> Iterator[Finding]:
    seen: set[str] = set()
    for step in raw.entries("steps"):
        id_ = _id(raw, step)
        if id_ in seen:
            path = (*step, "id") if raw.given(*step, "id") else step
            yield Finding(path, f"`{id_}` is the id of an earlier step. Each needs its own.")
        seen.add(id_)


def steps_see_earlier_steps(raw: Raw) -> Iterator[Finding]:
    earlier: list[str] = []
    for step in raw.entries("steps"):
        for path in raw.entries(*step, "sees"):
            seen = str(raw.at(*path))
            if seen not in earlier:
                known = f"Earlier steps here: {', '.join(earlier)}." if earlier else "The first step sees nothing."
                yield Finding(path, f"`{seen}` is no earlier step. {known}")
        earlier.append(_id(raw, step))


def _id(raw: Raw, step: Path) -> str:
    """As the author wrote it, or its number from 1."""
    given = raw.at(*step, "id")
    return str(given) if isinstance(given, str | int) else str(int(step[-1]) + 1)


RULES = (steps_only_in_relays, step_ids_are_distinct, steps_see_earlier_steps)
