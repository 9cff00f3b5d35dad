"""Cards and forms as Slack takes them: every word there, nothing that acts, every limit kept, whatever the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cards import A_BAR_CHART, BANNER, EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card, a_drill_card, a_form
from slack_oracle import NO_SCHEMA, SCHEMA, faults_of

from adapters.slack.buttons import intent_of
from adapters.slack.fit import MESSAGE, CardTooBig, cost
from adapters.slack.render import field_errors, home, message, view
from drills.chat.cards import (
    AIOutput,
    Block,
    Bullets,
    Button,
    Card,
    ChoiceField,
    ChoicesField,
    Fact,
    Facts,
    FieldErrors,
    Fold,
    Form,
    Marked,
    PeopleField,
    Quote,
    Span,
    Style,
    Table,
    Text,
    TextField,
    Tick,
    Ticks,
    Tone,
)
from drills.chat.intents import Intent
from drills.chat.text import clean
from drills.rubric import Level

INERT = {"plain_text", "text"}
ACTING = {"link", "user", "channel", "usergroup", "broadcast", "emoji", "mrkdwn", "date", "team"}
PLAINLY = pytest.mark.parametrize("plainly", [False, True], ids=["rich", "plainly"])

HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(
        st.sampled_from(
            [
                *("@channel", "@here", "<!channel>", "<!everyone|x>", "<@U123>", "<#C1|x>", "<https://x.example|y>"),
                *("https://x.example", ":tada:", "`", "```", "*", "_", "~", ">", "&amp;", "&lt;", "\u202e", "\u2067"),
                *("\x00", "\x1b", "\ud83d", "👩\u200d⚕️", "n\u0303", "\r\n", "\n\n", " ", "word", "x" * 700),
            ]
        ),
        max_size=40,
    ).map("".join),
    st.integers(1, 20_000).map(lambda size: "Ein langes Wort. " * (size // 17) + "x" * (size % 17)),
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
IDS = st.uuids().map(str)
OPTIONS = st.builds(
    lambda label, some, more: (("long", label), *((f"o{n}", text) for n, text in enumerate(some * more))),
    *(HOSTILE, st.lists(st.text(max_size=90), max_size=12), st.integers(1, 12)),
)
FIELDS = st.one_of(
    st.builds(TextField, IDS, HOSTILE, HOSTILE, HOSTILE),
    st.builds(ChoiceField, IDS, HOSTILE, OPTIONS),
    st.builds(ChoicesField, IDS, HOSTILE, OPTIONS, st.just(""), HOSTILE),
    st.builds(PeopleField, IDS, HOSTILE, st.just("U1,U2"), HOSTILE),
)
FORMS = st.builds(
    lambda title, intro, fields, who, submit: Form(
        title, Intent("reply", ("a1",)), tuple(intro), tuple(fields), who, submit
    ),
    *(HOSTILE, st.lists(BLOCKS, max_size=3), st.lists(FIELDS, min_size=1, max_size=4), HOSTILE, HOSTILE),
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def words(value: Any) -> str:
    """Every text in the order in which it is shown."""
    return "".join(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") in INERT and isinstance(value.get("text"), str):
            yield value["text"]
        if value.get("type") in {"rich_text_section", "rich_text_quote"} or "text" in value:
            yield ""
        for part in value.values():
            yield from _texts(part)
        if str(value.get("type")).startswith(("rich_text", "section", "context", "header", "button", "input")):
            yield "\n"
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def kinds(value: Any) -> set[str]:
    if isinstance(value, dict):
        return ({value["type"]} if isinstance(value.get("type"), str) else set()).union(*map(kinds, value.values()))
    return set().union(*map(kinds, value)) if isinstance(value, list) else set()


def buttons_of(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for block in shown["blocks"] if block["type"] == "actions" for button in block["elements"]]


def inputs_of(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in shown["blocks"] if block["type"] == "input"}


def no_faults(how: str, body: dict[str, Any]) -> None:
    assert list(faults_of(how, body)) == []
    json.dumps(body, ensure_ascii=False).encode("utf-8")
    assert kinds(body) & ACTING == set()


@PLAINLY
def test_every_word_of_every_block_is_there(plainly: bool) -> None:
    shown = words(message(a_card("Everything", *EVERY_BLOCK), plainly=plainly)["blocks"])
    assert [one for one in WORDS_OF_EVERY_BLOCK if one not in shown] == []


@pytest.mark.parametrize("plainly", [False, True])
def test_a_chart_is_its_sentence_and_the_words_beside_it_stay(plainly: bool) -> None:
    shown = words(message(a_card("Board", A_BAR_CHART, Text("5 West: about 8 in 10")), plainly=plainly)["blocks"])
    assert A_BAR_CHART.alt in shown
    assert "5 West: about 8 in 10" in shown


def test_words_are_there_in_a_modal_and_at_home_too() -> None:
    card = a_card("Everything", *EVERY_BLOCK)
    for shown in (home(card), view(card, metadata="")):
        assert [one for one in WORDS_OF_EVERY_BLOCK if one not in words(shown["blocks"])] == []
        assert "table" not in kinds(shown)  # Slack takes tables in messages only


@PLAINLY
def test_the_drill_says_first_that_it_is_one(plainly: bool) -> None:
    shown = message(a_drill_card(), plainly=plainly)
    assert shown["text"] == "DRILL – fictional patient · The held dose"
    assert words(shown["blocks"]).startswith(BANNER)
    assert words(shown["blocks"][-1]).strip() == "Everyone here sees this."


def test_a_lock_screen_shows_nothing_but_banner_and_title() -> None:
    secret = "What worked: you named the dose"
    assert secret not in message(a_card("Your feedback", Text(secret), Quote(secret)))["text"]


def test_plainly_means_kinds_that_every_slack_knows() -> None:
    assert kinds(message(a_card("Everything", *EVERY_BLOCK), plainly=True)["blocks"]) <= {
        *("section", "header", "context", "actions", "plain_text", "button")
    }


def test_a_table_is_a_table_once_and_words_after_that() -> None:
    table = Table("Teams", ("Team", "Part"), (("5 West", "83 %"),))
    blocks = message(a_card("Board", table, table))["blocks"]
    assert [block["type"] for block in blocks].count("table") == 1
    assert words(blocks).count("5 West") == 2


@pytest.mark.parametrize(
    "table",
    [
        Table("No rows", ("Team",), ()),
        Table("Too wide", tuple(f"c{n}" for n in range(21)), (tuple("x" * 21),)),
        Table("Too long", ("Team",), (("x",),) * 100),
        Table("Too much", ("Team",), (("x" * 2000,),) * 6),
    ],
    ids=lambda table: table.caption,
)
def test_a_table_that_slack_would_refuse_is_said_in_words(table: Table) -> None:
    blocks = message(a_card("Board", table))["blocks"]
    assert "table" not in kinds(blocks)
    assert table.caption in words(blocks)


def test_a_marked_text_keeps_every_character_and_shows_what_was_quoted() -> None:
    block = Marked("I hear you. Level at 15:00.", (Span(0, 10, "Acknowledges"), Span(12, 26, "Next step")))
    (shown,) = (b for b in message(a_card("x", block))["blocks"] if "rich_text_quote" in kinds(b))
    runs = shown["elements"][0]["elements"]
    assert [run["text"] for run in runs if run.get("style") == {"bold": True}] == ["I hear you", "Level at 15:00"]
    assert "".join(run["text"] for run in runs if run.get("style") != {"italic": True}) == block.text


def test_paragraphs_of_20_000_characters_are_split_where_a_reader_would() -> None:
    sentences = [f"Sentence number {n} of the story." for n in range(300)]
    blocks = message(a_card("Long", Text(" ".join(sentences))))["blocks"]
    bodies = [words(block).strip("\n") for block in blocks if block["type"] == "rich_text"][1:]
    assert len(bodies) > 3
    assert all(len(body) <= 3000 and body.rstrip().endswith("story.") for body in bodies)
    assert "".join(bodies) == " ".join(sentences)


def test_a_card_that_is_too_long_says_so_and_where_the_rest_is() -> None:
    card = a_card("Long", *(Text(f"{n:03d} " + "x" * 990) for n in range(40)), buttons=a_drill_card().buttons)
    shown = message(card)
    said = words(shown["blocks"])
    assert "longer than one Slack message can be" in said
    assert "Home tab" in said
    assert [button["text"]["text"] for button in buttons_of(shown)] == ["Answer", "Skip"]
    assert "Everyone here sees this." in said
    whole = sum(len(block.text) for block in card.blocks if isinstance(block, Text))
    left = int(said.split("can be; ")[1].split(" ")[0].replace(",", ""))
    assert whole - said.count("x") - left < 400


def test_a_hundred_short_lines_move_closer_together_and_none_is_lost() -> None:
    card = a_card("Many", *(Text(f"line {n:03d}") for n in range(300)))
    shown = message(card)
    assert len(shown["blocks"]) <= 50
    assert [n for n in range(300) if f"line {n:03d}" not in words(shown["blocks"])] == []


def test_more_buttons_than_slack_can_hold_are_our_fault_and_said() -> None:
    with pytest.raises(CardTooBig):
        message(a_card("x", buttons=tuple(Button(f"{n}" + "x" * 60, Intent("press", (str(n),))) for n in range(999))))


def test_a_button_brings_its_intent_back_even_twice_on_one_card() -> None:
    intent = Intent("answer", ("p1",))
    shown = message(a_card("x", buttons=(Button("One", intent, Style.PRIMARY), Button("Two", intent, Style.QUIET))))
    one, two = buttons_of(shown)
    assert one["action_id"] != two["action_id"]
    assert {intent_of(one["action_id"]), intent_of(two["action_id"])} == {intent}
    assert (one.get("style"), two.get("style")) == ("primary", None)


def test_buttons_stand_five_in_a_row() -> None:
    shown = message(a_card("x", buttons=tuple(Button(f"B{n}", Intent("press", (str(n),))) for n in range(12))))
    assert [len(block["elements"]) for block in shown["blocks"] if block["type"] == "actions"] == [5, 5, 2]


def test_a_label_that_is_too_long_for_a_button_stands_above_it_in_full() -> None:
    label = "Stop the pump, call the attending and tell the pharmacist what the second level was before anything else"
    shown = message(a_card("x", buttons=(Button(label, Intent("before", ("a1", "stop"))),)))
    assert label in words(shown["blocks"])
    assert buttons_of(shown)[0]["text"]["text"].endswith("…")


def test_a_form_asks_for_each_field_by_its_name() -> None:
    shown = view(a_form("My words"), metadata='{"channel":"C1"}')
    inputs = inputs_of(shown)
    assert list(inputs) == ["words", "sure"]
    assert [block["element"]["action_id"].partition("-")[0] for block in inputs.values()] == ["value", "value"]
    element = inputs["words"]["element"]
    assert (element["type"], element["multiline"], element["max_length"]) == ("plain_text_input", True, 3000)
    assert element["initial_value"] == "My words"
    assert inputs["words"]["hint"]["text"] == "Any English is fine."
    assert [inputs[name]["optional"] for name in inputs] == [False, True]
    assert intent_of(shown["callback_id"]) == Intent("reply", ("a1",))
    assert shown["private_metadata"] == '{"channel":"C1"}'
    no_faults("views.open", {"view": shown})


def test_a_field_that_an_update_fills_with_something_else_is_another_input_to_slack() -> None:
    """Where block and action stay the same, Slack's clients keep what was typed and ignore the new value."""
    ids = [
        inputs_of(view(a_form(text), metadata=""))["words"]["element"]["action_id"]
        for text in ("", "mine", "mine", "theirs", "\ud800")
    ]
    assert ids[0] == "value"
    assert ids[1] == ids[2]
    assert len(set(ids)) == 4


