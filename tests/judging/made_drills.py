"""A small drill and judgements to order, for the judging tests."""

from __future__ import annotations

from drills.drill import Drill, Kind, ResponseLength, Roles, Status
from drills.evaluation import Judgement, Provenance, RaisedFlag, Verdict
from drills.people import Profession
from drills.rubric import Bands, Criterion, Level, RedFlag, Rubric, Severity

PROVENANCE = Provenance(judge="test", judge_version="1")
LETTERS = {"m": Level.MET, "p": Level.PARTIAL, "n": Level.NOT_YET, "c": Level.CANNOT_JUDGE}

DELAY = RedFlag("delay", Severity.CAP, "Decides to wait.", "Which trigger on your unit makes this a call right now?")
WRONG_NUMBER = RedFlag("contradict", Severity.NOTE, "States a value that contradicts the facts.", "One number differs.")


def criterion(id_: str, weight: int, *, critical: bool = False, exemplars: tuple[str, ...] = ()) -> Criterion:
    return Criterion(
        id=id_,
        element="ISBAR.S",
        text=f"Says the {id_}.",
        weight=weight,
        look_for=(f"the {id_}",),
        tip=f"Try the {id_}.",
        critical=critical,
        partial=f"half the {id_}",
        exemplars=exemplars or (f"Here is the {id_}.", f"{id_.upper()} +", f"I say {id_}."),
    )


def rubric(*criteria: Criterion, bands: Bands | None = None) -> Rubric:
    return Rubric(criteria, bands or Bands())


def drill(*criteria: Criterion, question: str | None = "What makes a night call easier?") -> Drill:
    return Drill(
        id="sbar-900-test",
        kind=Kind.SBAR,
        status=Status.DRAFT,
        version="1.0.0",
        title="Test",
        locale="en-US",
        difficulty=1,
        time_target_s=60,
        roles=Roles(Profession.NURSE, (Profession.STUDENT,), (("student", "may say the preceptor will ask"),)),
        patient=None,
        scenario="Mr. Voss in bed 4 is getting worse.",
        ask="Type what you say.",
        facts=("BP 98/54", "day 4 after colectomy"),
        response=ResponseLength(),
        rubric=rubric(*(criteria or (criterion("headline", 3, critical=True), criterion("request", 2)))),
        red_flags=(DELAY, WRONG_NUMBER),
        model_answer="He is worse, please come now.",
        hash="0" * 64,
        team_reflection=question,
    )


def judgement(
    of: Rubric, letters: str, *, flags: tuple[str, ...] = (), quote: str = "come now", practice: bool = False
) -> Judgement:
    """Checked already: every met and partial has its quote, every named flag has fired."""
    levels = [LETTERS[letter] for letter in letters.replace(" ", "")]
    verdicts = (
        Verdict(c.id, level, quote if level in {Level.MET, Level.PARTIAL} else "", quote_found=level in _WITH_QUOTE)
        for c, level in zip(of.criteria, levels, strict=True)
    )
    raised = tuple(RaisedFlag(flag, quote, quote_found=True) for flag in flags)
    return Judgement(tuple(verdicts), raised, PROVENANCE, practice=practice)


_WITH_QUOTE = {Level.MET, Level.PARTIAL}
