"""A drill's own texts teach which criterion a piece of a reply speaks for."""

from __future__ import annotations

import pytest

from adapters.judges.embedded.likeness import Likeness
from adapters.judges.embedded.similarity import Scale, alike

ASKS = ["How are you feeling about going home?", "What worries you most?"]
TELLS = ["Her pressure is 84 over 50.", "The infusion runs at twice the rate."]
NEAR_MISS = "You need to calm down."
TEXTS = [*ASKS, *TELLS, NEAR_MISS]
SCALE = Scale(TEXTS)


def _likeness() -> Likeness:
    return Likeness([SCALE.vector(text) for text in TEXTS], [0, 0, 1, 1, -1])


def test_a_piece_speaks_for_the_criterion_whose_examples_it_resembles() -> None:
    likeness = _likeness()
    asks, tells, neither = (
        likeness.apart(likeness.alike(SCALE.vector(piece)))
        for piece in ("What worries you about going home?", "Pressure 84 over 50 now.", "Calm down.")
    )
    assert asks[0] > 2 * asks[1]
    assert tells[1] > 2 * tells[0]
    assert max(neither) < 0.3


def test_all_likenesses_at_once_are_those_of_each_text() -> None:
    piece = SCALE.vector("Her worries about the rate")
    assert _likeness().alike(piece) == pytest.approx([alike(piece, SCALE.vector(text)) for text in TEXTS])