def test_few_options_can_be_seen_at_a_glance_and_many_are_a_list() -> None:
    few, many, hundreds = ([(str(n), f"Option {n}") for n in range(size)] for size in (10, 100, 430))
    fields = (
        *(ChoiceField(f"c{len(o)}", "One", tuple(o), value="3") for o in (few, many, hundreds)),
        *(ChoicesField(f"m{len(o)}", "Some", tuple(o), value="3,5") for o in (few, many, hundreds)),
        PeopleField("people", "Who", value="U1,U2"),
    )
    shown = view(Form("Setup", Intent("setup"), (), fields, "Admins see this."), metadata="")
    elements = {name: block["element"] for name, block in inputs_of(shown).items()}
    assert [elements[f"c{n}"]["type"] for n in (10, 100, 430)] == ["radio_buttons", "static_select", "static_select"]
    assert [elements[f"m{n}"]["type"] for n in (10, 100, 430)] == ["checkboxes", *["multi_static_select"] * 2]
    assert elements["c430"]["initial_option"]["value"] == "3"
    assert [option["value"] for option in elements["m430"]["initial_options"]] == ["3", "5"]
    assert sum(len(group["options"]) for group in elements["c430"]["option_groups"]) == 430
    assert {**elements["people"], "action_id": ""} == {
        "type": "multi_users_select",
        "initial_users": ["U1", "U2"],
        "action_id": "",
    }
    no_faults("views.open", {"view": shown})


