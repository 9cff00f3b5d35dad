"""What becomes of a reply: judged, scored in code, delivered once. A small state machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from drills.people import PersonRef
from drills.rubric import Level


class EvaluationState(StrEnum):
    """received → ready → posting → done | failed; each move is a compare-and-set."""

    RECEIVED = "received"
    READY = "ready"
    POSTING = "posting"
    DONE = "done"
    FAILED = "failed"


class Band(StrEnum):
    """Words, not numbers (clinical.md §3)."""

    SOLID = "solid"
    NEARLY = "nearly"
    ANOTHER_GO = "another_go"

    @property
    def label(self) -> str:
        return {"solid": "Solid", "nearly": "Nearly there", "another_go": "Worth another go"}[self.value]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion. `quote` is from the reply, `note` is for the learner.

    `quote_found` is set by code, never by a judge: None before the check.
    """

    criterion: str
    level: Level
    quote: str = ""
    note: str = ""
    quote_found: bool | None = None

    @property
    def may_be_ticked(self) -> bool:
        """Whether a checklist may have missed it, or could not tell."""
        return self.level in {Level.NOT_YET, Level.CANNOT_JUDGE}


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag that the judge saw, with the words that show it."""

    id: str
    quote: str
    quote_found: bool | None = None


PERSON = "person"
"""The judge's name on verdicts that a person gave (`drills.review`)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who judged, with what, at what price: everything needed to audit a verdict.

    `integrity` is what kind of text the judge took the reply for: an ordinary one, or one that talks to the judge.

    Tokens are counts, `cost_usd` is dollars, `latency_ms` milliseconds; None where a judge has no such thing.
    """

    judge: str
    judge_version: str
    model_requested: str | None = None
    model_returned: str | None = None
    prompt_hash: str | None = None
    request_id: str | None = None
    stop_reason: str | None = None
    integrity: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost_usd: float | None = None
    latency_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one reply; never a total, a band or a pass.

    `practice` marks the embedded judge: feedback for practice, no score, no statistics. `votes` are the single
    answers that a panel settled, as they came; `split` names the criteria on which no two of them agreed.
    """

    verdicts: tuple[Verdict, ...]
    red_flags: tuple[RaisedFlag, ...]
    provenance: Provenance
    practice: bool = False
    votes: tuple[Judgement, ...] = ()
    split: tuple[str, ...] = ()

    @property
    def by_person(self) -> bool:
        return self.provenance.judge == PERSON

    @property
    def by_checklist(self) -> bool:
        """Practice feedback that no person has looked at."""
        return self.practice and not self.by_person

    @property
    def missed(self) -> tuple[Verdict, ...]:
        """What the learner may tick for themselves; nothing outside a checklist's feedback."""
        return tuple(verdict for verdict in self.verdicts if verdict.may_be_ticked) if self.by_checklist else ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Computed in code from (rubric, verdicts). `score` is 0…1 over the weight that could be judged.

    `score` and `band` are None for practice feedback and when under 80 % of the weight was judged.
    `capped_by` names the criteria and red flags that hold the band down.
    """

    score: float | None
    band: Band | None
    capped_by: tuple[str, ...] = ()


class Unscored(StrEnum):
    """Why a reply has no verdicts. Never zero points: it is simply not scored."""

    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    OUTAGE = "outage"


MAX_TRIES = 6
LEASE_S = 60.0  # a claim older than this may be taken over; longer than any HTTP timeout of an adapter


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One per attempt; `id` is the attempt's id.

    `contested`, by the learner or by judges who split, leaves all metrics until a person has looked.
    """

    id: str
    push: str
    person: PersonRef
    state: EvaluationState
    received_at: datetime
    tries: int = 0
    claimed_at: datetime | None = None
    judgement: Judgement | None = None
    outcome: Outcome | None = None
    unscored: Unscored | None = None
    contested: bool = False
    delivered_by: str | None = None

    def judged(self, judgement: Judgement, outcome: Outcome) -> Evaluation:
        return replace(self, state=EvaluationState.READY, judgement=judgement, outcome=outcome, tries=0)

    def not_scored(self, why: Unscored) -> Evaluation:
        return replace(self, state=EvaluationState.READY, unscored=why, tries=0)

    def tried(self) -> Evaluation:
        return replace(self, tries=self.tries + 1)

    def claim(self, now: datetime) -> Evaluation:
        return replace(self, state=EvaluationState.POSTING, claimed_at=now, tries=self.tries + 1)

    def release(self) -> Evaluation:
        """Give a claim back: the next try knows from `tries` that this one may have got through."""
        return replace(self, state=EvaluationState.READY, claimed_at=None)

    def delivered(self, by: str) -> Evaluation:
        return replace(self, state=EvaluationState.DONE, delivered_by=by, claimed_at=None)

    def undelivered(self) -> Evaluation:
        return replace(self, state=EvaluationState.FAILED, claimed_at=None)

    def contest(self) -> Evaluation:
        return replace(self, contested=True)

    def reviewed(self, judgement: Judgement, outcome: Outcome) -> Evaluation:
        """What a person said takes the place of the judge's verdict, and counts again."""
        return replace(self, judgement=judgement, outcome=outcome, contested=False)

    @property
    def is_reviewed(self) -> bool:
        """Whether its verdict is a person's."""
        return self.judgement is not None and self.judgement.by_person

    @property
    def is_out(self) -> bool:
        """Whether its feedback is out of the worker's hands."""
        return self.state in {EvaluationState.DONE, EvaluationState.FAILED}

    def claim_is_stale(self, now: datetime) -> bool:
        return self.claimed_at is None or (now - self.claimed_at).total_seconds() > LEASE_S
