"""Made-up replies of made-up colleagues: exemplars of the criteria they are meant to meet, and nothing else."""

from __future__ import annotations

from random import Random

from drills.drill import Drill
from drills.evaluation import Judgement, Provenance, Verdict
from drills.rubric import Criterion, Level
from drills.views.wording import MADE_UP_BY

JUDGED_BY = Provenance(judge=MADE_UP_BY, judge_version="1")


def made_up(drill: Drill, skill: float, chance: Random) -> tuple[str, Judgement]:
    """A reply and its verdicts. `skill` is the chance, 0…1, that each criterion is met."""
    said = {c.id: _says(c, skill, chance) for c in drill.rubric.criteria}
    words = " ".join(said[c.id] for c in drill.rubric.criteria if said[c.id]) or "I will keep an eye on it."
    verdicts = tuple(
        Verdict(c.id, Level.MET, said[c.id], "") if said[c.id] else Verdict(c.id, Level.NOT_YET)
        for c in drill.rubric.criteria
    )
    return words, Judgement(verdicts, (), JUDGED_BY)


def _says(criterion: Criterion, skill: float, chance: Random) -> str:
    if not criterion.exemplars or chance.random() > skill:
        return ""
    return chance.choice(criterion.exemplars)
