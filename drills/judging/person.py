"""What a person says of a reply, in place of a judge: a judgement like any other, and score and band in code again."""

from __future__ import annotations

from collections.abc import Mapping

from drills.drill import Drill
from drills.evaluation import PERSON, Judgement, Outcome, Provenance, RaisedFlag, Verdict
from drills.judging.quotes import fired
from drills.review import Before, Ruling, items
from drills.rubric import Level, RedFlag


def by_person(drill: Drill, was: Judgement, rulings: Mapping[int, Ruling]) -> Judgement:
    """The judgement that takes the place of `was`. `rulings` are by their place in `items`, all of them.

    Where the person agrees, quote and note stay. A red flag stands only if the person says that it is there. What
    was practice stays practice. Raises KeyError for an item without a ruling.
    """
    ruled = {(isinstance(item, RedFlag), item.id): rulings[at].level for at, item in enumerate(items(drill))}
    said = {verdict.criterion: verdict for verdict in was.verdicts}
    raised = {flag.id: flag for flag in fired(was)}
    return Judgement(
        verdicts=tuple(_verdict(c.id, ruled[False, c.id], said.get(c.id)) for c in drill.rubric.criteria),
        red_flags=tuple(
            raised.get(flag.id, RaisedFlag(flag.id, "", quote_found=False))
            for flag in drill.red_flags
            if ruled[True, flag.id] is Level.MET
        ),
        provenance=Provenance(PERSON, "1"),
        practice=was.practice,
    )


def before(was: Judgement, outcome: Outcome | None) -> Before:
    """What the writer was told until now."""
    levels = {verdict.criterion: verdict.level for verdict in was.verdicts}
    return Before(levels, tuple(flag.id for flag in fired(was)), outcome.band if outcome else None)


def _verdict(criterion: str, level: Level, said: Verdict | None) -> Verdict:
    return said if said and said.level is level else Verdict(criterion, level)
