"""What a person is told about Discord itself: that a form needs one more tap, that feedback waits behind a button."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord.inbound import OPEN, RETRY, once_more
from drills.chat.cards import Button, Card, Form, Style, Text
from drills.chat.inbound import Inbound
from drills.chat.intents import Intent
from drills.people import MessageRef
from drills.views.goes_on import one_more_tap_card
from drills.views.wording import CHANNEL_SEES, ONLY_YOU

WHO_MAY_ASK = "Whoever manages this server or leads a team can ask for this. All else works as usual."
TRY_AGAIN, SEE_FEEDBACK = "Try again", "See my feedback"


def again_card(before: str, inbound: Inbound, server: str = "") -> Card:
    """The answer is a form, and Discord opens one only at once. With a button that says the same once more.

    https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
    """
    return one_more_tap_card("Discord", inbound, once_more(OPEN, before, server))


def preface_card(form: Form, before: str, server: str = "") -> Card:
    """A form whose fields take all the room that a modal has: what stands around them comes first."""
    intent = once_more(OPEN, before, server)
    return Card(
        title=form.title,
        banner=form.banner,
        blocks=form.intro,
        buttons=(Button("Open the form", intent, Style.PRIMARY),) if intent else (),
        who_sees=form.who_sees,
    )


def waiting_card() -> Card:
    """In the channel, for somebody whose direct messages are closed. It names nobody, and shows each their own."""
    return Card(
        title="Private feedback is ready",
        blocks=(Text("If you are waiting for yours, press the button. Each person sees only their own."),),
        buttons=(Button(SEE_FEEDBACK, Intent("mine"), Style.PRIMARY),),
        who_sees=CHANNEL_SEES,
    )


def closed_card(drill: MessageRef) -> Card:
    """In the channel, for somebody who typed there and whose direct messages are closed. Pressing leads on."""
    return Card(
        title="Not taken as an answer yet",
        blocks=(
            Text(
                "This is for whoever typed here just now and takes no direct messages: press the button, and go on "
                "where only you see it. If somebody real was in your words, please delete them."
            ),
        ),
        buttons=(Button("Go on", Intent("here", (drill.id,)), Style.PRIMARY),),
        who_sees=CHANNEL_SEES,
    )


def lacking_card(names: Sequence[str]) -> Card:
    """The bot may not post in the channel where somebody prepares a drill. `names` as Discord's settings have them."""
    return Card(
        title="Nothing can be posted here yet",
        blocks=(
            Text(
                f"Readback lacks {', '.join(names)} in this channel. Edit Channel › Permissions › add Readback, and "
                "allow it. Then post the drill again: one that could not be posted does not come by itself."
            ),
        ),
        who_sees=ONLY_YOU,
    )


def retry(before: str, server: str = "") -> tuple[Button, ...]:
    """None where no id has room for the way back to the form."""
    intent = once_more(RETRY, before, server)
    return (Button(TRY_AGAIN, intent, Style.PRIMARY),) if intent else ()
