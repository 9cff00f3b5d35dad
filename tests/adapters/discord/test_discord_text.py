"""Text on its way to Discord: nothing that acts, and not a word lost. Any text at all."""

from __future__ import annotations

import pytest
from fake_discord.discord_eyes import read
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.text import escape, unescaped
from drills.chat.text import clean

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


def test_a_command_in_backticks_is_shown_as_code_and_nothing_else_is() -> None:
    said = "`/drill-admin hold length:6h`. `/drill @here`, `rm -rf`"
    assert escape(said) == r"`/drill-admin hold length:6h`. \`/drill \@here\`, \`rm -rf\`"
    assert unescaped(escape(said)) == said
