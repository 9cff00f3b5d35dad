"""From a reply to what is seen of each criterion: sanitise, read, look."""

from __future__ import annotations

from adapters.judges.embedded.checklist import checklist_for
from adapters.judges.embedded.features import Seen, look
from adapters.judges.embedded.reading import Reading, reading
from adapters.judges.embedded.sanitise import sanitise
from adapters.judges.embedded.view import view
from drills.drill import Drill


def looked(text: str, drill: Drill) -> tuple[Reading, tuple[Seen, ...]]:
    """One `Seen` for each criterion, in rubric order; their places are places of the reading's `plain`."""
    checklist = checklist_for(drill)
    read = reading(text, checklist.spelling.correct)
    return read, look(view(read, sanitise(text, drill), checklist.scale, checklist.likeness), checklist)
