"""Score, band and caps: a pure function of rubric and verdicts, so that no model ever does our arithmetic."""

from __future__ import annotations

from drills.evaluation import Band, Judgement, Outcome
from drills.judging.quotes import fired
from drills.rubric import Bands, Level, RedFlag, Rubric, Severity

HALF_POINTS = {Level.MET: 2, Level.PARTIAL: 1, Level.NOT_YET: 0}  # clinical.md §4: 1, .5, 0; whole numbers stay exact
_RANK = {Band.ANOTHER_GO: 0, Band.NEARLY: 1, Band.SOLID: 2}
_NO_OUTCOME = Outcome(None, None)


def outcome(rubric: Rubric, red_flags: tuple[RedFlag, ...], judgement: Judgement, *, forced: bool = False) -> Outcome:
    """What a checked judgement (`quotes.check`) amounts to.

    Score is Σ weight·level / Σ weight over the criteria that were judged, 0…1. Without a verdict, or with
    `cannot_judge`, a criterion leaves the sum; with less than 80 % of the weight judged there is no score and no
    band (judging.md §7.3). Practice judgements have neither, unless `forced` for a comparison.

    An unmet critical criterion caps the band at "Nearly there", a red flag of severity `cap` at "Worth another go".
    `capped_by` names every cap that lies below the band the score alone would give: criteria, then flags.
    """
    if judgement.practice and not forced:
        return _NO_OUTCOME
    levels = {v.criterion: v.level for v in judgement.verdicts}
    score = _score(rubric, levels)
    if score is None:
        return _NO_OUTCOME
    plain = _band(rubric.bands, score)
    caps = [*_critical_caps(rubric, levels), *_flag_caps(red_flags, judgement)]
    holding = [(name, ceiling) for name, ceiling in caps if _RANK[ceiling] < _RANK[plain]]
    band = min([plain, *(ceiling for _, ceiling in holding)], key=lambda b: _RANK[b])
    return Outcome(score, band, tuple(name for name, _ in holding))


def _score(rubric: Rubric, levels: dict[str, Level]) -> float | None:
    judged = [c for c in rubric.criteria if levels.get(c.id, Level.CANNOT_JUDGE) is not Level.CANNOT_JUDGE]
    weight = sum(c.weight for c in judged)
    if weight == 0 or weight * 5 < sum(c.weight for c in rubric.criteria) * 4:
        return None
    return sum(c.weight * HALF_POINTS[levels[c.id]] for c in judged) / (2 * weight)


def _band(bands: Bands, score: float) -> Band:
    if score >= bands.solid:
        return Band.SOLID
    return Band.NEARLY if score >= bands.nearly else Band.ANOTHER_GO


def _critical_caps(rubric: Rubric, levels: dict[str, Level]) -> list[tuple[str, Band]]:
    unmet = (c for c in rubric.criteria if c.critical and levels.get(c.id) is Level.NOT_YET)
    return [(c.id, Band.NEARLY) for c in unmet]


def _flag_caps(red_flags: tuple[RedFlag, ...], judgement: Judgement) -> list[tuple[str, Band]]:
    seen = {flag.id for flag in fired(judgement)}
    return [(f.id, Band.ANOTHER_GO) for f in red_flags if f.severity is Severity.CAP and f.id in seen]
