"""The ledger's line for one evaluation: everything needed to audit it, with hashes in place of words."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from drills.attempt import Attempt, Reply
from drills.drill import Drill
from drills.evaluation import Judgement, Outcome, RaisedFlag, Unscored, Verdict
from drills.judging.quotes import check
from drills.review import Before
from drills.rubric import Rubric


def rubric_hash(rubric: Rubric) -> str:
    """SHA-256 of a rubric's meaning: the same words and weights give the same hash in every process."""
    canonical = json.dumps(asdict(rubric), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def salted_hash(words: str, salt: str) -> str:
    """SHA-256 of salt and words. Without the salt, which is erased with the words, it says nothing."""
    return sha256(f"{salt}\n{words}".encode()).hexdigest()


def ledger_body(
    drill: Drill, attempt: Attempt, reply: Reply, raw: Judgement, checked: Judgement, result: Outcome
) -> dict[str, Any]:
    """The line of a judged reply: what the judge said, what the quote check left of it, and what code made of that."""
    return {
        **_what(drill, attempt, reply),
        "practice": raw.practice,
        "provenance": asdict(raw.provenance),
        **_said(raw, checked, reply),
        "votes": [_vote(vote, reply) for vote in raw.votes],
        "split": list(raw.split),
        "outcome": _outcome(result),
    }


def unscored_body(drill: Drill, attempt: Attempt, reply: Reply, why: Unscored) -> dict[str, Any]:
    """The line of a reply that no judge could score."""
    return {**_what(drill, attempt, reply), "unscored": why.value}


def reviewed_body(
    drill: Drill, attempt: Attempt, reply: Reply, was: Before, now: Judgement, result: Outcome, reviewer: str
) -> dict[str, Any]:
    """The line of a reply that a person looked at: who, what they said, and what had been said before."""
    return {
        **_what(drill, attempt, reply),
        "what": "reviewed",
        "reviewer": reviewer,
        "practice": now.practice,
        "verdicts": [
            {"criterion": v.criterion, "level": v.level.value, "was": was.levels.get(v.criterion)} for v in now.verdicts
        ],
        "red_flags": [{"id": flag.id} for flag in now.red_flags],
        "were_red_flags": list(was.red_flags),
        "was_band": was.band,
        "outcome": _outcome(result),
    }


def _outcome(result: Outcome) -> dict[str, Any]:
    return {"score": result.score, "band": result.band, "capped_by": list(result.capped_by)}


def _what(drill: Drill, attempt: Attempt, reply: Reply) -> dict[str, Any]:
    return {
        "what": "evaluation",
        "evaluation": attempt.id,
        "push": attempt.push,
        "attempt_number": attempt.number,
        "drill": {"id": drill.id, "version": drill.version, "hash": drill.hash, "variant": drill.variant},
        "rubric_hash": rubric_hash(drill.rubric),
        "reply_hash": salted_hash(reply.text, reply.salt),
    }


def _said(raw: Judgement, checked: Judgement, reply: Reply) -> dict[str, Any]:
    return {
        "verdicts": [_verdict(r, c, reply) for r, c in zip(raw.verdicts, checked.verdicts, strict=True)],
        "red_flags": [_flag(r, c, reply) for r, c in zip(raw.red_flags, checked.red_flags, strict=True)],
    }


def _vote(vote: Judgement, reply: Reply) -> dict[str, Any]:
    """One judge's own answer in a panel: what it said, and what the quote check left of that."""
    return {"provenance": asdict(vote.provenance), **_said(vote, check(vote, reply.text), reply)}


def _verdict(raw: Verdict, checked: Verdict, reply: Reply) -> dict[str, Any]:
    return {
        "criterion": raw.criterion,
        "raw_level": raw.level.value,
        "level": checked.level.value,
        "quote_found": checked.quote_found,
        "quote_hash": salted_hash(raw.quote, reply.salt) if raw.quote else None,
    }


def _flag(raw: RaisedFlag, checked: RaisedFlag, reply: Reply) -> dict[str, Any]:
    return {
        "id": raw.id,
        "quote_found": checked.quote_found,
        "quote_hash": salted_hash(raw.quote, reply.salt) if raw.quote else None,
    }
