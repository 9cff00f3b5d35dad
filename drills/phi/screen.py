"""One look at somebody's words, before anything else is done with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drills.drill import Drill
from drills.phi.births import births
from drills.phi.cases import real_cases
from drills.phi.events import events
from drills.phi.folding import folded
from drills.phi.names import names
from drills.phi.numbers import long_numbers, numbers
from drills.phi.phones import phones
from drills.phi.places import places
from drills.phi.screening import Finding, Screening
from drills.phi.story import NO_STORY, Story, story_of


def screen(text: str, drill: Drill | None) -> Screening:
    """What in `text` may belong to a real person or a real event. Pure; what the drill itself says never counts.

    Without a drill there is no story that could have said it.
    """
    words = folded(text)
    return Screening(_one_at_each_place([*_findings(words, story_of(drill) if drill else NO_STORY)]))


def _findings(words: str, story: Story) -> Iterator[Finding]:
    """The surest first: where two overlap, the earlier one stands."""
    yield from events(words, story)
    for sure in (places, births, numbers, phones, long_numbers, names):
        for finding in sure(words, story):
            if not story.says(words[finding.start : finding.end]):
                yield finding
    yield from real_cases(words, story)


def _one_at_each_place(found: Sequence[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for finding in found:
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))
