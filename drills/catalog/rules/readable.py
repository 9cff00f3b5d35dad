"""A rule for plain words: a story that is hard to read tests reading, and not everybody's first language is English."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.reading_grade import reading_grade
from drills.catalog.rendering import PLACEHOLDER
from drills.catalog.rules.raw import Raw

USUAL = 8.0  # clinical.md §3
LENIENCE = 2.0  # clinical.md §4: warns above +2


def story_is_plain(raw: Raw) -> Iterator[Finding]:
    if not (raw.text("locale") or "en").casefold().startswith("en"):
        return  # the formula knows English only
    aim = raw.number("reading_grade")
    found = reading_grade(_told(raw))
    if found is None or found <= (USUAL if aim is None else aim) + LENIENCE:
        return
    aimed = f"the usual {USUAL:g}" if aim is None else f"the {aim:g} it aims at"
    message = (
        f"The story reads at about school grade {found:.0f}, above {aimed}."
        " Shorter sentences and plainer words help people who read it at 3 a.m. or in a second language."
    )
    yield Finding(("scenario",), message, "warning", at_key=True)


def _told(raw: Raw) -> str:
    told = f"{raw.text('scenario')}\n{raw.text('ask')}"
    return PLACEHOLDER.sub(lambda found: raw.text("params", found[1]) or found[0], told)


RULES = (story_is_plain,)
