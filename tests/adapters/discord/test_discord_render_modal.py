"""Forms as Discord's modals: five places, short labels, and every word that has no room there said elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fake_discord.discord_eyes import read
from hypothesis import given, settings
from hypothesis import strategies as st
from made_cards import BANNER, a_form

from adapters.discord.fields import FieldTooBig
from adapters.discord.kept import NO_ROOM, Words, again, kept, shown
from adapters.discord.modal import FormTooBig, filled, modal, preface
from adapters.discord.sentences import retry
from drills.chat.cards import ChoiceField, ChoicesField, Form, PeopleField, Text, TextField, picked
from drills.chat.intents import Intent
from drills.chat.text import visible
from drills.people import Team, Workspace
from drills.views.setup_form import setup_form

ANY = st.text(st.characters(codec=None), max_size=300)
TEAM = Team(Workspace("discord", "1"), "t", "5 West", "2", "UTC")


def labels(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["component"]["custom_id"]: one for one in shown["components"] if one["type"] == 18}


def words(shown: dict[str, Any]) -> str:
    return "\n".join(read(one["content"]).text for one in shown["components"] if one["type"] == 10)


def within_limits(shown: dict[str, Any]) -> None:
    assert 1 <= len(shown["components"]) <= 5
    assert 1 <= len(shown["title"]) <= 45
    assert 1 <= len(shown["custom_id"]) <= 100
    assert sum(len(one["content"]) for one in shown["components"] if one["type"] == 10) <= 4000
    for label in labels(shown).values():
        assert 1 <= len(label["label"]) <= 45
        assert len(label.get("description", "x")) <= 100
        assert len(label["component"].get("options", ())) <= 25


def test_the_story_stands_above_the_fields_and_who_sees_it_below() -> None:
    shown = modal(a_form(), "reply:a1")
    within_limits(shown)
    assert [one["type"] for one in shown["components"]] == [10, 18, 18, 10]
    assert words(shown).startswith(f"{BANNER}\nMs. Quill is 61.")
    assert words(shown).endswith("Only you see your reply.")
    assert shown["custom_id"] == "reply:a1"


def test_each_kind_of_field_is_an_input_of_its_own_kind() -> None:
    few, many = (("a", "A"), ("b", "B")), tuple((f"o{n}", f"Option {n}") for n in range(20))
    fields = (
        *(TextField("text", "Words"), TextField("line", "Name", lines=1, value="5 West", required=False)),
        *(ChoicesField("boxes", "Options", few, value="b"), ChoicesField("list", "Professions", many, value="o1,o2")),
        PeopleField("people", "Leads", value="7,8"),
    )
    form = Form("Set up", Intent("setup"), (), fields, "Only you.")
    inputs = {name: label["component"] for name, label in labels(modal(form, "setup")).items()}
    assert {name: one["type"] for name, one in inputs.items()} == {
        "text": 4,
        "line": 4,
        "boxes": 22,
        "list": 3,
        "people": 5,
    }
    assert (inputs["text"]["style"], inputs["line"]["style"], inputs["line"]["value"]) == (2, 1, "5 West")
    assert [one["value"] for one in inputs["list"]["options"] if one.get("default")] == ["o1", "o2"]
    assert [one["value"] for one in inputs["boxes"]["options"] if one.get("default")] == ["b"]
    assert (inputs["list"]["max_values"], inputs["list"]["min_values"]) == (20, 0)
    assert [one["id"] for one in inputs["people"]["default_values"]] == ["7", "8"]
    choice = replace(form, fields=(ChoiceField("one", "One", few, value="a"), ChoiceField("of", "Of", many)))
    assert [one["component"]["type"] for one in labels(modal(choice, "x")).values()] == [21, 3]


def test_what_discord_would_cut_stands_above_in_full() -> None:
    name = "What you say to the charge nurse of the surgical step-down unit"
    hint = "60–180 words is a good length; it is not scored. " * 3
    title = "The pharmacist's second call about the held dose"
    shown = modal(replace(a_form(), title=title, fields=(TextField("words", name, hint=hint),)), "x")
    within_limits(shown)
    assert [one for one in (name, hint.strip(), title) if one not in words(shown)] == []


def test_a_form_of_five_fields_has_its_words_on_a_card_before_it() -> None:
    form = setup_form(TEAM, "UTC")
    assert preface(form)
    within_limits(modal(form, "setup"))
    assert not preface(a_form())


def test_a_form_that_discord_cannot_show_is_a_fault_of_ours() -> None:
    six = tuple(TextField(f"f{n}", "Words") for n in range(6))
    with pytest.raises(FormTooBig, match="has 6 fields"):
        modal(replace(a_form(), fields=six), "x")
    many = tuple((f"o{n}", "x") for n in range(26))
    with pytest.raises(FieldTooBig, match="'pick' has 26 options"):
        modal(replace(a_form(), fields=(ChoiceField("pick", "Pick", many),)), "x")


OPTIONS = (("q1", "On the team board: teams only, from five on"), ("q2", "Take answers, typed"), ("q3", "NP or PA"))


@settings(deadline=None)
@given(ANY, ANY, ANY, st.integers(1, 500))
def test_any_words_keep_every_limit(title: str, label: str, hint: str, times: int) -> None:
    fields = (TextField("words", label, hint=hint, value=hint * times), ChoiceField("c", label, (("a", label),) * 2))
    form = Form(title, Intent("reply"), (Text(label * times),), fields, hint, banner=title)
    shown = modal(form, "reply")
    within_limits(shown)
    assert [live for one in shown["components"] if one["type"] == 10 for live in read(one["content"]).live] == []


def test_words_that_were_not_taken_in_come_back_with_a_button_and_go_into_the_form_again() -> None:
    words_ = "Two lines\nof <b>mine</b> with ```code``` and `ticks`"
    texts = [Words(words_, "What you `say`"), Words("no")]
    body = again(["That is too short to read."], texts, retry("answer:p1"), "Only you.")
    shown = read(body["components"][0]["components"][0]["content"]).text
    assert "That is too short to read." in shown
    assert body["flags"] & 64
    assert kept(body["components"]) == {0: words_, 1: "no"}
    assert filled(a_form(), kept(body["components"])).fields[0].value == words_


@settings(deadline=None)
@given(st.text(min_size=1, max_size=1500), st.text(max_size=45))
def test_any_words_come_back_as_they_were(text: str, label: str) -> None:
    body = again(["Too long."], [Words(text, label)], retry("answer:p1"), "Only you.")
    assert NO_ROOM not in str(body)
    assert kept(body["components"]) == ({0: visible(text)} if text.strip() else {})


def test_words_without_room_are_said_to_be_without() -> None:
    body = again(["Too long."], [Words("y" * 4000)], retry("answer:p1"), "Only you.")
    assert NO_ROOM in str(body)
    assert kept(body["components"]) == {}


@given(st.lists(st.sampled_from([option for option, _ in OPTIONS]), unique=True))
def test_what_was_picked_comes_back_by_the_labels_that_people_know(chosen: list[str]) -> None:
    field = ChoicesField("options", "Options", OPTIONS)
    text = shown(field, ",".join(chosen))
    assert all(option not in text for option in chosen)
    form = filled(replace(a_form(), fields=(field,)), {0: text} if text else {})
    assert picked(form.fields[0].value or "") == tuple(chosen)
