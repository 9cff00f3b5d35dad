"""Text on its way to a platform: nothing lost, nothing hidden, nothing longer than it takes. Any text at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.chat.text import clean, closing, length, pieces, short, visible

ANY = st.text(st.characters(codec=None), max_size=400)


@given(ANY, st.integers(20, 120))
def test_pieces_together_are_the_text_and_each_fits(text: str, limit: int) -> None:
    found = list(pieces(text, limit))
    assert "".join(found) == text
    assert all(0 < length(piece) <= limit for piece in found)


def test_a_text_is_cut_after_a_paragraph_a_line_a_sentence_or_a_word() -> None:
    for mark in ("\n\n", "\n", ". ", " "):
        first, second = pieces(f"{'a' * 70}{mark}{'b' * 70}", 100)
        assert (first, second) == ("a" * 70 + mark, "b" * 70)


@pytest.mark.parametrize("one", ["é", "👩🏽", "👩\u200d⚕️", "❤️"])
def test_what_belongs_together_is_not_cut_apart(one: str) -> None:
    decomposed = unicodedata.normalize("NFD", one)
    for offset in range(12):
        for piece in pieces("x" * offset + decomposed * 60, 40):
            assert piece.replace("x", "").replace(decomposed, "") == ""


@given(ANY)
def test_nothing_that_a_client_chokes_on_is_left_and_no_word_is_lost(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\t\n"] == []
    ends = text.count("\r\n")
    assert len(visible(text)) == len(text) - ends
    assert clean(cleaned) == cleaned


def test_a_line_end_is_a_line_end_and_a_control_character_can_be_seen() -> None:
    assert clean("one\r\ntwo\rthree\x00\x1b[31m\x7f\x85\ud800") == "one\ntwo\nthree␀␛[31m␡��"


@given(st.text("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=40))
def test_no_direction_stays_open(text: str) -> None:
    assert closing(clean(text)) == ""
    assert clean(text).startswith(text)


@given(ANY, st.integers(3, 90))
def test_a_short_line_fits_and_says_where_it_was_cut(text: str, limit: int) -> None:
    line = short(text, limit)
    whole = " ".join(clean(text).split())
    assert length(line) <= limit
    assert "\n" not in line
    assert line == whole or line.endswith("…")


def test_a_long_title_is_cut_at_a_word() -> None:
    assert short("The held dose and the pharmacist's second call", 24) == "The held dose and the…"
    assert short("Donaudampfschifffahrtsgesellschaft", 24) == "Donaudampfschifffahrtsg…"


def test_length_counts_as_javascript_does() -> None:
    assert [length(text) for text in ("", "ab", "é", "🙂", "👩\u200d⚕️")] == [0, 2, 1, 2, 5]
