"""What happens in Slack when somebody taps, sends or asks: over Socket Mode and over signed HTTP alike."""

from __future__ import annotations

from made_cards import a_card
from slack_bed import NEXT, SEND, Bed, a_drill

from drills.chat.cards import Button, FieldErrors, Form, TextField
from drills.chat.inbound import Asked, NotTaken, Pressed, Submitted
from drills.chat.intents import Intent
from drills.errors import TellPerson
from drills.people import Place


async def test_a_tap_opens_the_form_and_sending_it_turns_the_page(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NEXT
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)

    await bed.slack.submits(bed.ada, {"words": "I hear you & <wait>."})
    assert "Reading your reply…" in bed.slack.modal_words(bed.ada)
    tapped, sent = bed.inbox.came
    assert isinstance(tapped, Pressed)
    assert isinstance(sent, Submitted)
    assert (tapped.person, tapped.place, tapped.intent) == (
        bed.ref(bed.ada),
        Place(bed.workspace, bed.ward),
        Intent("answer", ("p1",)),
    )
    assert (sent.place, sent.intent, sent.handle) == (tapped.place, Intent("reply", ("a1",)), tapped.handle)
    assert sent.values == {"words": "I hear you & <wait>."}


async def test_a_fault_stands_beside_its_field_and_every_word_stays(bed: Bed) -> None:
    bed.inbox.answers["reply"] = FieldErrors(SEND, {"words": "There is nothing to read yet."})
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "hm"})
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert (modal.errors, modal.fields) == ({"words": "There is nothing to read yet."}, {"words": "hm"})


async def test_a_form_that_could_not_be_taken_stays_open_with_every_word(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NotTaken("Please send it again in a minute.")
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert (modal.errors, modal.fields) == ({"words": "Please send it again in a minute."}, {"words": "I hear you."})


async def test_faults_of_another_form_than_the_one_sent_come_as_that_form(over_socket: Bed) -> None:
    bed = over_socket
    other = Form("Who you are", Intent("enrol", ("p1",)), (), (TextField("name", "Name", value="Ada"),), "Only you.")
    bed.inbox.answers["reply"] = FieldErrors(other, {"name": "Please say who you are."})
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    assert "Please say who you are." in bed.slack.modal_words(bed.ada)
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert modal.fields == {"name": "Ada"}


async def test_a_form_without_an_answer_closes(bed: Bed) -> None:
    bed.inbox.answers["reply"] = None
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    assert bed.slack.modal(bed.ada) is None


async def test_the_two_taps_of_a_second_look_turn_the_pages_of_one_modal(bed: Bed) -> None:
    first, second = Button("Give it", Intent("before", ("a1", "give"))), Button("Wait", Intent("after", ("a1", "wait")))
    bed.inbox.answers |= {"answer": a_card("First tap", buttons=(first,)), "after": SEND, "reply": None}
    bed.inbox.answers["before"] = a_card("The AI says", buttons=(second,))
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    opened = bed.slack.modal(bed.ada)
    for label in ("Give it", "Wait"):
        await bed.slack.clicks_in_modal(bed.ada, label)
        await bed.slack.settled()
    assert opened is bed.slack.modal(bed.ada)
    await bed.slack.submits(bed.ada, {"words": "I would wait."})
    assert [inbound.place for inbound in bed.inbox.came] == [Place(bed.workspace, bed.ward)] * 4
    assert [intent.verb for intent in bed.inbox.intents] == ["answer", "before", "after", "reply"]


async def test_a_command_is_answered_in_its_acknowledgement_for_nobody_else_to_see(bed: Bed) -> None:
    bed.inbox.answers["say"] = a_card("Your drills")
    acked = await bed.slack.says("/drill", "mine", bed.ada, bed.ward)
    assert acked.payload
    assert acked.payload["response_type"] == "ephemeral"
    assert "Your drills" in bed.alone(bed.ada)[-1].text
    assert bed.alone(bed.ben) == []
    (came,) = bed.inbox.came
    assert isinstance(came, Asked)
    assert (came.words, came.place) == ("mine", Place(bed.workspace, bed.ward))


async def test_a_command_that_leads_to_a_form_opens_it(bed: Bed) -> None:
    bed.inbox.answers["say"] = SEND
    await bed.slack.says("/drill", "now", bed.ada, bed.ward)
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_a_tap_that_comes_twice_opens_one_form_and_says_nothing_more(bed: Bed) -> None:
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.redelivers()
    await bed.slack.settled()
    assert len(bed.slack.modals[bed.ada]) == 1
    assert bed.alone(bed.ada) == []


async def test_a_form_that_comes_twice_is_the_same_event(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NEXT
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    await bed.slack.redelivers()
    _, first, again = bed.inbox.came
    assert first == again


async def test_whatever_goes_wrong_behind_the_door_a_person_reads_a_sentence(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers |= {"answer": RuntimeError("a bug"), "say": TellPerson(tell="Say how many days, 1 to 90.")}
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "try again in a few minutes" in bed.slack.modal_words(bed.ada)
    await bed.slack.says("/drill", "snooze forever", bed.ada, bed.ward)
    assert "Say how many days, 1 to 90." in bed.alone(bed.ada)[-1].text
