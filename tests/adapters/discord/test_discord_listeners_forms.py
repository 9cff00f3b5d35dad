"""Forms in Discord: each is closed for good, so whatever happens its words go back into it, for their writer alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from connected import running
from discord_drill import NEXT, SEND, a_drill, refused
from discord_scene import Scene, an_adapter, discord_scene
from made_cards import a_card

from adapters.discord import listeners
from adapters.discord.answers import SAME_MESSAGE
from drills.chat.cards import Button, FieldErrors, Form, TextField
from drills.chat.inbound import Asked, NotTaken, Profile, Submitted
from drills.chat.intents import Intent
from drills.ports import Once
from drills.views.setup_form import setup_form


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[Scene]:
    async with discord_scene(tmp_path) as made:
        yield made


async def test_words_at_fault_go_back_to_their_writer_and_into_the_form_again(bed: Scene) -> None:
    bed.inbox.answers["reply"] = refused("hm", "There is nothing to read yet.")
    await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    await bed.discord.submits(bed.ben, {"words": "hm"})
    said = bed.alone(bed.ben)[-1]
    assert "There is nothing to read yet." in said.text
    await bed.discord.clicks(bed.ben, said.id, "Try again")
    bed.inbox.answers["reply"] = NEXT
    acked = await bed.discord.submits(bed.ben, {"words": "hm, I hear you"})
    assert acked
    assert acked.type == SAME_MESSAGE  # what was wrong is gone once it is put right
    assert [sight.id for sight in bed.alone(bed.ben)] == [said.id]
    assert "Reading your reply…" in bed.alone(bed.ben)[-1].text
    assert bed.alone(bed.ada) == []


async def test_a_form_that_could_not_be_taken_is_one_tap_away_with_every_word(bed: Scene) -> None:
    bed.inbox.answers["reply"] = NotTaken("Please send it again in a minute.")
    await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    await bed.discord.submits(bed.ben, {"words": "I hear you."})
    said = bed.alone(bed.ben)[-1]
    assert "Please send it again in a minute." in said.text
    await bed.discord.clicks(bed.ben, said.id, "Try again")
    modal = bed.discord.modal(bed.ben)
    assert modal
    assert modal.fields == {"words": "I hear you."}


async def test_two_people_have_the_same_form_open_and_each_sends_their_own(bed: Scene) -> None:
    """discord.ui.Modal would drop the second one without a word: platforms.md §4.14."""
    bed.inbox.answers["reply"] = NEXT
    message = await a_drill(bed)
    for who in (bed.ada, bed.ben):
        await bed.discord.clicks(who, message, "Answer")
    for who in (bed.ada, bed.ben):
        await bed.discord.submits(who, {"words": f"from {who}"})
    sent = [came for came in bed.inbox.came if isinstance(came, Submitted)]
    assert [(came.person.user, came.values["words"]) for came in sent] == [
        (who, f"from {who}") for who in (bed.ada, bed.ben)
    ]


async def test_a_form_that_was_open_in_a_restart_is_taken_in_after_it(tmp_path: Path) -> None:
    async with discord_scene(tmp_path, run=False) as bed:
        settings = bed.discord.settings()
        bed.inbox.answers |= {"answer": SEND, "reply": refused("hm\n*so* <b>", "That is too short to read.")}
        async with running(an_adapter(settings, bed.memory, bed.inbox.receive), bed.discord):
            await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
        async with running(an_adapter(settings, bed.memory, bed.inbox.receive), bed.discord):
            await bed.discord.submits(bed.ben, {"words": "hm\n*so* <b>"})
        async with running(an_adapter(settings, bed.memory, bed.inbox.receive), bed.discord):
            said = bed.alone(bed.ben)[-1]
            assert "That is too short to read." in said.text
            await bed.discord.clicks(bed.ben, said.id, "Try again")
            modal = bed.discord.modal(bed.ben)
            assert modal
            assert modal.fields == {"words": "hm\n*so* <b>"}


async def test_a_tap_in_a_direct_message_is_about_the_server_that_it_came_from(bed: Scene) -> None:
    """Discord does not say which: the button does, and so does the form that it opens."""
    bed.inbox.answers |= {"unfair": SEND, "reply": refused("no", "Too short.")}
    button = Button("This was not fair", Intent("unfair", ("a1",)))
    await bed.adapter.chat.tell(bed.ref(bed.ben), bed.here, a_card("Your feedback", buttons=(button,)), Once("f1"))
    await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, "This was not fair")
    await bed.discord.submits(bed.ben, {"words": "no"})
    await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, "Try again")
    modal = bed.discord.modal(bed.ben)
    assert modal
    assert modal.fields == {"words": "no"}
    assert {came.person for came in bed.inbox.came} == {bed.ref(bed.ben)}
    assert all(came.place.direct for came in bed.inbox.came)
    assert [intent.verb for intent in bed.inbox.intents] == ["unfair", "reply", "unfair"]


async def test_a_form_after_a_form_is_one_tap_away(bed: Scene) -> None:
    """Discord opens no modal in answer to a modal."""
    enrol = Form("Before your first drill", Intent("enrol", ("p1",)), (), (TextField("name", "Name"),), "Only you.")
    bed.inbox.answers |= {"answer": enrol, "enrol": SEND}
    await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    await bed.discord.submits(bed.ben, {"name": "Ben"})
    bed.inbox.answers["answer"] = SEND
    await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, "Open the form")
    assert "What you say" in bed.discord.modal_words(bed.ben)


async def test_a_form_of_five_fields_says_first_what_has_no_room_in_it(bed: Scene) -> None:
    bed.inbox.answers["say"] = setup_form(None, "UTC")
    await bed.discord.says("drill-admin", "setup", bed.ada, bed.ward)
    said = bed.alone(bed.ada)[-1]
    assert "Drills will be posted in this channel." in said.text
    await bed.discord.clicks(bed.ada, said.id, "Open the form")
    modal = bed.discord.modal(bed.ada)
    assert modal
    assert set(modal.fields) == {"name", "zone", "professions", "quiet", "options"}
    assert [came.words for came in bed.inbox.came if isinstance(came, Asked)] == ["setup", "setup"]
    assert bed.inbox.came[-1].profile == Profile(admin=True, name="Ada")


async def test_a_form_that_takes_long_is_one_tap_away(bed: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await a_drill(bed)
    with monkeypatch.context() as patched:
        patched.setattr(listeners, "IN_TIME_S", 0.05)
        bed.inbox.seconds = 0.2
        await bed.discord.clicks(bed.ben, message, "Answer")
        told = await bed.discord.soon(bed.ben, "One more tap")
    bed.inbox.seconds = 0
    await bed.discord.clicks(bed.ben, told.id, "Open it")
    assert "What you say" in bed.discord.modal_words(bed.ben)


@pytest.mark.parametrize("directly", [False, True], ids=["in a server", "in a direct message"])
async def test_a_draft_that_does_not_hold_any_more_leads_to_its_form(bed: Scene, directly: bool) -> None:
    id_ = "spring-handoffs-for-everybody-on-the-medical-floors-of-2027x"
    assert len(id_) == 60
    title = TextField("title", "Title", value="Spring handoffs", lines=1)
    form = Form("Campaign", Intent("campaign", ("edit", id_)), (), (title,), "Only you see this.")
    bed.inbox.answers["campaign"] = FieldErrors(form, {"title": "This drill is no longer in the library."})
    button = Button("Look at the changes", Intent("campaign", ("draft", id_)))
    if directly:
        await bed.adapter.chat.tell(bed.ref(bed.ben), bed.here, a_card("Campaigns", buttons=(button,)), Once("c1"))
        message = bed.alone(bed.ben)[-1].id
    else:
        message = await a_drill(bed, button)
    await bed.discord.clicks(bed.ben, message, "Look at the changes")
    said = bed.alone(bed.ben)[-1]
    assert "This drill is no longer in the library." in said.text
    bed.inbox.answers["campaign"] = form
    await bed.discord.clicks(bed.ben, said.id, "Try again")
    modal = bed.discord.modal(bed.ben)
    assert modal
    assert modal.fields == {"title": "Spring handoffs"}
    assert [intent.args for intent in bed.inbox.intents] == [("draft", id_), ("edit", id_)]
    bed.inbox.answers["campaign"] = NotTaken("Please send it again in a minute.")
    await bed.discord.submits(bed.ben, {"title": "Summer handoffs"})
    bed.inbox.answers["campaign"] = form
    await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, "Try again")
    again = bed.discord.modal(bed.ben)
    assert again
    assert again.fields == {"title": "Summer handoffs"}


async def test_words_whose_form_no_id_has_room_for_are_still_handed_back(bed: Scene) -> None:
    """Such a long id can only come from a file. There is no button, and every word to copy."""
    means = Intent("campaign", ("edit", "x" * 82))
    field = TextField("title", "Title", lines=1)
    bed.inbox.answers["campaign"] = Form("Campaign", means, (), (field,), "Only you see this.")
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Change", means)), "Change")
    faulty = Form("Campaign", means, (), (replace(field, value="Spring handoffs"),), "Only you see this.")
    bed.inbox.answers["campaign"] = FieldErrors(faulty, {"title": "There is one of this name."})
    await bed.discord.submits(bed.ben, {"title": "Spring handoffs"})
    said = bed.alone(bed.ben)[-1]
    assert "There is one of this name." in said.text
    assert "Spring handoffs" in said.text
    assert said.buttons == ()
