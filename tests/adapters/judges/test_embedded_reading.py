"""How the checklist reads: numbers, slips of the finger, courtesies, parts, order, and what contradicts the story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.judges.embedded.negation import disclaimed_until
from adapters.judges.embedded.reading import reading
from adapters.judges.embedded.spans import Place, windows
from adapters.judges.embedded.spelling import Spelling
from adapters.judges.embedded.story import story
from adapters.judges.embedded.tokens import keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("98 over 54", "98/54"),
        ("one-seventy-two over one-fourteen", "172/114"),
        ("at half past ten", "at 10:30"),
        ("at 2230", "at 22:30"),
        ("quarter to eleven", "10:45"),
        ("ninety-two percent", "92 %"),
        ("two point eight", "2.8"),
        ("one hundred and four", "104"),
        ("one oh six", "106"),
    ],
)
def test_a_number_is_the_same_number_however_it_is_typed(one: str, other: str) -> None:
    assert keys(one) == keys(other)


def test_a_lone_one_is_a_pronoun() -> None:
    assert "1" not in keys("nobody here is the one who called")


@pytest.mark.parametrize(
    ("typed", "meant"), [("presure", "pressure"), ("wrose", "worse"), ("sparkels", "sparkles"), ("urgnt", "urgent")]
)
def test_a_slip_of_the_finger_is_read_as_the_drills_word(typed: str, meant: str) -> None:
    assert Spelling(["pressure", "worse", "sparkles", "urgent"]).correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("caling", "calling"), ("shoud", "should"), ("wat", "what"), ("ned", "need"), ("thnik", "think"), ("tht", "that")],
)
def test_of_several_likely_words_the_likeliest_slip_is_put_right(typed: str, meant: str) -> None:
    assert Spelling(["calling", "caring", "shout"]).correct(typed) == meant


@pytest.mark.parametrize("word", ["pleasure", "zebra", "her", "RN", "Kowal", "qx", "gtn", "wet"])
def test_a_word_that_is_a_word_stays_as_it_is(word: str) -> None:
    assert Spelling(["pressure", "worse", "kowal"]).correct(word.casefold()) == word.casefold()


@given(st.text(alphabet="abcdehilnoprstuwy ,.!?'’é½→\n0123456789/:-", max_size=120))
def test_a_place_in_the_corrected_text_leads_back_to_the_replys_own_words(text: str) -> None:
    read = reading(text, Spelling(["pressure", "worse", "belly", "patient", "urgent"]).correct)
    assert read.verbatim(Place(0, len(read.plain), 0)) == text.strip()
    half = len(read.plain) // 2
    assert read.verbatim(Place(half, len(read.plain), 0)) in text


def test_courtesies_weigh_nothing_and_leave_the_rest_together() -> None:
    plain = reading("Her temperature, thank you for your patience, is 38.2.", str).plain
    assert keys(plain) == keys("Her temperature is 38.2.")


def test_a_change_told_backwards_contradicts_the_story() -> None:
    told = story(["His rate went from 24 to 36.", "The baby was born 6 days ago."])
    assert told.contradicts(keys("his rate went from 36 down to 24"))
    assert told.contradicts(keys("the baby is 6 weeks old"))
    assert not told.contradicts(keys("rate 24 → 36, baby 6 days"))


def test_what_is_typed_without_stops_falls_into_windows_all_the_same() -> None:
    text = "her pressure is 84 over 50 and falling the left calf is swollen i gave oxygen can you come to us right now"
    found = [place.of(text) for _, place in windows(text, (Place(0, len(text), 0),))]
    assert any("left calf is swollen" in piece and "oxygen can you" not in piece for piece in found)
    assert all(len(piece.split()) <= 40 for piece in found)


def test_taking_one_thing_back_without_a_stop_takes_back_no_more() -> None:
    text = "i dont want to raise her oxygen dr lacey the alert card she carries gives 88 to 92 she is sleepy come now"
    ((start, end),) = disclaimed_until(text)
    assert "raise her oxygen" in text[start:end]
    assert "88" not in text[start:end]
