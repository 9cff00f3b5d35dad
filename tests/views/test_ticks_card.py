"""The card on which somebody ticks what the checklist missed: whole criteria, short buttons, a promise kept."""

from __future__ import annotations

import pytest

from bot.wiring import fresh_id
from drills.catalog import SHIPPED, drill_files, drill_schema, read
from drills.chat.cards import Ticks
from drills.chat.intents import MAX_PACKED, Intent
from drills.chat.plain import plain
from drills.drill import Drill
from drills.evaluation import Judgement, Provenance, Verdict
from drills.rubric import Level
from drills.views.ticks import TICKED, practice_mark, ticks_card

FILES = sorted(drill_files(SHIPPED))


@pytest.mark.parametrize("path", FILES, ids=[file.stem for file in FILES])
@pytest.mark.parametrize("all_ticked", [False, True], ids=["nothing ticked", "all ticked"])
def test_every_shipped_drill_fits_its_buttons(path, all_ticked):
    drill = read(path.read_text(encoding="utf-8"), path.name).drill()
    ticked = {criterion.id for criterion in drill.rubric.criteria} if all_ticked else set()
    card = ticks_card(drill, fresh_id(), _nothing_found(drill), ticked)

    toggles = [button for button in card.buttons if button.intent.verb == "tick"]
    assert [button.intent.args[1] for button in toggles] == [criterion.id for criterion in drill.rubric.criteria]
    assert all(len(button.label) <= 75 for button in card.buttons)
    assert len({button.label for button in toggles}) == len(toggles), "two buttons that nobody can tell apart"
    assert all(len(button.intent.pack().encode()) <= MAX_PACKED for button in card.buttons)
    assert all(criterion.text in plain(card) for criterion in drill.rubric.criteria)


def test_the_longest_id_that_a_drill_may_use_fits_a_button():
    longest = drill_schema()["$defs"]["WrittenCriterion"]["properties"]["id"]["maxLength"]
    intent = Intent("tick", (fresh_id(), "c" * longest))
    assert Intent.unpack(intent.pack()) == intent


def test_the_card_says_whose_the_ticks_are_and_that_they_change_nothing():
    drill = read(FILES[0].read_text(encoding="utf-8"), FILES[0].name).drill()
    card = ticks_card(drill, "a1", _nothing_found(drill), ())
    assert card.banner == "DRILL – fictional patient"
    assert card.who_sees == "Only you can see this."
    assert "Your ticks are your own and nobody else sees them" in plain(card)
    assert "change no feedback and no figure" in plain(card)


def test_only_what_was_missed_is_on_the_card():
    drill = read(FILES[0].read_text(encoding="utf-8"), FILES[0].name).drill()
    levels = dict(zip((c.id for c in drill.rubric.criteria), Level, strict=False))
    judgement = Judgement(tuple(Verdict(c, level) for c, level in levels.items()), (), Provenance("t", "1"), True)
    card = ticks_card(drill, "a1", judgement, ())
    (shown,) = [block for block in card.blocks if isinstance(block, Ticks)]
    assert [tick.level for tick in shown.items] == [Level.NOT_YET, Level.CANNOT_JUDGE]


@pytest.mark.parametrize("level", Level)
def test_a_tick_stands_beside_what_the_checklist_says_and_never_in_its_place(level):
    verdict = Verdict("headline", level)
    unticked, ticked = practice_mark(verdict, ()), practice_mark(verdict, {"headline"})
    beside = f"{unticked} · {TICKED}" if level in {Level.NOT_YET, Level.CANNOT_JUDGE} else unticked
    assert ticked == beside


def _nothing_found(drill: Drill) -> Judgement:
    verdicts = tuple(Verdict(criterion.id, Level.NOT_YET) for criterion in drill.rubric.criteria)
    return Judgement(verdicts, (), Provenance("t", "1"), practice=True)
