"""Evidence or nothing: which quotes count, and where they stand in the learner's own text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.made_drills import PROVENANCE

from drills.evaluation import Judgement, RaisedFlag, Verdict
from drills.judging import quotes
from drills.rubric import Level

REPLY = "Dr. Lark, it’s Kai –  RN on\n5 South. He is MUCH sicker; BP 98/54. Please come now."


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("much sicker", "MUCH sicker"),
        ("it's kai - rn on 5 south", "it’s Kai –  RN on\n5 South"),
        ("“Please come now.”", "Please come now"),
        ("BP 98/54", "BP 98/54"),
        ("...come now...", "come now"),
    ],
)
def test_a_quote_is_found_whatever_its_case_dashes_and_spaces(quote: str, expected: str) -> None:
    found = quotes.find(REPLY, quote)
    assert found is not None
    assert REPLY[slice(*found)] == expected


@pytest.mark.parametrize("quote", ["", "  ", "He", "..", "he is better", "come now … much sicker", "sicker … at once"])
def test_a_quote_that_is_absent_too_short_or_out_of_order_is_not_found(quote: str) -> None:
    assert quotes.find(REPLY, quote) is None


def test_an_ellipsis_joins_pieces_that_are_found_in_order() -> None:
    assert [REPLY[a:b] for a, b in quotes.spans(REPLY, "much sicker … please come")] == ["MUCH sicker", "Please come"]
    start, end = quotes.find(REPLY, "much sicker ... please come") or (0, 0)
    assert REPLY[start:end] == "MUCH sicker; BP 98/54. Please come"


def test_an_ellipsis_the_learner_typed_is_found_whole() -> None:
    assert quotes.spans("so... come now", "so... come") == ((0, 10),)


def test_composed_and_decomposed_accents_are_the_same_letters() -> None:
    reply = "Jose\u0301 is worse"
    assert quotes.find(reply, "jos\u00e9 is") == (0, len("Jose\u0301 is"))


def test_invisible_characters_in_the_reply_do_not_hide_a_quote() -> None:
    assert quotes.find("please co\u200bme n\u2060ow", "come now") == (7, 17)


@given(st.text(min_size=1, max_size=200), st.data())
def test_every_slice_of_a_reply_is_found_in_it_or_is_too_short(reply: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(reply) - 1))
    end = data.draw(st.integers(start + 1, len(reply)))
    found = quotes.spans(reply, reply[start:end])
    assert all(0 <= a < b <= len(reply) for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))


@given(st.lists(st.sampled_from(["call", "rapid", "now", "98/54", "worse"]), min_size=3, max_size=30), st.data())
def test_every_run_of_words_is_found(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert quotes.find(" ".join(words), "  ".join(words[start:end]).upper()) is not None


def _judgement(*verdicts: Verdict, flags: tuple[RaisedFlag, ...] = ()) -> Judgement:
    return Judgement(verdicts, flags, PROVENANCE)


def test_met_and_partial_without_their_quote_become_not_yet_and_the_raw_levels_stay_aside() -> None:
    raw = _judgement(
        Verdict("a", Level.MET, "much sicker"),
        Verdict("b", Level.MET, "never said"),
        Verdict("c", Level.PARTIAL, ""),
        Verdict("d", Level.CANNOT_JUDGE, "never said"),
    )
    checked = quotes.check(raw, REPLY)
    assert [(v.level, v.quote, v.quote_found) for v in checked.verdicts] == [
        (Level.MET, "MUCH sicker", True),
        (Level.NOT_YET, "", False),
        (Level.NOT_YET, "", False),
        (Level.CANNOT_JUDGE, "", False),
    ]
    assert [v.level for v in raw.verdicts] == [Level.MET, Level.MET, Level.PARTIAL, Level.CANNOT_JUDGE]


def test_a_red_flag_without_its_quote_does_not_fire() -> None:
    raw = _judgement(flags=(RaisedFlag("delay", "I'll wait"), RaisedFlag("pcn", "98/54")))
    checked = quotes.check(raw, REPLY)
    assert [flag.id for flag in quotes.fired(checked)] == ["pcn"]
    assert quotes.fired(raw) == ()