def test_a_long_title_is_cut_at_a_word_and_stands_inside_in_full() -> None:
    title = "The held dose and the pharmacist's second call"
    for shown in (view(a_card(title), metadata=""), view(Form(title, Intent("x"), (), a_form().fields, "You."), "")):
        assert shown["title"]["text"] == "The held dose and the…"
        assert title in words(shown["blocks"])


def test_a_kept_text_comes_back_with_its_sentence_and_whole() -> None:
    kept = "word " * 700
    form = a_form(kept)
    errors = {"words": "That is too long.", "nobody": "Something else."}
    shown = view(FieldErrors(form, errors), metadata="")
    said = words(shown["blocks"])
    assert "That is too long." in said
    first = inputs_of(shown)["words"]["element"]["initial_value"]
    (rest,) = (
        part for block in shown["blocks"] for part in block.get("elements", ()) if "rich_text_quote" in kinds(part)
    )
    assert first + rest["elements"][0]["text"] == kept
    assert len(first) <= 3000
    assert field_errors(FieldErrors(form, errors)) == {"words": "That is too long. Something else."}
    no_faults("views.open", {"view": shown})


@MANY
@given(CARDS, st.booleans())
def test_any_card_is_a_message_that_slack_takes(card: Card, plainly: bool) -> None:
    shown = message(card, plainly=plainly)
    no_faults("chat.postMessage", {"channel": "C1", **shown})
    assert cost(shown["blocks"]) <= MESSAGE.cost
    assert "<" not in shown["text"]
    assert len(shown["text"].encode()) < 4000


