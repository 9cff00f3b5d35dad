"""Text on its way to Discord: nothing lost, nothing that acts, nothing longer than Discord takes. Any text at all."""

from __future__ import annotations

import unicodedata

import pytest
from fake_discord.discord_eyes import read
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.text import clean, closing, escape, length, pieces, short, unescaped, visible

ANY = st.text(st.characters(codec=None), max_size=400)
SIGNS = st.text(r"\*_~`|<>[]()@#:/.-+!1a \n", max_size=60)


@given(ANY | SIGNS)
@example("\\")
@example("1. one\n- two\n# three\n-# four\n> five")
def test_what_is_escaped_is_shown_as_it_was(text: str) -> None:
    assert unescaped(escape(clean(text))) == clean(text)


@given(SIGNS)
@example("a **b** _c_ ~~d~~ ||e|| `f` ```g```")
@example("[here](https://x.example) <https://x.example> https://x.example")
@example("<@1> <@&2> <#3> <t:1:R> <:name:4> <a:name:5> </drill:6> <id:guide> @everyone @here :tada: :a:b:")
@example("# big\n-# small\n- item\n1. first\n> said\n>>> said")
def test_a_reader_of_discords_markdown_finds_nothing_but_the_words(text: str) -> None:
    shown = read(escape(clean(text)))
    assert (shown.text.strip(), shown.live) == (clean(text).strip(), ())


@pytest.mark.parametrize("text", ["Level at 15:00, dose 2.5 mg – ok?", "We both want this gone. Can you come now?"])
def test_plain_words_are_left_as_they_are(text: str) -> None:
    assert escape(text) == text


@given(ANY, st.integers(20, 120))
def test_pieces_together_are_the_text_and_each_fits(text: str, limit: int) -> None:
    found = list(pieces(text, limit))
    assert "".join(found) == text
    assert all(0 < length(piece) <= limit for piece in found)


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
    assert len(visible(text)) == len(text) - text.count("\r\n")
    assert clean(cleaned) == cleaned


@given(st.text("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=40))
def test_no_direction_stays_open(text: str) -> None:
    assert closing(clean(text)) == ""
    assert clean(text).startswith(text)


@given(ANY, st.integers(3, 90))
def test_a_short_line_fits_and_says_where_it_was_cut(text: str, limit: int) -> None:
    line = short(text, limit)
    assert length(line) <= limit
    assert "\n" not in line
    assert line == " ".join(clean(text).split()) or line.endswith("…")
