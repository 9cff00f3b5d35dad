"""Growth with the drill's difficulty taken out; every figure was worked out by hand."""

from __future__ import annotations

import pytest
from board_builders import a_drill, a_person

from drills.board.growth import DrillMeans, MeanGrowth, growth_word, mean_growth, personal_growth
from drills.board.records import DrillRecord, PersonRecord
from drills.board.rule import RULE
from drills.board.words import Growth

DAYS = (40, 33, 26, 19)


def four(*scores: float, days: tuple[float, ...] = DAYS, kind: str = "sbar") -> tuple[DrillRecord, ...]:
    return tuple(
        a_drill(day, score=score, drill=f"{kind}-{i}@1", kind=kind)
        for i, (day, score) in enumerate(zip(days, scores, strict=True))
    )


ANN = a_person("ann", *four(0.5, 0.5, 0.8, 0.8))
BEN = a_person("ben", *four(0.6, 0.4, 0.6, 0.4))
CAT = a_person("cat", *four(0.4, 0.4, 0.6, 0.8))


def growth_of(person: PersonRecord, *others: PersonRecord) -> float | None:
    return personal_growth(person, DrillMeans((person, *others)), RULE)


def test_a_drill_mean_leaves_the_person_out() -> None:
    means = DrillMeans((ANN, BEN, CAT))
    assert means.without(ANN.person, "sbar-0@1") == pytest.approx(0.5)
    assert means.without(BEN.person, "sbar-3@1") == pytest.approx(0.8)
    assert means.without(ANN.person, "unknown@1") is None


def test_growth_is_the_last_two_beyond_the_others_less_the_first_two() -> None:
    # others of Ann: .50 .40 .60 .60 → r = 0, .10, .20, .20 → .20 − .05
    assert growth_of(ANN, BEN, CAT) == pytest.approx(0.15)


def test_easier_drills_for_everybody_are_no_growth() -> None:
    same = [a_person(key, *four(0.3, 0.3, 0.9, 0.9)) for key in ("a", "b", "c")]
    assert growth_of(*same) == pytest.approx(0.0)


def test_three_drills_say_nothing_yet() -> None:
    assert growth_of(a_person("ann", *ANN.drills[:3]), BEN, CAT) is None


def test_four_drills_of_two_kinds_say_nothing_yet() -> None:
    mixed = a_person("ann", *four(0.5, 0.5, 0.8, 0.8)[:2], *four(0.5, 0.5, 0.8, 0.8, kind="conflict")[2:])
    others = a_person("ben", *BEN.drills, *four(0.5, 0.5, 0.5, 0.5, kind="conflict"))
    assert growth_of(mixed, others) is None


def test_thirteen_days_are_too_few_and_fourteen_are_enough() -> None:
    short = four(0.5, 0.5, 0.8, 0.8, days=(32, 30, 25, 19))
    enough = four(0.5, 0.5, 0.8, 0.8, days=(33, 30, 25, 19))
    assert growth_of(a_person("ann", *short), BEN, CAT) is None
    assert growth_of(a_person("ann", *enough), BEN, CAT) == pytest.approx(0.15)


def test_a_drill_that_nobody_else_did_has_no_mean_to_beat() -> None:
    assert growth_of(ANN) is None


def test_two_kinds_are_averaged_within_the_person() -> None:
    both = a_person("ann", *ANN.drills, *four(0.5, 0.5, 0.5, 0.5, kind="conflict"))
    flat = a_person("ben", *BEN.drills, *four(0.5, 0.5, 0.5, 0.5, kind="conflict"))
    assert growth_of(both, flat, CAT) == pytest.approx(0.15 / 2)


def test_a_team_mean_counts_people_with_growth_only() -> None:
    newcomer = a_person("dee", a_drill(10, score=0.5, drill="sbar-0@1"))
    people = (ANN, newcomer)
    found = mean_growth(people, DrillMeans((ANN, BEN, CAT)), RULE)
    assert found is not None
    assert (found.value, found.n) == (pytest.approx(0.15), 1)
    assert mean_growth((newcomer,), DrillMeans((ANN, BEN, CAT)), RULE) is None


@pytest.mark.parametrize(
    ("value", "n", "word"),
    [
        (0.50, 4, Growth.NOT_YET),
        (0.18, 5, Growth.GROWING),  # B = .357, θ = .0643, reach = 1.2816·√(.357·.00648) = .0617
        (0.17, 5, Growth.STEADY),  # θ = .0607
        (-0.17, 5, Growth.STEADY),
        (-0.18, 5, Growth.DIPPING),
    ],
)
def test_a_word_is_said_only_when_it_is_clear(value: float, n: int, word: Growth) -> None:
    assert growth_word(MeanGrowth(value, n), MeanGrowth(0.0, 100), RULE) is word


def test_no_growth_has_no_word() -> None:
    assert growth_word(None, None, RULE) is Growth.NOT_YET
