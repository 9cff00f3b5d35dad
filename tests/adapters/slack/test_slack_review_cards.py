"""A reviewer's cards fit into Slack's messages whole, for every drill that ships and the longest reply there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_oracle import faults_of

from adapters.slack.render import message
from drills.catalog import Library
from drills.chat.cards import Card
from drills.drill import Drill
from drills.evaluation import Band
from drills.review import Before, Ruling, items
from drills.rubric import Level
from drills.views.appeal import outcome_card
from drills.views.reply_form import MAX_CHARACTERS
from drills.views.review import BlindCase, Said, case_card, comparison_card, item_card, overview_card

DRILLS = [file.drill(variant) for file in Library.shipped().all() for variant in file.variants]


def review_cards(drill: Drill) -> Iterator[Card]:
    """Every card of one review, at its longest."""
    rulings = {place: Ruling(item.id, Level.CANNOT_JUDGE, final=True) for place, item in enumerate(items(drill))}
    note = "student: may say the preceptor will place the request"
    case = BlindCase("f" * 16, drill, "and so on " * (MAX_CHARACTERS // 10), rulings, note)
    levels = {criterion.id: Level.NOT_YET for criterion in drill.rubric.criteria}
    was = Before(levels, tuple(flag.id for flag in drill.red_flags), Band.ANOTHER_GO)
    now = Before(dict.fromkeys(levels, Level.MET), (), Band.SOLID)
    yield case_card(case, waiting=12, not_asked=3)
    yield from (item_card(case, place) for place in range(len(items(drill))))
    yield overview_card(case)
    yield comparison_card(case, Said(was, [levels] * 3, "It was said. " * 80, Band.SOLID))
    yield outcome_card(drill, case.evaluation, was, now, practice=False)


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: f"{drill.id}-{drill.variant}")
def test_every_card_of_a_review_fits_whole(drill: Drill) -> None:
    for card in review_cards(drill):
        for plainly in (False, True):
            shown = message(card, plainly=plainly)
            assert "longer than one Slack" not in str(shown), card.title
            assert list(faults_of("chat.postMessage", shown)) == []
