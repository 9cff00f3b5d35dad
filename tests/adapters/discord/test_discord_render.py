"""Cards as Discord takes them: every word there, nothing that acts, every limit kept, whatever the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fake_discord.discord_eyes import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cards import BANNER, EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card, a_drill_card

from adapters.discord.buttons import intent_of
from adapters.discord.fit import CardTooBig
from adapters.discord.render import message, private
from drills.chat.cards import (
    AIOutput,
    Block,
    Bullets,
    Button,
    Card,
    Fact,
    Facts,
    Fold,
    Marked,
    Quote,
    Span,
    Style,
    Table,
    Text,
    Tick,
    Ticks,
    Tone,
)
from drills.chat.intents import Intent, IntentTooLong
from drills.chat.text import clean
from drills.rubric import Level

HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(
        st.sampled_from(
            [
                *("@everyone", "@here", "<@123>", "<@&1>", "<#12>", "<t:1:R>", "<:a:1>", "https://x.example", ":tada:"),
                *(
                    "[a](https://x.example)",
                    "`",
                    "```",
                    "*",
                    "**",
                    "_",
                    "__",
                    "~~",
                    "||",
                    ">",
                    "# ",
                    "- ",
                    "1. ",
                    "-# ",
                ),
                *("\u202e", "\u2067", "\x00", "\ud83d", "👩\u200d⚕️", "n\u0303", "\r\n", "\n\n", " ", "word", "x" * 700),
            ]
        ),
        max_size=40,
    ).map("".join),
    st.integers(1, 9_000).map(lambda size: "Ein langes Wort. " * (size // 17) + "x" * (size % 17)),
)
LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Text, HOSTILE, st.none() | HOSTILE, st.sampled_from(Tone)),
    st.builds(Quote, HOSTILE, st.none() | HOSTILE),
    st.builds(lambda t: Marked(t, (Span(0, len(t) // 2, t), Span(len(t) // 2, len(t), "b"))), HOSTILE),
    st.builds(lambda rows: Facts(tuple(Fact(*row) for row in rows)), st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4)),
    st.builds(lambda t: Ticks((Tick(t, Level.MET, t, t, t),) * 3), HOSTILE),
    st.builds(lambda cells: Table(cells[0], tuple(cells), (tuple(cells),) * 3), st.lists(HOSTILE, min_size=1)),
    st.builds(lambda items: Bullets(tuple(items), "Label"), st.lists(HOSTILE)),
    st.builds(lambda t: AIOutput(t, t, (Fact(t, t),)), HOSTILE),
)
BLOCKS = LEAVES | st.builds(lambda t, leaves: Fold(t, tuple(leaves)), HOSTILE, st.lists(LEAVES, max_size=3))
BUTTONS = st.lists(st.builds(Button, HOSTILE, st.just(Intent("press", ("a1",))), st.sampled_from(Style)), max_size=12)
CARDS = st.builds(
    lambda title, blocks, who, banner, buttons: Card(title, tuple(blocks), who, banner, tuple(buttons)),
    *(HOSTILE, st.lists(BLOCKS, max_size=6), HOSTILE, st.none() | HOSTILE, BUTTONS),
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def every(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from every(one.get("components", []))


def texts(body: dict[str, Any]) -> list[str]:
    return [one["content"] for one in every(body["components"]) if one["type"] == 10]


def words(*bodies: dict[str, Any]) -> str:
    return "\n".join(read(text).text for body in bodies for text in texts(body))


def buttons_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in every(body["components"]) if one["type"] == 2]


def within_limits(body: dict[str, Any]) -> None:
    """platforms.md §3: what Discord refuses a message for."""
    found = list(every(body["components"]))
    assert len(found) <= 40
    assert sum(len(text.encode("utf-16-le")) // 2 for text in texts(body)) <= 4000
    assert all(text.strip() for text in texts(body))
    ids = [one["custom_id"] for one in found if "custom_id" in one]
    assert len(set(ids)) == len(ids)
    assert all(1 <= len(id_) <= 100 for id_ in ids)
    assert all(1 <= len(button["label"]) <= 80 and button["label"].strip() for button in buttons_of(body))
    assert all(1 <= len(one["components"]) <= 5 for one in found if one["type"] == 1)
    assert body["flags"] & 1 << 15
    assert body["allowed_mentions"] == {"parse": []}
    assert not {"content", "embeds"} & set(body)
    json.dumps(body, ensure_ascii=False).encode("utf-8")


@MANY
@given(CARDS)
def test_any_card_keeps_every_limit_and_nothing_in_it_acts(card: Card) -> None:
    for body in (message(card, mark=7), *private(card), *private(card, server="123456789012345678", ephemeral=False)):
        within_limits(body)
        assert [live for text in texts(body) for live in read(text).live] == []


def test_every_word_of_every_block_is_there() -> None:
    shown = words(message(a_card("Everything", *EVERY_BLOCK)))
    assert [one for one in WORDS_OF_EVERY_BLOCK if one not in shown] == []


def test_the_drill_says_first_that_it_is_one_and_last_who_sees_it() -> None:
    body = message(a_drill_card())
    within_limits(body)
    assert words(body).startswith(f"{BANNER}\nThe held dose")
    assert words(body).endswith("Everyone here sees this.")
    assert [button["label"] for button in buttons_of(body)] == ["Answer", "Skip"]


def test_only_a_message_that_answers_a_tap_can_be_for_one_person_alone() -> None:
    assert not message(a_card())["flags"] & 64
    assert all(body["flags"] & 64 for body in private(a_card()))
    assert not any(body["flags"] & 64 for body in private(a_card(), ephemeral=False))


def test_a_marked_text_keeps_every_character_and_shows_what_was_quoted() -> None:
    block = Marked("I *hear* you. Level at 15:00.", (Span(0, 12, "Acknowledges"), Span(14, 28, "Next step")))
    (shown,) = (text for text in texts(message(a_card("x", block))) if "hear" in text)
    assert shown.split("\n")[0] == r"> **I \*hear\* you**¹. **Level at 15:00**²."
    assert "I *hear* you¹. Level at 15:00²." in words(message(a_card("x", block)))


def test_a_long_private_card_goes_on_in_the_next_message_and_loses_nothing() -> None:
    card = a_card("Long", *(Text(f"{n:03d} " + "x" * 480) for n in range(25)), buttons=a_drill_card().buttons)
    bodies = private(card)
    assert len(bodies) > 2
    assert [n for n in range(25) if f"{n:03d} x" not in words(*bodies)] == []
    assert [bool(buttons_of(body)) for body in bodies] == [False] * (len(bodies) - 1) + [True]
    assert all("Everyone here sees this." in words(body) for body in bodies)
    assert all("goes on in the next message" in words(body) for body in bodies[:-1])


def test_a_paragraph_of_8000_signs_is_cut_where_a_reader_would() -> None:
    sentences = " ".join(f"Sentence *{n}* of the story." for n in range(280))
    shown = words(*private(a_card("Long", Text(sentences))))
    assert [n for n in range(280) if f"Sentence *{n}* of" not in shown] == []


def test_a_card_that_is_too_long_for_a_channel_says_so_and_where_the_rest_is() -> None:
    card = a_card("Long", *(Text(f"{n:03d} " + "x" * 990) for n in range(20)), buttons=a_drill_card().buttons)
    body = message(card)
    said = words(body)
    assert "longer than one Discord message can be" in said
    assert "/drill list" in said
    assert [button["label"] for button in buttons_of(body)] == ["Answer", "Skip"]
    left = int(said.split("can be; ")[1].split(" ")[0].replace(",", ""))
    assert 0 <= 20 * 994 - said.count("x") - left < 400


def test_a_hundred_short_lines_move_closer_together_and_none_is_lost() -> None:
    body = message(a_card("Many", *(Text(f"line {n:03d}") for n in range(200))))
    within_limits(body)
    assert [n for n in range(200) if f"line {n:03d}" not in words(body)] == []


def test_more_buttons_than_discord_can_hold_are_our_fault_and_said() -> None:
    with pytest.raises(CardTooBig):
        message(a_card("x", buttons=tuple(Button(f"B{n}", Intent("press", (str(n),))) for n in range(40))))


def test_a_button_brings_its_intent_back_even_twice_on_one_card() -> None:
    intent = Intent("answer", ("p1",))
    body = message(a_card("x", buttons=(Button("One", intent, Style.PRIMARY), Button("Two", intent, Style.QUIET))))
    one, two = buttons_of(body)
    assert {intent_of(one["custom_id"]), intent_of(two["custom_id"])} == {(intent, "")}
    assert (one["style"], two["style"]) == (1, 2)


def test_in_a_direct_message_a_button_says_which_server_it_is_about() -> None:
    (body,) = private(a_drill_card(), server="42", ephemeral=False)
    assert [intent_of(button["custom_id"])[1] for button in buttons_of(body)] == ["42", "42"]
    long = Button("x", Intent("press", ("y" * 90,)))
    with pytest.raises(IntentTooLong):
        private(a_card(buttons=(long,)), server="123456789012345678", ephemeral=False)


def test_what_a_button_cannot_hold_stands_above_it_in_full() -> None:
    label = "Pause the infusion and call the pharmacist before anything else is done with this line " * 2
    body = message(a_card("x", buttons=(Button(label, Intent("press")),)))
    assert clean(label).strip() in words(body)
    assert buttons_of(body)[0]["label"].endswith("…")


def test_commands_are_called_as_they_are_called_here() -> None:
    said = words(message(a_card("Use /drill push", Text("Type `/drill setup` or /drill mine."), Quote("/drill push"))))
    assert "Use /drill-admin push" in said
    assert "Type /drill-admin setup or /drill mine." in said
    assert said.count("/drill push") == 1  # somebody's own words


def test_the_mark_is_in_the_message_where_nobody_sees_it() -> None:
    body = message(a_card(), mark=77)
    assert body["components"][0]["id"] == 77
    assert "77" not in words(body)
