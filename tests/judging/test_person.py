"""A person's answers become a judgement like any other: same arithmetic, their word in place of the judge's."""

from __future__ import annotations

from builders import a_drill_file
from hypothesis import given
from hypothesis import strategies as st

from drills.drill import Drill
from drills.evaluation import Band, Judgement, Provenance, RaisedFlag, Verdict
from drills.judging.person import before, by_person
from drills.judging.quotes import fired
from drills.judging.scoring import outcome
from drills.review import Ruling, items, levels_offered
from drills.rubric import Level, RedFlag

DRILL = a_drill_file().drill()
RULINGS = st.tuples(*(st.sampled_from(levels_offered(item)) for item in items(DRILL))).map(
    lambda levels: {n: Ruling(item.id, level) for n, (item, level) in enumerate(zip(items(DRILL), levels, strict=True))}
)


def a_judges(rulings: dict[int, Ruling], *, practice: bool = False) -> Judgement:
    """What a judge would have said who agrees with every ruling, quotes and all."""
    ruled = list(zip(items(DRILL), rulings.values(), strict=True))
    quoted = {Level.MET, Level.PARTIAL}
    return Judgement(
        tuple(
            Verdict(item.id, said.level, "come now", "Well said.", quote_found=True)
            if said.level in quoted
            else Verdict(item.id, said.level, quote_found=False)
            for item, said in ruled
            if not isinstance(item, RedFlag)
        ),
        tuple(
            RaisedFlag(item.id, "come now", quote_found=True)
            for item, said in ruled
            if isinstance(item, RedFlag) and said.level is Level.MET
        ),
        Provenance("scripted", "1"),
        practice=practice,
    )


def scored(drill: Drill, judgement: Judgement) -> tuple[float | None, Band | None, tuple[str, ...]]:
    result = outcome(drill.rubric, drill.red_flags, judgement)
    return result.score, result.band, result.capped_by


@given(rulings=RULINGS)
def test_whoever_agrees_with_the_judge_changes_nothing_but_who_said_it(rulings: dict[int, Ruling]) -> None:
    judges = a_judges(rulings)
    persons = by_person(DRILL, judges, rulings)
    assert persons.by_person
    assert (persons.verdicts, fired(persons)) == (judges.verdicts, fired(judges))
    assert scored(DRILL, persons) == scored(DRILL, judges)
    assert before(persons, None) == before(judges, None)


@given(rulings=RULINGS, others=RULINGS)
def test_the_result_depends_on_the_person_alone(rulings: dict[int, Ruling], others: dict[int, Ruling]) -> None:
    over_one = by_person(DRILL, a_judges(rulings), rulings)
    over_another = by_person(DRILL, a_judges(others), rulings)
    assert scored(DRILL, over_one) == scored(DRILL, over_another)
    assert {flag.id for flag in fired(over_one)} == {flag.id for flag in fired(over_another)}


@given(rulings=RULINGS, others=RULINGS)
def test_a_quote_of_the_judges_stays_only_where_the_person_agrees(
    rulings: dict[int, Ruling], others: dict[int, Ruling]
) -> None:
    was = {verdict.criterion: verdict for verdict in a_judges(others).verdicts}
    for verdict in by_person(DRILL, a_judges(others), rulings).verdicts:
        agrees = was[verdict.criterion].level is verdict.level
        assert (verdict.quote, verdict.note) == (
            (was[verdict.criterion].quote, was[verdict.criterion].note) if agrees else ("", "")
        )


@given(rulings=RULINGS)
def test_practice_stays_practice_whatever_a_person_says(rulings: dict[int, Ruling]) -> None:
    persons = by_person(DRILL, a_judges(rulings, practice=True), rulings)
    assert persons.practice
    assert scored(DRILL, persons) == (None, None, ())
