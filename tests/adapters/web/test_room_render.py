"""Cards and forms as HTML: nothing lost, nothing alive, everything named."""

from __future__ import annotations

import pytest
from html_tree import Element, parse
from hypothesis import given
from hypothesis import strategies as st
from made_cards import A_BAR_CHART, A_DOT_CHART, EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card, a_drill_card, a_form

from adapters.web.room.preview import preview_page
from adapters.web.room.render import Renderer, pieces
from adapters.web.templating import environment
from drills.chat.cards import ChoiceField, FieldErrors, Marked, Span, Text
from drills.chat.charts import Cell, Chart, ChartRow, Look
from drills.chat.inbound import Answer

RENDERER = Renderer(environment())
TYPED = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=200)


def form(errors: dict[str, str] | None = None, value: str = "") -> Element:
    return parse(RENDERER.answer(Answer(FieldErrors(a_form(value), errors or {})), "/5-west/as/ada"))


@given(TYPED)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    shown = parse(RENDERER.block(Text(text)))
    assert shown.one("p").text == text
    assert {element.tag for element in shown.walk()} <= {"", "div", "p"}


@given(TYPED, st.lists(st.integers(0, 200), max_size=8))
def test_marked_text_is_whole_and_marks_what_was_quoted(text: str, cuts: list[int]) -> None:
    edges = sorted({cut for cut in cuts if cut <= len(text)})
    spans = tuple(Span(a, b, f"{a}–{b}") for a, b in zip(edges[::2], edges[1::2], strict=False))
    parts = list(pieces(Marked(text, spans)))
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts if part.note] == [text[span.start : span.end] for span in spans]


@given(TYPED)
def test_kept_words_come_back_into_the_field_whole(text: str) -> None:
    area = form(value=text).one("textarea")
    assert area.text.removeprefix("\n") == text


def test_marks_have_numbered_notes_that_say_what_for() -> None:
    shown = parse(RENDERER.block(Marked("I hear you. At 15:00.", (Span(0, 10, "Worry"), Span(12, 20, "Time")))))
    assert [mark.words for mark in shown.all("mark")] == ["I hear you (note 1)", "At 15:00 (note 2)"]
    assert [note.words for note in shown.one("ol").all("li")] == ["Worry", "Time"]


def test_field_is_named_described_and_told_what_is_wrong() -> None:
    shown = form({"words": "Three words are too few."})
    area = shown.one("textarea")
    described = area.attrs["aria-describedby"].split()
    by_id = {element.attrs.get("id"): element.words for element in shown.walk()}
    assert shown.one("label", for_=area.attrs["id"]).words == "What you say"
    assert area.attrs["aria-invalid"] == "true"
    assert "Three words are too few." in " ".join(by_id.get(name, "") for name in described)
    assert "0 words · guide 25–180" in shown.words


def test_choice_is_a_named_group_and_long_ones_a_list() -> None:
    assert "How sure are you?" in form().one("fieldset").one("legend").words
    options = tuple((str(n), f"Option {n}") for n in range(9))
    long = FieldErrors(a_form().__class__("T", a_form().intent, (), (ChoiceField("pick", "Pick", options),), "Me"))
    shown = parse(RENDERER.answer(Answer(long), "/x"))
    assert len(shown.one("select").all("option")) == 10


def test_every_button_has_a_key_of_its_own() -> None:
    shown = parse(RENDERER.card(a_drill_card(), "/5-west/as/ada", level=3, name="m"))
    keys = {hidden.attrs["value"] for hidden in shown.all("input", name="key")}
    assert len(keys) == 2


@pytest.mark.parametrize("level", [2, 3])
def test_heading_has_the_level_of_its_place(level: int) -> None:
    shown = parse(RENDERER.card(a_card(), None, level=level, name="m"))
    assert shown.one(f"h{level}", id="m-title").words == "The held dose"


def test_preview_stands_alone_and_can_send_nothing() -> None:
    page = parse(preview_page("The held dose", [("Channel", a_card("All", *EVERY_BLOCK)), ("Form", a_form())]))
    assert [words for words in WORDS_OF_EVERY_BLOCK if words not in page.words] == []
    assert page.all("link") == page.all("script") == []
    assert "--accent" in page.one("style").children[0]
    assert {button.attrs["type"] for button in page.all("button")} == {"button"}
    ids = [element.attrs["id"] for element in page.walk() if "id" in element.attrs]
    assert len(ids) == len(set(ids))


def test_a_chart_is_one_picture_with_its_sentence() -> None:
    shown = parse(RENDERER.block(A_BAR_CHART))
    figure = shown.one("figure")
    assert (figure.attrs["role"], figure.attrs["aria-label"]) == ("img", A_BAR_CHART.alt)
    words = [paragraph.words for paragraph in shown.all("p")]
    assert words == ["Thriving", "5 West", "about 8 in 10", "Getting started", "ICU (demo data)", "not enough yet"]
    cells = [cell.attrs["class"] for cell in shown.all("span", class_="cell")]
    assert cells == ["cell cell-full"] * 8 + ["cell cell-empty"] * 2


def test_a_key_explains_the_marks_that_are_there_and_no_others() -> None:
    of_all = parse(RENDERER.block(A_DOT_CHART)).one("ul")
    assert len(of_all.all("li")) == len(Cell)
    one = Chart("c", Look.DOTS, (ChartRow("a", (Cell.FULL,)),), "One mark.", A_DOT_CHART.key)
    assert [item.words for item in parse(RENDERER.block(one)).one("ul").all("li")] == ["it is full"]


@given(TYPED, TYPED)
def test_any_name_and_sentence_in_a_chart_is_shown_as_it_is(name: str, alt: str) -> None:
    chart = Chart(name, Look.BAR, (ChartRow(name, (Cell.FULL,), name, name),), alt)
    shown = parse(RENDERER.block(chart))
    assert shown.one("figure").attrs["aria-label"] == alt
    assert shown.one("figcaption").text == name
    assert {element.tag for element in shown.walk()} <= {"", "figure", "figcaption", "div", "p", "span"}
