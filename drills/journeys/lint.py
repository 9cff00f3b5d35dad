"""The linter's second look: is the judge able to work with what the author wrote, and does the story make sense?"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

from drills.catalog import DrillFile, Fault
from drills.catalog.deeper import deeper_findings, is_first_draft, place
from drills.catalog.faults import Finding
from drills.catalog.source import Path
from drills.drill import BASE_VARIANT, Drill
from drills.evaluation import Judgement
from drills.judging.quotes import check
from drills.ports import Case, Judge
from drills.rubric import Criterion, Level

_FOUND = {Level.MET: "found", Level.PARTIAL: "found in part", Level.NOT_YET: "not found", Level.CANNOT_JUDGE: "unsure"}
# Near-misses may be spoken ("please advise") or told about ("starts with history"). Told ones hold brackets, speak of
# the story, or open with an article, a count or one of these verbs; nobody types them, so they are not tried.
_TOLD = re.compile(
    r".*[()]|.*\b(?:story|facts|sentences?|the end|reply)\b|(?:only|an?|one|two|three|any|full|plain|hard|sarcasm"
    r"|asks|says|gives|tells|starts|begins|names|lists|leaves|keeps|talks|decides|threatens|releases|offers|promises"
    r"|repeats|mentions|explains|blames|uses|waits|shows|copies|orders|agrees|findings|first tells)\b",
    re.IGNORECASE | re.DOTALL,
)
_CARRIER = "Hello. {} Thank you."  # courtesies are nobody's evidence; they make a one-liner a reply


@dataclass(frozen=True, slots=True)
class _Rubric:
    """A rubric as the judge reads it, and where it stands in the file."""

    path: Path
    drill: Drill

    def criteria(self) -> Iterator[tuple[Path, Criterion]]:
        for number, criterion in enumerate(self.drill.rubric.criteria):
            yield (*self.path, "criteria", number), criterion


async def deep_lint(file: DrillFile, judge: Judge) -> list[Fault]:
    """Warnings in reading order about a file that has no errors. Raises what the judge raises.

    Exemplars and near-misses are judged with the drill's own params, the model answer in every variant, golden
    replies with their labels. Where a judge can't tell, that is said for exemplars and the model answer; a golden
    reply's label is contradicted only by a judge that commits itself. A checklist knows no halves: where `partial`
    is expected, only its "found" says otherwise.
    """
    findings = deeper_findings(file)
    if not is_first_draft(file):  # what a judge makes of our guidance helps nobody
        findings += [finding async for finding in _judged(file, judge)]
    return place(findings, file)


async def _judged(file: DrillFile, judge: Judge) -> AsyncIterator[Finding]:
    drill = file.drill()
    for rubric in _rubrics(drill):
        for path, criterion in rubric.criteria():
            async for finding in _examples(rubric.drill, judge, path, criterion):
                yield finding
    if drill.steps:
        return  # a relay has no model answer, and its golden labels belong to several replies
    async for finding in _model_answer(file, judge):
        yield finding
    async for finding in _golden(file, drill, judge):
        yield finding


def _rubrics(drill: Drill) -> list[_Rubric]:
    if not drill.steps:
        return [_Rubric(("rubric",), drill)]
    return [
        _Rubric(("steps", number, "rubric"), replace(drill, rubric=step.rubric, ask=step.ask))
        for number, step in enumerate(drill.steps)
    ]


async def _examples(drill: Drill, judge: Judge, path: Path, criterion: Criterion) -> AsyncIterator[Finding]:
    for number, exemplar in enumerate(criterion.exemplars):
        level = await _best(drill, judge, criterion, exemplar)
        if level is not Level.MET:
            yield Finding((*path, "exemplars", number), _unrecognised(criterion, level, judge), "warning")
    for number, near_miss in enumerate(criterion.not_enough):
        if is_spoken(near_miss) and (await _levels(drill, judge, near_miss))[criterion.id] is Level.MET:
            message = (
                f"The {judge.name} judge takes this near-miss for `{criterion.id}`."
                " Is an exemplar almost the same? Make them differ in the words that matter."
            )
            yield Finding((*path, "not_enough", number), message, "warning")


def is_spoken(near_miss: str) -> bool:
    """Whether somebody could type it, rather than a description of what they do."""
    return not _TOLD.match(near_miss.strip())


async def _best(drill: Drill, judge: Judge, criterion: Criterion, exemplar: str) -> Level:
    """Typed alone; a line too short to be recognised gets a second chance between two courtesies."""
    alone = (await _levels(drill, judge, exemplar))[criterion.id]
    if alone is Level.MET:
        return alone
    carried = (await _levels(drill, judge, _CARRIER.format(exemplar)))[criterion.id]
    return carried if carried is Level.MET else alone


def _unrecognised(criterion: Criterion, level: Level, judge: Judge) -> str:
    doubt = "is unsure about" if level is Level.CANNOT_JUDGE else "does not recognise"
    return (
        f"The {judge.name} judge {doubt} this exemplar of `{criterion.id}`. Does it show the whole of what `text` and"
        " `look_for` ask, by itself? If it does, keep it and add another that says it in similar words."
    )


async def _model_answer(file: DrillFile, judge: Judge) -> AsyncIterator[Finding]:
    told: set[str] = set()
    for variant in file.variants:
        drill = file.drill(variant)
        levels = await _levels(drill, judge, drill.model_answer)
        for message in _shortcomings(levels):
            where = "" if variant == BASE_VARIANT else f" of variant `{variant}`"
            if message not in told:  # what the base variant lacks, the others lack too
                words = f"In the model answer{where}, the {judge.name} judge {message}"
                yield Finding(("model_answer",), words, "warning", at_key=True)
            told.add(message)


def _shortcomings(levels: dict[str, Level]) -> Iterator[str]:
    missed = [f"`{id_}`" for id_, level in levels.items() if level in {Level.NOT_YET, Level.PARTIAL}]
    unsure = [f"`{id_}`" for id_, level in levels.items() if level is Level.CANNOT_JUDGE]
    if missed:
        yield f"misses {', '.join(missed)}. Let it show every criterion whole."
    if unsure:
        yield f"is unsure about {', '.join(unsure)}. Would plainer words say it?"


async def _golden(file: DrillFile, drill: Drill, judge: Judge) -> AsyncIterator[Finding]:
    for number, golden in enumerate(file.golden):
        judgement = await _judgement(drill, judge, golden.reply)
        levels = {verdict.criterion: verdict.level for verdict in judgement.verdicts}
        for id_, expected in golden.labels.items():
            found = levels[id_]
            if found in {expected, Level.CANNOT_JUDGE} or (judgement.practice and _is_half(expected, found)):
                continue
            message = (
                f"You expect {expected} for `{id_}` in this reply; the {judge.name} judge says: {_FOUND[found]}."
                f" If your level is right, {_remedy(expected)}."
            )
            yield Finding(("golden", number, "labels", id_), message, "warning")


def _is_half(expected: Level, found: Level) -> bool:
    """A half that a judge without halves did not find: no contradiction."""
    return expected is Level.PARTIAL and found is Level.NOT_YET


def _remedy(expected: Level) -> str:
    match expected:
        case Level.MET:
            return "add an exemplar in such words"
        case Level.PARTIAL:
            return "let `partial` say, in such words, what half of it looks like"
        case _:
            return "add a near-miss in such words"


async def _levels(drill: Drill, judge: Judge, reply: str) -> dict[str, Level]:
    judgement = await _judgement(drill, judge, reply)
    return {verdict.criterion: verdict.level for verdict in judgement.verdicts}


async def _judgement(drill: Drill, judge: Judge, reply: str) -> Judgement:
    return check(await judge.verdicts(Case(drill, reply)), reply)
