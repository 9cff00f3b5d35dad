"""Who holds a claim: `tries` grows with each one, so it tells a holder from whoever took the claim over."""

from __future__ import annotations

import sqlalchemy as sa

from drills.evaluation import Evaluation
from drills.push import Push
from drills.review import Review


def still_mine(table: sa.Table, held: Push | Evaluation | Review) -> sa.ColumnElement[bool]:
    """Guards the way out of `posting`: a worker that was away too long finds its claim taken."""
    return table.c.tries == held.tries


def free_to_take(table: sa.Table, claim: Push | Evaluation | Review) -> sa.ColumnElement[bool]:
    """Guards a save that stays in `posting`: of two that take over the same dead claim, one is Stale.

    A save that leaves the claim alone (a contest) passes as well.
    """
    untouched = sa.and_(still_mine(table, claim), table.c.claimed_at == claim.claimed_at)
    return sa.or_(table.c.tries == claim.tries - 1, untouched)
