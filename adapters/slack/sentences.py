"""What a person is told about Slack itself: that a form did not open in time, that something goes on."""

from __future__ import annotations

from adapters.slack.inbound import packable
from drills.chat.cards import Card, Text
from drills.chat.inbound import Asked, Inbound, Pressed, Submitted, Typed
from drills.chat.intents import ASKED, Intent
from drills.views.goes_on import one_more_tap_card
from drills.views.wording import ONLY_YOU

SLOW_FORM = "This takes a little longer than usual. Your words are still here: press the button again in a moment."
WHO_MAY_ASK = "An admin of this Slack workspace or a team lead can ask for this. All else works as usual."
NOT_INSTALLED = "Readback is not installed in this workspace any more. An admin of the workspace can add it again."

_UNTOLD = "Slack did not tell us whether you administer this workspace"


def untold(code: str) -> str:
    """`code` is Slack's word for why, empty where it said nothing."""
    if code == "missing_scope":
        return f"{_UNTOLD}: the app lacks the scope users:read. `/drill doctor` says how to add it."
    why = f"it says {code}" if code else "it did not answer in time"
    return f"{_UNTOLD}: {why}. Please try again in a minute; `/drill doctor` may tell more."


def again_card(inbound: Inbound) -> Card:
    """The form did not open. With a button that says the same once more, wherever a button can carry it.

    https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
    """
    return one_more_tap_card("Slack", inbound, _once_more(inbound))


def holding_card() -> Card:
    """Fills the modal that keeps the trigger's right while the answer is on its way."""
    return Card(title="One moment…", blocks=(Text("This opens by itself."),), who_sees=ONLY_YOU)


def _once_more(inbound: Inbound) -> Intent | None:
    match inbound:
        case Pressed():
            return inbound.intent
        case Asked():
            intent = Intent(ASKED, (inbound.words or "help",))
            return intent if packable(intent) else None
        case Submitted() | Typed():
            return None
