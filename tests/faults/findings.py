"""What the database says when everything has settled: what was lost, doubled or left lying."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from faults.scene import CRITERIA

_UNSETTLED = """
    SELECT (SELECT count(*) FROM evaluations WHERE state NOT IN ('done', 'failed'))
         + (SELECT count(*) FROM pushes WHERE state IN ('planned', 'posting') OR card_shown < card_changes)
"""


@dataclass(frozen=True, slots=True)
class Findings:
    """Each list names what went wrong, by attempt or push; all of them are empty when nothing did."""

    lost: list[str]
    stuck: list[str]
    unscored: list[str]
    not_in_ledger_once: list[str]
    not_told_once: list[str]
    not_posted_once: list[str]
    replies: int
    cards_behind: list[str]

    @property
    def faults(self) -> dict[str, list[str]]:
        named = {
            "acknowledged and lost": self.lost,
            "not finished": self.stuck,
            "without verdicts": self.unscored,
            "not in the ledger exactly once": self.not_in_ledger_once,
            "feedback not told exactly once": self.not_told_once,
            "drill not posted exactly once": self.not_posted_once,
            "channel card that shows an old count": self.cards_behind,
        }
        return {what: which for what, which in named.items() if which}


def settled(file: Path) -> bool:
    with closing(_open(file)) as db:
        (left,) = db.execute(_UNSETTLED).fetchone()
    return bool(left == 0)


def look(file: Path, kept: Mapping[str, str]) -> Findings:
    """`kept` is what people were told is kept: the words by attempt."""
    with closing(_open(file)) as db:
        words = dict(db.execute("SELECT attempt, text FROM replies").fetchall())
        states = dict(db.execute("SELECT id, state FROM evaluations").fetchall())
        ledger = Counter(body["evaluation"] for body in _ledger(db) if body["what"] == "evaluation")
        told = _messages(db, "feedback", private=True)
        posted = _messages(db, "push", private=False)
        pushes = [push for (push,) in db.execute("SELECT id FROM pushes")]
        judged = _judged(db)
        behind = _cards_behind(db)
    everybody = sorted(set(kept) | set(words) | set(states))
    return Findings(
        lost=[a for a in kept if words.get(a) != kept[a] or a not in states],
        stuck=[f"{a}: {states.get(a)}" for a in everybody if states.get(a) != "done"],
        unscored=[a for a in everybody if a not in judged],
        not_in_ledger_once=_not_once(everybody, ledger),
        not_told_once=_not_once(everybody, told),
        not_posted_once=_not_once(pushes, posted),
        replies=len(words),
        cards_behind=behind,
    )


def _not_once(expected: list[str], counted: Counter[str]) -> list[str]:
    return [f"{one}: {counted[one]} times" for one in sorted({*expected, *counted}) if counted[one] != 1]


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)


def _ledger(db: sqlite3.Connection) -> list[dict[str, str]]:
    return [json.loads(body) for (body,) in db.execute("SELECT body FROM ledger")]


def _messages(db: sqlite3.Connection, kind: str, *, private: bool) -> Counter[str]:
    """How many messages there are for each row, whatever follows it in the key."""
    rows = db.execute("""SELECT "key", "to" FROM messages WHERE "key" LIKE ?""", (f"{kind}:%",)).fetchall()
    return Counter(key.split(":")[1] for key, to in rows if (to is not None) is private)


def _judged(db: sqlite3.Connection) -> set[str]:
    """Evaluations with a score, and a verdict for each criterion of the drill, no more and no less."""
    rows = db.execute("""
        SELECT e.id, count(v.ref) FROM evaluations e JOIN verdicts v ON v.evaluation = e.id AND v.kind = 'criterion'
        WHERE e.unscored IS NULL AND e.score IS NOT NULL GROUP BY e.id
    """).fetchall()
    return {id_ for id_, verdicts in rows if verdicts == CRITERIA}


def _cards_behind(db: sqlite3.Connection) -> list[str]:
    """Channel cards whose count of answers is not the rows' count."""
    rows = db.execute("""
        SELECT p.id, m.card,
               (SELECT count(DISTINCT a.person) FROM attempts a WHERE a.push = p.id AND a.state = 'replied')
        FROM pushes p JOIN messages m ON m."key" = 'push:' || p.id
    """).fetchall()
    return [push for push, card, answered in rows if f'"{answered} of ' not in card]
