"""What people type to us, and their own page."""

from __future__ import annotations

from fake_slack.slack_trouble import refused
from made_cards import a_card
from slack_bed import NEXT, SEND, Bed, a_drill

from drills.chat.cards import Button
from drills.chat.inbound import Typed
from drills.chat.intents import Intent
from drills.people import MessageRef, Place


async def test_words_in_a_thread_are_answered_to_their_writer_alone(bed: Bed) -> None:
    bed.inbox.answers["say"] = NEXT
    message = await a_drill(bed)
    await bed.slack.types(bed.ada, bed.ward, "I hear you.", message)
    await bed.slack.settled()
    (came,) = bed.inbox.came
    assert isinstance(came, Typed)
    assert came.reply_to == MessageRef(Place(bed.workspace, bed.ward), message)
    assert "Reading your reply…" in bed.alone(bed.ada)[-1].text
    assert bed.alone(bed.ben) == []


async def test_a_direct_message_is_answered_where_it_stays(bed: Bed) -> None:
    bed.inbox.answers["say"] = a_card("Hello")
    await bed.slack.writes_directly(bed.ada, "help")
    await bed.slack.settled()
    bed.slack.reloads(bed.ada)
    assert "Hello" in bed.slack.sees(bed.ada)[-1].text


async def test_words_that_name_us_in_a_channel_are_said_to_us_and_answered_in_private(bed: Bed) -> None:
    bed.inbox.answers["say"] = a_card("Hello")
    await bed.slack.happens(
        bed.team,
        {"type": "app_mention", "channel": bed.ward, "user": bed.ada, "text": "<@U0BOT> help", "ts": "1.1"},
    )
    await bed.slack.settled()
    (came,) = bed.inbox.came
    assert isinstance(came, Typed)
    assert (came.text, came.to_us, came.place.direct) == ("help", True, False)
    assert "Hello" in bed.alone(bed.ada)[-1].text
    assert bed.alone(bed.ben) == []


async def test_typed_words_that_lead_to_a_form_get_a_button_to_it(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers |= {"say": SEND, "here": SEND}
    message = await a_drill(bed)
    await bed.slack.types(bed.ada, bed.ward, "now", message)
    await bed.slack.settled()
    told = bed.alone(bed.ada)[-1]
    await bed.slack.clicks(bed.ada, told.ts, "Open the form")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("here", (message,))]


async def test_typed_words_are_with_the_inbox_before_slack_hears_that_they_came(bed: Bed) -> None:
    bed.inbox.seconds = 0.4
    acked = await bed.slack.happens(
        bed.team,
        {"type": "message", "channel_type": "im", "channel": "D0", "user": bed.ada, "text": "hi", "ts": "1.1"},
    )
    assert acked.after_s >= 0.4
    assert len(bed.inbox.came) == 1


async def test_what_the_bot_itself_posts_is_not_heard(over_socket: Bed) -> None:
    bed = over_socket
    bed.slack.echoes = True
    await a_drill(bed)
    await bed.slack.settled()
    assert bed.inbox.came == []


async def test_the_home_tab_shows_the_persons_own_page_and_its_buttons_open_modals(bed: Bed) -> None:
    snooze = Button("A week off", Intent("snooze", ("7",)))
    bed.inbox.answers |= {"home": a_card("Your drills", buttons=(snooze,)), "snooze": a_card("Snoozed")}
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    assert "Your drills" in bed.slack.home(bed.ada)
    assert bed.slack.home(bed.ben) == ""

    await bed.slack.clicks_at_home(bed.ada, "A week off")
    await bed.slack.settled()
    assert "Snoozed" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("home"), Intent("snooze", ("7",))]


async def test_a_home_tab_that_slack_will_not_show_costs_nothing_else(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["home"] = a_card("Your drills")
    bed.slack.troubles.add("views.publish", refused("view_too_large"))
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    assert "Your drills" in bed.slack.home(bed.ada)