@MANY
@given(CARDS)
def test_any_card_is_a_modal_and_a_home_that_slack_takes(card: Card) -> None:
    for shown in (view(card, metadata="m"), home(card)):
        no_faults("views.open", {"view": shown})
        assert len(json.dumps(shown)) < 250_000


@MANY
@given(FORMS)
def test_any_form_is_a_modal_that_slack_takes(form: Form) -> None:
    errors = {field.name: "A sentence." for field in form.fields}
    for shown in (view(form, metadata="m"), view(FieldErrors(form, errors), metadata="m")):
        no_faults("views.open", {"view": shown})
        assert list(inputs_of(shown)) == [field.name for field in form.fields]
        assert len(json.dumps(shown)) < 250_000


@MANY
@given(st.lists(HOSTILE.filter(lambda text: len(text) < 1500), max_size=5), st.booleans())
def test_what_fits_is_there_to_the_last_character(texts: list[str], plainly: bool) -> None:
    shown = words(message(a_card("x", *map(Text, texts)), plainly=plainly)["blocks"]).replace("\n", "")
    assert [text for text in map(clean, texts) if text.strip() and text.replace("\n", "") not in shown] == []


def test_the_schema_of_slacks_own_types_was_asked() -> None:
    if not SCHEMA.exists():
        pytest.skip(NO_SCHEMA)
    assert list(faults_of("chat.postMessage", {"text": "x", "blocks": [{"type": "header", "words": "x"}]})) != []
