"""Whoever reads a reply against a rubric: an LLM, or the embedded checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drills.drill import Drill
from drills.evaluation import Judgement
from drills.people import Profession


@dataclass(frozen=True, slots=True)
class Case:
    """What a judge is given: the drill's variant, the words, and the profession (for its scope note)."""

    drill: Drill
    reply: str
    profession: Profession | None = None


class Judge(Protocol):
    """Reads a reply against a rubric. Holds no opinion on totals."""

    @property
    def name(self) -> str: ...

    async def verdicts(self, case: Case) -> Judgement:
        """One verdict for each criterion, in rubric order. Raises JudgeUnavailable or JudgeUnusable."""
        ...
