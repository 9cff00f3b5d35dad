"""Two people with one campaign's form open: whatever each changed, in whatever order, is kept or asked about."""

from __future__ import annotations

from typing import Any

from builders import a_team, the_library
from hypothesis import given
from hypothesis import strategies as st

from drills.chat.cards import Form
from drills.chat.intents import MAX_PACKED
from drills.views.campaign_form import Offered, basics_form, more_form, whole_form
from drills.views.campaign_form_marks import marks_of, met

TEAMS = [a_team(name) for name in ("5-south", "icu", "ward-9")]
FORMS = {"edit": basics_form, "more": more_form, "whole": whole_form}

titles = st.sampled_from(["Spring", "Autumn", "Spring  handoffs", "Ærlig tale"])
data = st.fixed_dictionaries(
    {
        "schema": st.just(1),
        "id": st.just("spring"),
        "title": titles,
        "drills": st.sampled_from([{"kind": ["sbar"]}, {"kind": ["sbar", "conflict"]}, {}, ["sbar-001-night-call"]]),
        "teams": st.lists(st.sampled_from(["5-south", "icu", "elsewhere"]), unique=True).map(
            lambda ids: [{"id": id_} for id_ in ids]
        ),
        "cadence": st.sampled_from([{"every": "Tue at 14:00"}, {"every": "Wed at 9:00"}, {"cron": "0 9 * * 1"}]),
        "starts": st.sampled_from(["2027-01-04", "2027-02-01"]),
        "ends": st.sampled_from(["2027-02-28", None]),
        "per_week": st.sampled_from([None, 1, 2]),
        "note": st.sampled_from([None, "Keep it short.\n"]),
    }
)
acts = st.sampled_from(sorted(FORMS))


def form(act: str, of: Any, id_: str = "spring", marks: str = "") -> Form:
    return FORMS[act](Offered(id_, TEAMS, the_library(), marks), of)


def untouched(shown: Form) -> dict[str, str]:
    """What comes back of a form in which nobody writes anything: picks that it does not offer are not among it."""
    return {
        field.name: ",".join(value for value, _ in field.options if value in (field.value or "").split(","))
        if field.kind == "choices_field"
        else (field.value or "")
        for field in shown.fields
    }


@given(act=acts, then=data, now=data)
def test_a_form_in_which_nothing_is_changed_takes_nothing_back(act: str, then: Any, now: Any) -> None:
    opened, current = form(act, then), form(act, now)
    both = met(current, untouched(opened), marks_of(opened.intent))
    assert both.disputed == {}
    assert _sorted(current, both.values) == _sorted(current, untouched(current))


@given(act=acts, then=data, mine=data)
def test_where_nobody_else_changed_anything_all_that_was_written_holds(act: str, then: Any, mine: Any) -> None:
    opened, wanted = form(act, then), untouched(form(act, mine))
    both = met(opened, wanted, marks_of(opened.intent))
    assert both.disputed == {}
    assert _sorted(opened, both.values) == _sorted(opened, wanted)


@given(act=acts, then=data, mine=data, theirs=data)
def test_each_field_is_mine_or_theirs_or_asked_about_and_asked_once(
    act: str, then: Any, mine: Any, theirs: Any
) -> None:
    opened, current = form(act, then), form(act, theirs)
    before, wanted, now = untouched(opened), untouched(form(act, mine)), untouched(current)
    both = met(current, wanted, marks_of(opened.intent))
    for field in current.fields:
        was, i, they = (_plain(field, values[field.name]) for values in (before, wanted, now))
        assert (field.name in both.disputed) == (len({was, i, they}) == 3)
        assert _plain(field, both.values[field.name]) == (they if i == was else i)
    again = met(current, both.values, marks_of(current.intent))
    assert again.disputed == {}
    assert _sorted(current, again.values) == _sorted(current, both.values)


@given(act=acts, then=data, theirs=data)
def test_a_form_that_is_opened_once_more_with_kept_words_knows_what_was_seen_before(
    act: str, then: Any, theirs: Any
) -> None:
    """Discord opens it anew after a fault: meanwhile somebody else may have saved."""
    marks = marks_of(form(act, then).intent)
    reopened = form(act, theirs, marks=marks)
    assert marks_of(reopened.intent) == marks
    assert met(reopened, untouched(form(act, then)), marks).disputed == {}


def test_what_was_changed_is_told_in_the_words_of_the_form() -> None:
    then = {"title": "Spring", "drills": {"kind": "sbar"}, "teams": [{"id": "icu"}], "cadence": {}, "starts": ""}
    theirs = {**then, "title": "", "drills": {"kind": "conflict"}, "teams": [{"id": "ward-9"}]}
    opened, current = form("edit", then), form("edit", theirs)
    written = {**untouched(opened), "name": "Autumn", "drills": "presence", "teams": "5-south"}
    told = met(current, written, marks_of(opened.intent)).disputed
    assert "it was emptied" in told["name"]
    assert "changed to “Ward 9 (America/Chicago)”" in told["teams"]
    assert "Send the form again to have it as you wrote it." in told["drills"]
    assert "“De-escalation (6)”" in told["drills"]


def test_marks_of_another_version_of_the_form_tell_nothing() -> None:
    current = form("edit", {"title": "Spring"})
    written = {**untouched(current), "name": "Autumn"}
    for marks in ("", "abc", "x" * 16):
        assert met(current, written, marks).values == written


@given(act=st.sampled_from(["edit", "more"]), id_=st.integers(1, 60).map(lambda n: "c" * n))
def test_marks_take_no_room_that_a_chat_needs_for_itself(act: str, id_: str) -> None:
    marks = marks_of(form(act, {}, id_).intent)
    assert len(marks) in ({15} if len(id_) <= 28 else {5, 10, 15} if len(id_) <= 54 else {0})
    assert not marks or len(f"retry:{form(act, {}, id_).intent.pack()}@1111111111111111111") <= MAX_PACKED


def test_the_pages_form_has_marks_for_the_longest_id() -> None:
    assert len(marks_of(form("whole", {}, "c" * 28).intent)) == 3 * 16
    assert len(marks_of(form("whole", {}, "c" * 60).intent)) == 16


def _plain(field: Any, value: str) -> Any:
    return frozenset(filter(None, value.split(","))) if field.kind == "choices_field" else " ".join(value.split())


def _sorted(shown: Form, values: Any) -> dict[str, Any]:
    return {field.name: _plain(field, values[field.name]) for field in shown.fields}
