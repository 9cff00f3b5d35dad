"""Ticking what practice feedback missed: one's own, taken back as easily, and in no figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from builders import a_drill_file
from fakes import all_met
from ward import Ward

from drills.chat.cards import Button, Card, Fold, Tick, Ticks
from drills.chat.plain import plain
from drills.evaluation import Verdict
from drills.ports import Case
from drills.rubric import Level
from drills.views.ticks import TICKED
from storage.tables import metadata

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
DRILL = a_drill_file().drill()
FOUND, MISSED, UNTOLD, *_ = (criterion.id for criterion in DRILL.rubric.criteria)


async def test_a_learner_ticks_what_was_missed_and_finds_it_ticked_in_the_feedback(ward: Ward) -> None:
    attempt = await _practised(ward)
    (told,) = ward.told()
    card = await _press(ward, _button(told, "Tick what it missed"))
    assert TICKED not in plain(card)

    card = await _press(ward, _toggle(card, MISSED))
    assert plain(card).count(TICKED) == 1

    back = await _press(ward, _button(card, "Back to the feedback"))
    assert _marks(back)[MISSED] == f"○ Not found in your wording · {TICKED}"
    assert _marks(back)[FOUND] == "✓ Found in your words"
    assert [c for c, mark in _marks(back).items() if TICKED in mark] == [MISSED]
    under_my_drills = await ward.press("feedback", attempt)
    assert under_my_drills == back


async def test_a_tick_is_taken_back_with_the_same_button(ward: Ward) -> None:
    attempt = await _practised(ward)
    card = await ward.press("ticks", attempt)
    before = _toggle(card, UNTOLD)
    assert before.label.startswith("I said this: ")
    card = await _press(ward, before)
    assert _toggle(card, UNTOLD).label.startswith("Take the tick back: ")
    card = await _press(ward, _toggle(card, UNTOLD))
    assert _toggle(card, UNTOLD) == before
    assert TICKED not in plain(card)
    assert TICKED not in plain(await ward.press("feedback", attempt))


async def test_a_tap_that_is_delivered_again_changes_nothing_more(ward: Ward) -> None:
    attempt = await _practised(ward)
    first = await ward.press("tick", attempt, MISSED, key="redelivered")
    second = await ward.press("tick", attempt, MISSED, key="redelivered")
    assert first == second
    assert TICKED in plain(second)


async def test_a_tick_moves_no_row_but_its_own(ward: Ward) -> None:
    attempt = await _practised(ward)
    before = await _rows(ward)
    await ward.press("tick", attempt, MISSED)
    after = await _rows(ward)
    assert {name for name in after if after[name] != before[name]} == {"ticks", "inbox"}
    await ward.press("tick", attempt, MISSED)
    assert (await _rows(ward))["ticks"] == []


async def test_the_board_is_the_same_with_a_tick(ward: Ward) -> None:
    attempt = await _practised(ward)
    before = await ward.ask("board")
    await ward.press("tick", attempt, MISSED)
    assert await ward.ask("board") == before


async def test_nobody_ticks_in_anybody_elses_feedback(ward: Ward) -> None:
    attempt = await _practised(ward)
    for words in (("ticks", attempt), ("tick", attempt, MISSED)):
        shown = await ward.press(*words, by="amara")
        assert "did not work" in plain(shown)
        assert DRILL.title not in plain(shown)
    assert (await _rows(ward))["ticks"] == []


@pytest.mark.parametrize("criterion", [FOUND, "no_such_point"])
async def test_only_what_was_missed_can_be_ticked(ward: Ward, criterion: str) -> None:
    attempt = await _practised(ward)
    assert "did not work" in plain(await ward.press("tick", attempt, criterion))
    assert (await _rows(ward))["ticks"] == []


@pytest.mark.parametrize("level", [Level.MET, Level.NOT_YET])
async def test_a_language_models_verdict_has_no_ticks(ward: Ward, level: Level) -> None:
    attempt = await _judged(ward, [level] * len(DRILL.rubric.criteria), practice=False)
    (told,) = ward.told()
    assert "Tick what it missed" not in plain(told)
    for words in (("ticks", attempt), ("tick", attempt, MISSED)):
        assert "nothing to tick" in plain(await ward.press(*words))


async def test_where_everything_was_found_nothing_is_left_to_tick(ward: Ward) -> None:
    attempt = await _judged(ward, [Level.MET] * len(DRILL.rubric.criteria), practice=True)
    (told,) = ward.told()
    assert "Tick what it missed" not in plain(told)
    assert "nothing to tick" in plain(await ward.press("ticks", attempt))


async def test_a_reply_that_is_still_being_read_has_nothing_to_tick(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    assert "nothing to tick" in plain(await ward.press("ticks", await _attempt(ward)))


async def _practised(ward: Ward) -> str:
    """Kai has practice feedback: the first point found, the second not, the others can't be told."""
    rest = [Level.CANNOT_JUDGE] * (len(DRILL.rubric.criteria) - 2)
    return await _judged(ward, [Level.MET, Level.NOT_YET, *rest], practice=True)


async def _judged(ward: Ward, levels: Iterable[Level], *, practice: bool) -> str:
    """The id of Kai's attempt, judged and delivered."""
    push = await ward.push()
    await ward.reply(push, WORDS)
    all_found = all_met(Case(DRILL, WORDS))
    verdicts = tuple(_at(verdict, level) for verdict, level in zip(all_found.verdicts, levels, strict=True))
    ward.judge.answers = [replace(all_found, verdicts=verdicts, practice=practice)]
    await ward.work()
    return await _attempt(ward)


def _at(verdict: Verdict, level: Level) -> Verdict:
    return verdict if level is Level.MET else Verdict(verdict.criterion, level)


async def _attempt(ward: Ward) -> str:
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
    return attempt.id


async def _press(ward: Ward, button: Button) -> Card:
    shown = await ward.press(button.intent.verb, *button.intent.args)
    assert isinstance(shown, Card)
    return shown


def _button(card: object, label: str) -> Button:
    assert isinstance(card, Card)
    (button,) = [button for button in card.buttons if button.label == label]
    return button


def _toggle(card: object, criterion: str) -> Button:
    assert isinstance(card, Card)
    (button,) = [b for b in card.buttons if b.intent.verb == "tick" and b.intent.args[1] == criterion]
    return button


def _marks(card: Card) -> dict[str, str]:
    """What stands beside each criterion."""
    ids = {criterion.text: criterion.id for criterion in DRILL.rubric.criteria}
    return {ids[tick.label]: tick.mark for tick in _ticks(card)}


def _ticks(card: Card) -> list[Tick]:
    leaves = [leaf for block in card.blocks if isinstance(block, Fold) for leaf in block.blocks]
    return [tick for leaf in leaves if isinstance(leaf, Ticks) for tick in leaf.items]


async def _rows(ward: Ward) -> dict[str, list[Any]]:
    """Every row of every table."""
    async with ward.memory.read() as work:
        return {
            table.name: [tuple(row) for row in await work.connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }
