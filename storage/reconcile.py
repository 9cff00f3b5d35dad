"""Whether the rows of evaluations say what the ledger's latest line about each says: a changed verdict is named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from drills.evaluation import PERSON
from drills.ports import LedgerEntry
from storage.tables import evaluations, replies, verdicts
from storage.verdicts import CRITERION

_SAID_BY = {"evaluation", "reviewed"}  # by a judge, by a person; the later one holds


@dataclass(slots=True)
class _Said:
    """What one place, the ledger or the rows, says of one reply."""

    score: float | None = None
    band: str | None = None
    unscored: str | None = None
    levels: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)


def differences(connection: sa.Connection, workspace: str, entries: Iterable[LedgerEntry]) -> Iterator[str]:
    """One sentence for each difference in a workspace, whose sound `entries` come oldest first.

    Rows of a reply that was erased may be gone; those that are still there must agree.
    """
    ledger = _in_ledger(entries)
    rows = _in_rows(connection, workspace)
    kept = set(connection.scalars(sa.select(replies.c.attempt).where(replies.c.workspace == workspace)))
    for id_ in sorted({*ledger, *rows}):
        for fault in _faults(ledger.get(id_), rows.get(id_), worded=id_ in kept):
            yield f"Evaluation {id_} of {workspace}: {fault}."


def _in_ledger(entries: Iterable[LedgerEntry]) -> dict[str, _Said]:
    bodies = (entry.body for entry in entries)
    return {body["evaluation"]: _from_body(body) for body in bodies if body.get("what") in _SAID_BY}


def _from_body(body: Mapping[str, Any]) -> _Said:
    outcome = body.get("outcome", {})
    return _Said(
        score=outcome.get("score"),
        band=outcome.get("band"),
        unscored=body.get("unscored"),
        levels={verdict["criterion"]: verdict["level"] for verdict in body.get("verdicts", ())},
        flags={flag["id"] for flag in body.get("red_flags", ()) if flag.get("quote_found", True)},
    )


def _in_rows(connection: sa.Connection, workspace: str) -> dict[str, _Said]:
    """Of the evaluations that came to an end: whatever is still waited for has no line in the ledger yet."""
    ended = evaluations.c.provenance.is_not(None) | evaluations.c.unscored.is_not(None)
    own = sa.select(evaluations).where(evaluations.c.workspace == workspace, ended)
    found, by_person = {}, set()
    for row in connection.execute(own):
        found[row.id] = _Said(row.score, row.band, row.unscored)
        if row.provenance and row.provenance.get("judge") == PERSON:
            by_person.add(row.id)
    for row in connection.execute(sa.select(verdicts).where(verdicts.c.workspace == workspace)):
        said = found.setdefault(row.evaluation, _Said())
        if row.kind == CRITERION:
            said.levels[row.ref] = row.level
        elif row.quote_found or row.evaluation in by_person:
            said.flags.add(row.ref)
    return found


def _faults(ledger: _Said | None, row: _Said | None, *, worded: bool) -> Iterator[str]:
    if ledger is None:
        yield "it has a verdict that the ledger does not know"
    elif row is None:
        if worded:
            yield "the ledger has its verdict, and its rows have none"
    else:
        yield from _outcome(ledger, row)
        yield from _levels(ledger, row, worded)
        yield from _flags(ledger, row, worded)


def _outcome(ledger: _Said, row: _Said) -> Iterator[str]:
    if not _equal(ledger.score, row.score):
        yield f"its score is {_number(row.score)} in its row and {_number(ledger.score)} in the ledger"
    if ledger.band != row.band:
        yield f"its band is {row.band or 'none'} in its row and {ledger.band or 'none'} in the ledger"
    if ledger.unscored != row.unscored:
        yield f"it is {_unscored(row)} in its row and {_unscored(ledger)} in the ledger"


def _levels(ledger: _Said, row: _Said, worded: bool) -> Iterator[str]:
    for criterion, level in ledger.levels.items():
        if criterion in row.levels and row.levels[criterion] != level:
            yield f"`{criterion}` is {row.levels[criterion]} in its row and {level} in the ledger"
        elif criterion not in row.levels and worded:
            yield f"`{criterion}` is {level} in the ledger and has no row"
    for criterion in sorted(set(row.levels) - set(ledger.levels)):
        yield f"`{criterion}` is {row.levels[criterion]} in its row and not in the ledger"


def _flags(ledger: _Said, row: _Said, worded: bool) -> Iterator[str]:
    for flag in sorted(row.flags - ledger.flags):
        yield f"the red flag `{flag}` stands in its rows and not in the ledger"
    for flag in sorted(ledger.flags - row.flags) if worded else ():
        yield f"the red flag `{flag}` stands in the ledger and not in its rows"


def _equal(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else math.isclose(one, other, abs_tol=1e-9)


def _unscored(said: _Said) -> str:
    return f"not scored ({said.unscored})" if said.unscored else "judged"


def _number(score: float | None) -> str:
    return "none" if score is None else f"{score:.3f}"
